// Every model in force over the contracts of every customer.
import { sql } from 'kysely';
import { replaceTable } from '../../scores/replace-table.ts';
import type { Scoring, Stores } from '../../scores/score-step.ts';
import { checkModel, type Model } from './check-model.ts';
import { modelSql, moneySql } from './model-sql.ts';

/** @returns the versions computed, by id. */
export async function scoreModels({ store, warehouse }: Stores, { timeZone, signal }: Scoring): Promise<Record<string, number>> {
  const { rows } = await sql<{ id: string; version: number; content: Model }>`
    select m.id, m.version, v.content from value_model m join value_model_version v on v.model_id = m.id and v.version = m.version
     where m.active and m.removed_at is null order by m.id`.execute(store.db);
  await replaceTable(warehouse, 'customer_model_month', async (next) => {
    for (const { id, content } of rows) {
      const { read } = checkModel(content, 'kept');
      // What is saved has been checked; a formula of another release that no longer reads computes nothing.
      if (!read) continue;
      const { sql: contracts, params } = modelSql(read, timeZone);
      await warehouse.command(
        `insert into ${next} (customer_id, model_id, month, term, side, amount)
         select customer_id, {model:UUID}, month, {names:Array(String)}[n], {sides:Array(String)}[n], sum(${moneySql('amount')}) as money
           from (${contracts}) array join terms as amount, arrayEnumerate(terms) as n
          group by customer_id, month, n having money != 0`,
        { ...params, model: id, names: content.terms.map(({ name }) => name), sides: content.terms.map(({ side }) => side) },
        { signal },
      );
    }
  });
  return Object.fromEntries(rows.map(({ id, version }) => [id, version]));
}
