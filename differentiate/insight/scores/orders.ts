// The orders of every customer, out of their lines.
import { fromParts, inParts } from './money-parts.ts';
import { madeOf, replaceChanged, fingerprint } from './replace-changed.ts';
import type { ScoreStep } from './score-step.ts';

/** Names of which an order has one: kept as places in lists while lines are added up, since words would take longer than all the sums. */
const NAMES = ['source', 'channel', 'store'] as const;
const PLACE_BITS = 21;
const PLACES = 2 ** PLACE_BITS - 1;

const names = NAMES.map(
  (name) => `(select groupArray(toString(${name})) from (select distinct ${name} from customer_line)) as ${name}s`,
).join(', ');
const placeOf = (name: string, i: number) =>
  `bitShiftLeft(toUInt64(transform(${name}, ${name}s, range(1, toUInt32(length(${name}s) + 1)), toUInt32(0))), ${PLACE_BITS * i})`;
const nameAt = (name: string, i: number) => `${name}s[bitAnd(bitShiftRight(places, ${PLACE_BITS * i}), ${PLACES})]`;

const ZERO = 'toDecimal64(0, 4)';

const ORDERS = `
  with ${names}
  select id, order_id, ${NAMES.map(nameAt).join(', ')}, at, ${fromParts('paid')}, ${fromParts('back')},
         if(known = 0, null, ${fromParts('left')}), ${fromParts('of')}, off / 10000, before / 10000, lines, weakest, customer_no
    from (
      select customer_no, order_id, any(customer_id) as id, any(${NAMES.map(placeOf).join(' + ')}) as places,
             min(occurred_at) as at, sum(${inParts('amount')}) as paid, sum(${inParts(`greatest(-amount, ${ZERO})`)}) as back,
             countIf(isNotNull(margin)) as known, sum(${inParts(`ifNull(margin, ${ZERO})`)}) as left,
             sum(${inParts(`if(isNull(margin), ${ZERO}, amount)`)}) as of, sum(${inParts('discount')} + ${inParts('coupon')}) as off,
             sum(${inParts('listed')}) as before, count() as lines, max(if(amount != 0, basis, 0)) as weakest
        from customer_line
       group by customer_no, order_id
    )
  settings optimize_aggregation_in_order = 1`;

const COLUMNS =
  'customer_id, order_id, source, channel, store, occurred_at, amount, returned, margin, known_revenue, saved, listed, lines, basis, customer_no';

export const ordersStep: ScoreStep = {
  name: 'orders',
  after: ['lines'],
  async run({ warehouse }, { signal }) {
    const lines = await madeOf(warehouse, 'customer_line');
    await replaceChanged(warehouse, 'customer_order', lines && fingerprint([lines, ORDERS]), (next) =>
      warehouse.command(`insert into ${next} (${COLUMNS}) ${ORDERS}`, {}, { signal }),
    );
  },
};
