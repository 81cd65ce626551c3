// How long people wait for a board: opened as everybody opens it, filtered as nobody has before, and questions asked of the views.
import type { Api } from '../customer-file/api.ts';
import { figure, percentile } from '../harness/figure.ts';

interface Results {
  asOf: string | null;
  cards: { title: string; advice: string | null }[];
}
interface Board {
  id: string;
  name: string;
}

const PERIODS = [
  'last_7_days',
  'last_30_days',
  'last_90_days',
  'last_12_months',
  'this_month',
  'last_month',
  'this_quarter',
  'this_year',
  'all',
];
const QUESTIONS = [
  'select toStartOfMonth(day) as month, sum(amount), uniqExact(customer_id) from v_orders group by month order by month',
  'select rfm_group, count(), avg(revenue) from v_customers group by rfm_group',
  'select category, sum(amount) as total from v_categories group by category order by total desc limit 20',
];

/** Prints the figures. Times are of whole replies, from this process; each filter is asked for once, so nothing is answered from memory. */
export async function boards(client: Api, { rounds = 10 }: { rounds?: number } = {}): Promise<void> {
  const { items } = await client.get<{ items: Board[] }>('/boards');
  const { values } = await client.get<{ values: Record<string, { key: string }[]> }>('/boards/choices');
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  const show = (board: Board, filters?: object) => client.send<Results>(`/boards/${board.id}/results`, filters ? { filters } : {});

  const opened: number[] = [];
  for (let round = 0; round < rounds; round++) for (const board of items) opened.push(await timed(() => show(board)));
  figure('board as saved, p95', percentile(opened, 95), 1_000, 'ms');

  const filtered: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [n, board] of items.entries()) {
      const province = values.province?.[(round * items.length + n) % (values.province.length || 1)]?.key;
      const filters = { period: PERIODS[(round + n) % PERIODS.length]!, ...(province && round % 2 ? { province: [province] } : {}) };
      filtered.push(await timed(() => show(board, filters)));
    }
  }
  figure('board with filters nobody asked for before, p95', percentile(filtered, 95), 1_000, 'ms');

  const asked: number[] = [];
  for (let round = 0; round < Math.max(3, rounds / 2); round++)
    for (const sql of QUESTIONS) asked.push(await timed(() => client.send('/questions/run', { sql })));
  figure('question over a view, p95', percentile(asked, 95), undefined, 'ms');
}
