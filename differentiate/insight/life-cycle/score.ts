// The life cycle of every customer: stage, rhythm, risk, and the times they were one; the cohorts on the way.
import { everybody } from '../scores/everybody.ts';
import { replaceTable } from '../scores/replace-table.ts';
import { type ScoreStep, warehouseTime } from '../scores/score-step.ts';
import type { CohortCell } from './cohort-cube.ts';
import { ROW_COLUMNS } from './found-rows.ts';
import { dateOf } from './purchase-days.ts';
import { readHistories } from './read-histories.ts';
import { lifeCycleRules } from './rules.ts';
import { keepSummary, latestSummary } from './summary.ts';

/** Customers without purchases, who are not in the thread; since the day their sources say, or that of loading. */
const PROSPECTS = `
  select customer_id, 'prospect', greatest(toDate(first_seen, {timeZone:String}), toDate('1970-01-02')), {now:DateTime('UTC')}, 'prospect'
    from (${everybody(['first_seen'])})
   where customer_id not in (select customer_id from customer_life_cycle_next)`;

export const lifeCycleStep: ScoreStep = {
  name: 'life_cycle',
  after: ['value', 'contacts', 'profiles'],
  async run({ store, warehouse }, { at, timeZone, signal }) {
    const [rules, before] = [await lifeCycleRules(store), await latestSummary(store)];
    const { thread, asOf, sources, channels } = await readHistories(warehouse, { at, timeZone, signal, former: true });
    try {
      const learned = await warehouse.scratch((rows) =>
        warehouse.scratch(async (changes) => {
          const found =
            asOf === undefined
              ? undefined
              : await thread.call(
                  'compute',
                  {
                    asOf,
                    rules,
                    period: rules.period,
                    now: Math.floor(at.getTime() / 1000),
                    scoredBefore: before ? Math.floor(Date.parse(before.asOf) / 86_400_000) : 0,
                    sources: sources.map(warehouseBytes),
                    channels,
                  },
                  { rows, changes },
                );
          await replaceTable(warehouse, 'customer_life_cycle', async (next) => {
            if (found) await warehouse.insertFile(`${next} (${ROW_COLUMNS.join(', ')})`, rows, 'Native', { signal });
            await warehouse.command(
              `insert into ${next} (customer_id, stage, stage_since, computed_at, stage_before) ${PROSPECTS}`,
              { timeZone, now: warehouseTime(at) },
              { signal },
            );
            if (found && found.changes > 0)
              await warehouse.insertFile('stage_change (customer_id, at, before, after)', changes, 'RowBinary', { signal });
          });
          return found;
        }),
      );
      const cells = learned ? await thread.call('cohorts') : [];
      await replaceTable(warehouse, 'cohort_cell', (next) =>
        warehouse.insert(
          next,
          cells.map((cell) => named(cell, sources, channels)),
        ),
      );
      await keepSummary({ store, warehouse }, at, learned && asOf !== undefined ? { ...learned, asOf: dateOf(asOf), rules } : undefined);
    } finally {
      await thread.end();
    }
  },
};

const NOWHERE = '00000000-0000-0000-0000-000000000000';

const named = ({ source, channel, ...cell }: CohortCell, sources: readonly string[], channels: readonly string[]) => ({
  ...cell,
  source_id: sources[source - 1] ?? NOWHERE,
  channel: channels[channel - 1] ?? '',
});

/** The bytes of an id as the warehouse writes them in RowBinary: two halves, each little end first. */
function warehouseBytes(id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return Buffer.concat([bytes.subarray(0, 8).toReversed(), bytes.subarray(8).toReversed()]).toString('hex');
}
