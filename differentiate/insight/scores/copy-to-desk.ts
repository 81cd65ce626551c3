// The desk's copy of the scores, for its lists and profiles.
import { createReadStream } from 'node:fs';
import { channelSets } from '@vinculo/customer-file';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { standingSql } from '../forecast/standing.ts';
import type { Stores } from './score-step.ts';
import { scoresOf } from './scores-of.ts';

/** A set of channels as one word: between two a sign that no name has. */
const SET = String.raw`arrayStringConcat(v.channels, '\x1f')`;

/** The columns of customer_score, each with where it comes from: `v` is customer_value, the rest the tables of the steps. */
const COLUMNS = {
  customer_id: 'v.customer_id',
  revenue: 'v.revenue',
  margin: 'v.margin',
  orders: 'v.orders',
  first_purchase_at: 'v.first_purchase_at',
  last_purchase_at: 'v.last_purchase_at',
  returned: 'v.returned',
  discount_share: 'v.discount_share',
  channel_set: `transform(${SET}, {sets:Array(String)}, {numbers:Array(UInt32)}, toUInt32(0))`,
  recency: 'v.recency',
  frequency: 'v.frequency',
  monetary: 'v.monetary',
  rfm_group: 'v.rfm_group',
  decile: 'v.decile',
  percentile: 'v.percentile',
  months: "arrayStringConcat(arrayMap(m -> toString(m), v.months), ',')",
  profit: 'p.profit',
  tier: 't.tier',
  lifetime_value: 'toDecimal64(f.lifetime_value, 4)',
  // Who only brings back what was bought elsewhere has bought nothing yet: a prospect, whom lists do not ask for.
  stage: "nullIf(toString(l.stage), 'prospect')",
  churn_risk: 'l.churn_risk',
  loyalty_type: 'y.type',
  needs_group: 'n.group_id',
  alive: standingSql('f'),
};

/** No set is called so: lists of none would not be taken. */
const NO_SET = '\x1f';

const NAMES = Object.keys(COLUMNS);

/** Rows for COPY, written by the warehouse itself: tab separated with \\N for null is what PostgreSQL reads. */
const FOR_THE_DESK = `
  select ${Object.values(COLUMNS).join(', ')}
    from customer_value v ${scoresOf('v.customer_id')}`;

const PIECE = 256 * 1024;

interface Index {
  name: string;
  definition: string;
}

/**
 * Puts a new customer_score in the place of the old one, in one transaction. Risks and forecasts of everybody change every
 * night, and writing a million rows anew with their indexes at the end takes a tenth of changing each in place. Readers
 * wait for the exchange of names alone.
 *
 * @returns how many customers have scores.
 */
export async function copyToDesk({ store, warehouse }: Stores, signal: AbortSignal): Promise<number> {
  return store.transaction(SYSTEM, async (tx) => {
    await sql`set local time zone 'UTC'`.execute(tx);
    await sql`set local maintenance_work_mem = '128MB'`.execute(tx);
    await sql`create table customer_score_next (like customer_score including defaults including constraints)`.execute(tx);
    // One moment for all of them, which no row has to bring.
    const [{ at } = { at: '' }] = await warehouse.rows<{ at: string }>(
      `select formatDateTime(max(computed_at), '%Y-%m-%dT%H:%i:%SZ', 'UTC') as at from customer_value`,
    );
    await sql`alter table customer_score_next alter column computed_at set default ${sql.lit(at)}`.execute(tx);
    const sets = await warehouse.rows<{ word: string; channels: string[] }>(
      `select distinct ${SET} as word, v.channels from customer_value v`,
    );
    const numbers = await channelSets(
      tx,
      sets.map(({ channels }) => channels),
    );
    const params = { sets: [...sets.map(({ word }) => word), NO_SET], numbers: [...numbers, 0] };
    const copied = await warehouse.scratch(async (path) => {
      await warehouse.toFile(path, FOR_THE_DESK, params, { format: 'TabSeparated', signal });
      return store.copyIn(tx, 'customer_score_next', NAMES, createReadStream(path, { highWaterMark: PIECE, signal }), 'fresh');
    });
    const { rows: indexes } = await sql<Index>`
      select indexname as name, indexdef as definition from pg_indexes
       where tablename = 'customer_score' and schemaname = current_schema() and indexname <> 'customer_score_pkey'
       order by indexname`.execute(tx);
    for (const { name, definition } of indexes) {
      signal.throwIfAborted();
      await sql
        .raw(definition.replace(` ${name} ON `, ` ${name}_next ON `).replace(/\.customer_score USING/, '.customer_score_next USING'))
        .execute(tx);
    }
    await sql`create unique index customer_score_pkey_next on customer_score_next (customer_id)`.execute(tx);
    // Until the planner knows how many are in each group, it reads a whole million to show fifty of one.
    await sql`analyze customer_score_next`.execute(tx);

    // Whoever reads for long (a backup) must not make everybody else wait: this run gives up, and the job tries again.
    await sql`set local lock_timeout = '10s'`.execute(tx);
    await sql`drop table customer_score`.execute(tx);
    await sql`alter table customer_score_next rename to customer_score`.execute(tx);
    await sql`alter table customer_score add constraint customer_score_pkey primary key using index customer_score_pkey_next`.execute(tx);
    for (const { name } of indexes) await sql`alter index ${sql.ref(`${name}_next`)} rename to ${sql.ref(name)}`.execute(tx);
    return copied;
  });
}
