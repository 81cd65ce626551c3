// Why each customer comes back: what is seen of them, then what it says under the model in force.
import type { LoyaltyBase } from '@vinculo/value';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { dayIn } from '../life-cycle/purchase-days.ts';
import { replaceTable } from '../scores/replace-table.ts';
import { type ScoreStep, warehouseTime } from '../scores/score-step.ts';
import { modelInForce } from './loyalty-model.ts';
import { ALIKE_QUERY, FACT_COLUMNS, FACT_QUERY, GATHERED } from './fact-query.ts';
import { statedMarket } from './market-facts.ts';
import { modelParameters, SCORE_COLUMNS, scoreQuery, usualParameters, usualQuery } from './score-query.ts';

export const loyaltyStep: ScoreStep = {
  name: 'loyalty',
  after: ['value', 'contacts'],
  async run({ store, warehouse }, { at, timeZone, signal }) {
    const [model, stated] = await Promise.all([modelInForce(store), statedMarket(store)]);
    const [alike] = await warehouse.rows<{ sameStore: number; sameChannel: number }>(ALIKE_QUERY, {}, { signal });
    const parameters = { day: dayIn(at, timeZone), timeZone, ...alike, ...stated };
    const empty = async () => {
      for (const table of Object.keys(GATHERED)) await warehouse.command(`truncate table ${table}`);
    };
    // A scoring that was killed may have left half of them.
    await empty();
    for (const [table, query] of Object.entries(GATHERED)) await warehouse.command(`insert into ${table} ${query}`, parameters, { signal });
    await replaceTable(warehouse, 'customer_loyalty_fact', (next) =>
      warehouse.command(`insert into ${next} (${FACT_COLUMNS.join(', ')}) ${FACT_QUERY}`, parameters, { signal }),
    );
    await empty();
    const [usual] = await warehouse.rows<LoyaltyBase>(usualQuery('customer_loyalty_fact'), {}, { signal });
    await replaceTable(warehouse, 'customer_loyalty', (next) =>
      warehouse.command(
        `insert into ${next} (${SCORE_COLUMNS}) ${scoreQuery('customer_loyalty_fact')}`,
        { ...usualParameters(usual!), ...modelParameters(model.content), now: warehouseTime(at) },
        { signal },
      ),
    );
    await store.transaction(SYSTEM, (tx) =>
      sql`
        insert into loyalty_scoring (computed_at, model_version, usual) values (${at}, ${model.version}, ${JSON.stringify(usual)}::jsonb)
        on conflict (id) do update set computed_at = excluded.computed_at, model_version = excluded.model_version, usual = excluded.usual`.execute(
        tx,
      ),
    );
  },
};
