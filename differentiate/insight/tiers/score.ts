// Value tiers: who is worth most, who could be worth more, who costs more than they bring.
import { replaceTable } from '../scores/replace-table.ts';
import { type ScoreStep, type Scoring, type Stores, warehouseTime } from '../scores/score-step.ts';
import { alikeBy, CELLS, SPENT, TIERS, USUAL } from './tier-query.ts';

/** What somebody is worth is told by the best that is known of this base: the forecast, else profit, margin, revenue of all time. */
const WORTHS = {
  lifetime: 'toFloat64(f.lifetime_value)',
  profit: 'toFloat64(p.profit)',
  margin: 'toFloat64(v.margin)',
  revenue: 'toFloat64(v.revenue)',
} as const;
export type Worth = keyof typeof WORTHS;

export const tierStep: ScoreStep = {
  name: 'tier',
  after: ['value', 'profit', 'forecast'],
  async run({ warehouse }, { at, signal }) {
    const worth = await bestKnown({ warehouse }, signal);
    const fill = (columns: string, query: string) => (next: string) =>
      warehouse.command(`insert into ${next} (${columns}) ${query}`, {}, { signal });
    const empty = () => warehouse.command('truncate table tier_spent');
    // A scoring that was killed may have left half of it.
    await empty();
    await replaceTable(warehouse, 'tier_alike', fill('customer_id, near, customer_no, worth, profit, alive', alikeBy(WORTHS[worth])));
    await replaceTable(warehouse, 'tier_cell', fill('near, cell, no, people', CELLS));
    await warehouse.command(`insert into tier_spent ${SPENT}`, {}, { signal });
    await replaceTable(warehouse, 'tier_usual', fill('cell, category, typical, people, kind, since', USUAL));
    await replaceTable(warehouse, 'customer_tier', (next) =>
      warehouse.command(
        `insert into ${next} (customer_id, tier, potential, wallet, basis, worth, profit, place, buyers, spent, alike, computed_at) ${TIERS}`,
        { worth, now: warehouseTime(at) },
        { signal },
      ),
    );
    await empty();
  },
};

/** The first that is known of at least half of the buyers. */
async function bestKnown({ warehouse }: Pick<Stores, 'warehouse'>, signal: Scoring['signal']): Promise<Worth> {
  const [known] = await warehouse.rows<Record<'buyers' | Worth, number>>(
    `select (select count() from customer_value) as buyers, (select count() from customer_forecast) as lifetime,
            (select count() from customer_profit where isNotNull(profit)) as profit,
            (select count() from customer_value where isNotNull(margin)) as margin, buyers as revenue`,
    {},
    { signal },
  );
  return (Object.keys(WORTHS) as Worth[]).find((worth) => known![worth] * 2 >= known!.buyers) ?? 'revenue';
}
