// The tables boards and questions read: one wide row a customer, an order, a category bought, a contact.
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Store } from '@vinculo/postgres';
import type { ScoreStep, Scoring, Stores } from '../scores/score-step.ts';

/** What a customer is today, of which every fact carries a copy: a card never joins. */
export const TRAITS = ['kind', 'province', 'rfm_group', 'decile', 'tier', 'stage', 'loyalty', 'needs'] as const;
const traits = TRAITS.map((name) => `c.${name}`).join(', ');

const PAGE = 50_000;

/** Every customer of the desk as lines of TSV, a page a time; the desk itself writes the lines, so nothing is parsed here. */
async function* deskLines(store: Store, signal: AbortSignal): AsyncGenerator<string> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    signal.throwIfAborted();
    const { rows } = await sql<{ lines: string | null; last: string | null }>`
      select string_agg(concat_ws(chr(9), id, kind, translate(province, chr(9) || chr(10) || chr(92), '   '),
                                  translate(city, chr(9) || chr(10) || chr(92), '   ')), chr(10)) as lines,
             max(id::text) as last
        from (select id, kind, coalesce(province, '') as province, coalesce(city, '') as city from customer
               where merged_into is null and id > ${after}::uuid order by id limit ${PAGE}) page`.execute(store.db);
    const { lines, last } = rows[0]!;
    if (lines === null || last === null) return;
    yield `${lines}\n`;
    after = last;
  }
}

const CUSTOMERS = `
  with everyone as (select customer_id from customer_desk union distinct select customer_id from customer_value)
  select rowNumberInAllBlocks() + 1, e.customer_id, ifNull(d.kind, ''), ifNull(d.province, ''), ifNull(d.city, ''),
         ifNull(toDate(v.first_purchase_at, {timeZone:String}), toDate(0)), ifNull(toDate(v.last_purchase_at, {timeZone:String}), toDate(0)),
         ifNull(v.revenue, 0), v.margin, ifNull(v.orders, 0), ifNull(v.recency, 0), ifNull(v.frequency, 0), ifNull(v.monetary, 0),
         ifNull(v.rfm_group, ''), ifNull(v.decile, 0), ifNull(t.tier, ''), ifNull(l.stage, ''), ifNull(y.type, ''),
         if(isNull(n.group_id), '', toString(n.group_id)), p.profit, f.lifetime_value, l.churn_risk, l.expected_loss
    from everyone e
    left join customer_desk d on d.customer_id = e.customer_id
    left join customer_value v on v.customer_id = e.customer_id
    left join customer_tier t on t.customer_id = e.customer_id
    left join customer_life_cycle l on l.customer_id = e.customer_id
    left join customer_loyalty y on y.customer_id = e.customer_id
    left join customer_needs n on n.customer_id = e.customer_id
    left join customer_profit p on p.customer_id = e.customer_id
    left join customer_forecast f on f.customer_id = e.customer_id
  settings join_use_nulls = 1`;

const ORDERS = `
  select toDate(o.occurred_at, {timeZone:String}) as day, c.customer_no, o.order_id, toString(o.source_id), o.channel, o.store,
         o.amount, o.margin, o.returned, o.saved, o.listed, o.lines, day = c.first_day, ${traits}, o.customer_id
    from customer_order o join fact_customer_next c on c.customer_id = o.customer_id`;

/** Grouped by customer first, in the order the lines stand in: so many groups at once would not fit into memory. */
const CATEGORIES = `
  select g.day, c.customer_no, g.category, g.source, g.channel, g.store, g.amount, g.margin, g.returned, g.lines
    from (
      select l.customer_id as customer_id, toDate(l.occurred_at, {timeZone:String}) as day, l.category as category, toString(l.source_id) as source,
             l.channel as channel, l.store as store, sum(l.amount) as amount, if(countIf(isNotNull(l.margin)) = 0, null, sum(l.margin)) as margin,
             -sumIf(l.amount, l.amount < 0) as returned, count() as lines
        from customer_line l where l.category != ''
       group by l.customer_id, day, category, source, channel, store
    ) g
    join (select customer_id, customer_no from fact_customer_next) c on c.customer_id = g.customer_id
  settings optimize_aggregation_in_order = 1`;

const CONTACTS = `
  select toDate(x.at, {timeZone:String}), c.customer_no, x.source, x.via, x.way, x.name, x.answered, ${traits}
    from (
      select k.record_id as record_id, k.occurred_at as at, toString(k.source_id) as source, toString(k.channel) as via,
             toString(k.direction) as way, '' as name, toUInt8(0) as answered
        from contact k final
      union all
      select k.record_id, k.occurred_at, toString(k.source_id), toString(k.channel), 'out', if(m.name = '', k.campaign_key, m.name),
             toUInt8(k.response != '')
        from campaign_contact k final
        left join (select campaign_key, name from campaign final) m on m.campaign_key = k.campaign_key
    ) x
    join (select record_id, customer_id from identity final) i on i.record_id = x.record_id
    join fact_customer_next c on c.customer_id = i.customer_id`;

const FACTS = { fact_customer: CUSTOMERS, fact_order: ORDERS, fact_category: CATEGORIES, fact_contact: CONTACTS };

/** Runs after every other step, and carries what they found. */
export async function fillFacts({ store, warehouse }: Stores, { timeZone, at, signal }: Scoring): Promise<void> {
  await warehouse.command('truncate table customer_desk');
  await warehouse.insertStream('customer_desk', Readable.from(deskLines(store, signal)), 'TSV', undefined, signal);
  // All four are whole before the first is shown: the numbers of customers in one are those in the others.
  for (const [table, rows] of Object.entries(FACTS)) {
    await warehouse.command(`truncate table ${table}_next`);
    await warehouse.command(`insert into ${table}_next ${rows}`, { timeZone }, { signal });
  }
  for (const table of Object.keys(FACTS)) await warehouse.command(`exchange tables ${table} and ${table}_next`);
  for (const table of Object.keys(FACTS)) await warehouse.command(`truncate table ${table}_next`);
  const [last] = await warehouse.rows<{ latest: string; some: number }>(
    `select toString(max(day)) as latest, count() as some from fact_order where day <= toDate({at:DateTime('UTC')}, {timeZone:String})`,
    { at: at.toISOString().slice(0, 19).replace('T', ' '), timeZone },
  );
  await sql`
    insert into board_facts (one, computed_at, as_of) values (true, ${at}, ${last?.some ? last.latest : null})
    on conflict (one) do update set computed_at = excluded.computed_at, as_of = excluded.as_of`.execute(store.db);
  // What cards answered before was about other facts.
  await sql`delete from card_result`.execute(store.db);
}

export const factsStep: ScoreStep = {
  name: 'boards',
  run: fillFacts,
};
