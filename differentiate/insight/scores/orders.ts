// The orders of every customer, out of their lines.
import { replaceTable } from './replace-table.ts';
import type { ScoreStep } from './score-step.ts';

const ORDERS = `
  select customer_id, order_id, any(source_id), any(order_key), min(occurred_at), max(occurred_at), sum(amount) as paid, -sumIf(amount, amount < 0),
         sum(margin), sumIf(amount, isNotNull(margin)), toFloat64(sum(discount + coupon)), toFloat64(sum(listed)), count(),
         any(channel), any(store), maxIf(basis, amount != 0), any(customer_no)
    from customer_line
   group by customer_id, order_id
  settings optimize_aggregation_in_order = 1`;

const COLUMNS =
  'customer_id, order_id, source_id, order_key, occurred_at, last_at, amount, returned, margin, known_revenue, saved, listed, lines, channel, store, basis, customer_no';

export const ordersStep: ScoreStep = {
  name: 'orders',
  after: ['lines'],
  run: ({ warehouse }, { signal }) =>
    replaceTable(warehouse, 'customer_order', (next) => warehouse.command(`insert into ${next} (${COLUMNS}) ${ORDERS}`, {}, { signal })),
};
