import type { Api } from './api.ts';

type Figures = [name: string, targetMs: number, times: number[]][];

const NAMES = [
  'garcia',
  'maria lopez',
  'fernandez',
  'jose luis',
  'rodrigez',
  'sanch',
  'carmen martin',
  'gonsalez perez',
  'ana',
  'javier ruiz',
];
const ORDERS = ['name', '-revenue', '-last_purchase', '-changed'];
const GROUPS = ['champions', 'at_risk', 'new', 'lost'];

/**
 * `users` people at once, each asking again `thinkMs` after the answer came: search as one types, lists with filters and
 * later pages, profiles, Inicio. Times are of whole replies, from this process.
 */
export async function crowd(
  client: Api,
  { users, seconds, thinkMs = 0 }: { users: number; seconds: number; thinkMs?: number },
): Promise<Figures> {
  const ids: string[] = [];
  for (const sort of ORDERS) {
    const { items } = await client.get<{ items: { id: string }[] }>(`/customers?sort=${sort}&limit=100`);
    ids.push(...items.map(({ id }) => id));
  }
  const of = <T>(list: readonly T[], n: number) => list[n % list.length]!;
  const asks: [string, number, (n: number) => Promise<unknown>][] = [
    ['customer search', 150, (n) => client.get(`/customers/search?q=${encodeURIComponent(of(NAMES, n))}`)],
    [
      'customer list',
      150,
      async (n) => {
        const filter = n % 3 === 0 ? `&group=${of(GROUPS, n)}` : '';
        const first = await client.get<{ next: string | null }>(`/customers?sort=${of(ORDERS, n)}${filter}`);
        return first;
      },
    ],
    ['profile', 200, (n) => client.get(`/customers/${of(ids, n * 7)}`)],
    ['profile timeline', 200, (n) => client.get(`/customers/${of(ids, n * 11)}/timeline`)],
    ['Inicio', 500, () => client.get('/home')],
  ];
  const figures: Figures = [];
  for (const [name, target, ask] of asks) {
    const times: number[] = [];
    const until = performance.now() + (seconds * 1000) / asks.length;
    await Promise.all(
      Array.from({ length: users }, async (_, user) => {
        for (let n = user * 1009; performance.now() < until; n++) {
          const began = performance.now();
          await ask(n);
          times.push(performance.now() - began);
          if (thinkMs) await new Promise((resolve) => setTimeout(resolve, thinkMs));
        }
      }),
    );
    figures.push([name, target, times]);
  }
  return figures;
}
