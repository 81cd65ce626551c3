// What serving each customer took, in units and by month: orders, contacts, mailings, redeemed coupons, months of being a customer.
import { replaceTable } from '../scores/replace-table.ts';
import type { Scoring, Stores } from '../scores/score-step.ts';

/** A topic that few contacts have is a remark, not a kind of case. */
const TOPICS = 50;
/** Somebody stays a customer for a year after the last thing they did. */
const STAYS_MONTHS = 12;

/** Months since year 0, so that they can be added to. */
export const monthIndex = (month: string) => `(intDiv(${month}, 100) * 12 + ${month} % 100 - 1)`;
export const monthOfIndex = (index: string) => `(intDiv(${index}, 12) * 100 + ${index} % 12 + 1)`;

const month = (at: string) => `toYYYYMM(${at}, {timeZone:String})`;
const count = 'toDecimal64(count(), 4)';

/** Kept nowhere beside the orders themselves: order by order, since few customers buy twice a month. */
const OF_ORDERS = [
  ['delivery', 'toDecimal64(1, 4)', 'amount > 0'],
  ['return', 'toDecimal64(1, 4)', 'returned > 0'],
  ['discount', 'toDecimal64(saved, 4)', 'saved > 0'],
] as const;

/**
 * Everything there is in units, as rows of customer_effort: what that table keeps and what is in the orders. Needs `timeZone`.
 *
 * @param within - a condition on customer_id: only these.
 * @param asked - a condition on a kind of effort that is written there: orders are not read for those it does not hold for.
 */
export const effortsOf = (within = 'true', asked: (kind: string) => string = () => 'true'): string =>
  [
    `select customer_id, month, toString(kind) as kind, toString(via) as via, quantity from customer_effort where ${within}`,
    ...OF_ORDERS.map(
      ([kind, quantity, some]) =>
        `select customer_id, ${month('occurred_at')}, '${kind}', toString(channel), ${quantity}
           from customer_order where ${within} and ${some} and ${asked(`'${kind}'`)}`,
    ),
  ].join(' union all ');

const OF_CONTACTS = `
  select customer_id, ${month('occurred_at')} as month,
         multiIf(channel = 'visit', 'visit', direction = 'in', 'contact_in', direction = 'out', 'contact_out', 'contact') as kind,
         if(channel = 'visit', '', channel) as via, ${count}
    from customer_contact
   group by customer_id, month, kind, via`;

/** A contact is a case besides where its topic is one that many have or that has a price. */
const OF_CASES = `
  select customer_id, ${month('occurred_at')} as month, 'case', topic, ${count}
    from customer_contact
   where topic in (select topic from contact where topic != '' group by topic order by count() desc, topic limit ${TOPICS})
      or topic in {topics:Array(String)}
   group by customer_id, month, topic`;

const OF_MAILINGS = `
  select customer_id, ${month('occurred_at')} as month, 'mailing', channel, ${count}
    from customer_mailing
   group by customer_id, month, channel`;

const OF_COUPONS = `
  select customer_id, ${month('redeemed_at')} as month, 'coupon', '', ${count}
    from customer_redemption
   group by customer_id, month`;

/** From the first thing somebody did until a year after the last. To be written to is nothing they did. */
const months = (next: string) => `
  select customer_id, first_month, 'fixed', '', toDecimal64(stayed, 4) from (
    select customer_id, min(month) as first_month,
           least(${monthIndex('max(month)')} + ${STAYS_MONTHS - 1}, ${monthIndex('{month:UInt32}')}) - ${monthIndex('min(month)')} + 1 as stayed
      from (select customer_id, month from ${next} where kind != 'mailing'
             union all select customer_id, ${month('occurred_at')} from customer_order where amount > 0 or returned > 0 or saved > 0
             union all select customer_id, month from customer_model_month)
     group by customer_id)
   where stayed > 0`;

/** So much of a kind of effort, over all and in the last twelve months. */
export interface EffortTotal {
  kind: string;
  via: string;
  quantity: number;
  recent: number;
}

/** What there is of each kind, once customer_effort is filled. */
export function effortTotals({ warehouse }: Stores, { at, timeZone, signal }: Scoring): Promise<EffortTotal[]> {
  return warehouse.rows<EffortTotal>(
    `select kind, via, toFloat64(sum(e.quantity)) as quantity, toFloat64(sumIf(e.quantity, month > {recent:UInt32})) as recent
       from (${effortsOf()}) e group by kind, via order by kind, quantity desc`,
    { recent: monthOf(new Date(at.getTime() - 365 * 86_400_000), timeZone), timeZone },
    { signal, background: true },
  );
}

const monthOf = (at: Date, timeZone: string) =>
  Number(new Intl.DateTimeFormat('sv', { timeZone, year: 'numeric', month: '2-digit' }).format(at).replace('-', ''));

/** @param topics - of cases that have a price, however few there are. */
export async function fillEffort({ warehouse }: Stores, { at, timeZone, signal }: Scoring, topics: readonly string[]): Promise<void> {
  const params = { timeZone, topics, month: monthOf(at, timeZone) };
  await replaceTable(warehouse, 'customer_effort', async (next) => {
    for (const part of [OF_CONTACTS, OF_CASES, OF_MAILINGS, OF_COUPONS, months(next)])
      await warehouse.command(`insert into ${next} (customer_id, month, kind, via, quantity) ${part}`, params, { signal });
  });
}
