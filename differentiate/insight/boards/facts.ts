// The tables boards and questions read: one wide row a customer, an order, a contact.
import { sql } from 'kysely';
import { numberCustomers } from '../scores/number-customers.ts';
import type { ScoreStep, Scoring, Stores } from '../scores/score-step.ts';
import { everybody } from '../scores/everybody.ts';
import { scoresOf } from '../scores/scores-of.ts';

/** What a customer is today, of which every fact carries a copy: a card never joins. */
export const TRAITS = ['kind', 'province', 'rfm_group', 'decile', 'tier', 'stage', 'loyalty', 'needs'] as const;
const traits = TRAITS.map((name) => `c.${name}`).join(', ');

const CUSTOMERS = `
  select c.customer_no, d.customer_id, d.kind, d.province, d.city,
         ifNull(toDate(v.first_purchase_at, {timeZone:String}), toDate(0)), ifNull(toDate(v.last_purchase_at, {timeZone:String}), toDate(0)),
         ifNull(v.revenue, 0), v.margin, ifNull(v.orders, 0), ifNull(v.recency, 0), ifNull(v.frequency, 0), ifNull(v.monetary, 0),
         ifNull(v.rfm_group, ''), ifNull(v.decile, 0), ifNull(t.tier, ''), ifNull(l.stage, ''), ifNull(y.type, ''),
         if(isNull(n.group_id), '', toString(n.group_id)), p.profit, f.lifetime_value, l.churn_risk, l.expected_loss
    from (${everybody(['kind', 'province', 'city'], 'customer_value')}) d
    join customer_number c on c.customer_id = d.customer_id
    left join customer_value v on v.customer_id = d.customer_id ${scoresOf('d.customer_id')}`;

const ORDERS = `
  select toDate(o.occurred_at, {timeZone:String}) as day, o.customer_no, o.order_id, o.source, o.channel, o.store,
         o.amount, o.margin, o.returned, o.saved, o.listed, o.lines, day = c.first_day, ${traits}, o.customer_id
    from customer_order o join fact_customer_next c on c.customer_no = o.customer_no`;

const CONTACTS = `
  select toDate(x.at, {timeZone:String}), c.customer_no, x.source, x.via, x.way, x.name, x.answered, ${traits}
    from (
      select customer_id, occurred_at as at, source, channel as via, direction as way, '' as name, toUInt8(0) as answered from customer_contact
      union all
      select k.customer_id, k.occurred_at, k.source, k.channel, 'out', if(m.name = '', k.campaign_key, m.name), toUInt8(k.response != '')
        from customer_mailing k
        left join (select campaign_key, name from campaign final) m on m.campaign_key = k.campaign_key
    ) x
    join (
      select * from fact_customer_next
       where customer_id in (select customer_id from customer_contact union all select customer_id from customer_mailing)
    ) c on c.customer_id = x.customer_id`;

const FACTS = { fact_customer: CUSTOMERS, fact_order: ORDERS, fact_contact: CONTACTS };

/** Runs after every other step, and carries what they found. */
async function fillFacts({ store, warehouse }: Stores, { timeZone, at, signal }: Scoring): Promise<void> {
  await numberCustomers(warehouse, 'select customer_id from customer_profile final where alive', signal);
  // All three are whole before the first is shown: the numbers of customers in one are those in the others.
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
  after: ['profit', 'tier', 'life_cycle', 'loyalty', 'needs'],
  run: fillFacts,
};
