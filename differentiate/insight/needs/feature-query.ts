// The features of every buyer out of the warehouse, columns of fixed width; see `readRows`.
import { LINES_OF_CUSTOMER } from '../scores/lines-of-customer.ts';
import { IS_SURVEY, type NeedsPlan } from './plan.ts';

/** From so many orders on, a share or a habit is one. */
export const ORDERS_TO_LEARN = 3;

/** «9», «9/10», «4,5 de 5» as 0…1. */
const ANSWER = `
  least(1, toFloat32OrZero(replaceOne(extract(outcome, '([0-9]+(?:[.,][0-9]+)?)'), ',', '.'))
           / if(extract(outcome, '(?:/|de|of) *([0-9]+)') = '', 10, toFloat32OrZero(extract(outcome, '(?:/|de|of) *([0-9]+)'))))`;

/**
 * Parameters: timeZone, groups (ids of the groups in force, by place), categories, channels, questions; and `customer`
 * where it is about one. Only places of the plan's lists are in the text; their names are bound.
 *
 * @param of in the order of their ids, which say nothing of anybody, every so many are a fair sample to learn from.
 */
export function featureQuery({ categories, channels, questions }: NeedsPlan, of: 'everybody' | 'in order' | 'one'): string {
  const one = of === 'one';
  const who = one ? 'where customer_id = {customer:UUID}' : '';
  const places = (list: readonly string[]) => list.map((_, i) => i + 1);
  const mine = one ? 'and customer_id = {customer:UUID}' : '';
  const money = `
    select any(id) as customer_id, sum(paid) as whole, sumResample(0, ${categories.length + 1}, 1)(paid, c) as parts
      from (
        select customer_no, customer_id as id, toFloat64(amount) as paid, cast(transform(category, {categories:Array(String)}, range(1, toUInt32(length({categories:Array(String)}) + 1)), toUInt32(0)), 'UInt32') as c
          from customer_line where amount > 0 ${one ? `and ${LINES_OF_CUSTOMER}` : ''}
      )
     group by customer_no`;
  const habits = `
    select customer_id, toUInt32(count()) as orders,
           uniqExact(toDate(occurred_at, {timeZone:String})) as days,
           dateDiff('day', toDate(min(occurred_at), {timeZone:String}), toDate(max(occurred_at), {timeZone:String})) as span,
           avg(toFloat64(amount)) as basket, avg(lines) as lines_each, sum(saved) as off, sum(listed) as before,
           countIf(toDayOfWeek(occurred_at, 0, {timeZone:String}) > 5) / count() as weekend,
           countIf(toHour(occurred_at, {timeZone:String}) < 12) / count() as morning,
           countIf(toHour(occurred_at, {timeZone:String}) >= 18) / count() as evening,
           [${['toFloat64(0)', ...places(channels).map((c) => `countIf(channel = {channels:Array(String)}[${c}]) / count()`)].join(', ')}] as via
      from customer_order
     where amount > 0 ${mine}
     group by customer_id`;
  const answers = `
    select customer_id,
           [${['toFloat32(0)', ...places(questions).map((q) => `avgIf(answer, topic = {questions:Array(String)}[${q}])`)].join(', ')}] as given
      from (
        select customer_id, topic, ${ANSWER} as answer from customer_contact
         where ${IS_SURVEY} and topic in {questions:Array(String)} and match(outcome, '[0-9]') ${mine}
      )
     group by customer_id`;
  const columns = [
    // Whoever bought on one day alone has no gap yet.
    'if(h.days > 1, h.span / (h.days - 1), nan)',
    'h.basket',
    'h.lines_each',
    'if(h.before > 0, least(1, greatest(0, h.off / h.before)), nan)',
    'h.weekend',
    'h.morning',
    'h.evening',
    ...places(channels).map((c) => `h.via[${c + 1}]`),
    ...places(categories).map((c) => `if(m.whole > 0, m.parts[${c + 1}] / m.whole, nan)`),
    ...places(questions).map((q) => `if(empty(a.given), nan, a.given[${q + 1}])`),
  ];
  return `
    select h.customer_id, toUInt8(indexOf({groups:Array(UUID)}, n.group_id) + 255), h.orders, ${columns.map((column) => `toFloat32(${column})`).join(', ')}
      from (${habits}) h
      ${categories.length > 0 ? `left join (${money}) m on m.customer_id = h.customer_id` : ''}
      ${questions.length > 0 ? `left join (${answers}) a on a.customer_id = h.customer_id` : ''}
      left join (select customer_id, group_id from customer_needs ${who}) n on n.customer_id = h.customer_id
     ${of === 'in order' ? 'order by h.customer_id' : ''}
    settings optimize_aggregation_in_order = 1`;
}
