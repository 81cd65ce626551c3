import { LINES_OF_CUSTOMER } from '../scores/lines-of-customer.ts';

/** A category is usual among customers who are alike when so many of them buy it in a year. */
const USUAL_SHARE = 0.25;
/** Fewer than this are too few to be compared with. */
const ALIKE_LEAST = 30;
const NOBODY = '00000000-0000-0000-0000-000000000000';
/** The best this share of the buyers, by what they are worth; and of the others by what they do not yet buy here. */
const BEST_SHARE = 0.2;

/**
 * Customers are alike when they buy as often (quintile of frequency) and mostly over the same channel. All the tables are in the
 * order of the customers: merged as they stand, they are joined without a hash of each.
 *
 * @param worth what somebody is worth, over v (value), p (profit), f (forecast).
 */
export const alikeBy = (worth: string) => `
  select w.customer_id, concat(toString(v.frequency), ' ', w.channel), w.customer_no, ${worth}, p.profit, f.alive
    from (select customer_id, any(customer_no) as customer_no, toString(anyHeavy(channel)) as channel from customer_order group by customer_id) w
    join customer_value v on v.customer_id = w.customer_id
    left join customer_profit p on p.customer_id = w.customer_id
    left join customer_forecast f on f.customer_id = w.customer_id
  settings join_use_nulls = 1, optimize_aggregation_in_order = 1, join_algorithm = 'full_sorting_merge'`;

/** Where those who are near are few, all who buy as often are compared. */
export const CELLS = `
  select near, cell, dense_rank() over (order by cell) as no, sum(neighbours) over (partition by cell) as people
    from (
      select toString(near) as near, count() as neighbours, if(neighbours >= ${ALIKE_LEAST}, near, splitByChar(' ', near)[1]) as cell
        from tier_alike group by near
    )`;

/** What the numbers in `kind` stand for: never empty, so that there is something to look up. */
const CATEGORIES = `(select arraySort(arrayDistinct(arrayPushBack(groupArray(toString(category)), ''))) from (select distinct category from customer_line)) as categories`;
const SINCE = `(select max(occurred_at) - interval 365 day from customer_order) as since`;

/**
 * What each customer spent on each category in the last year with purchases. Grouped by one number made of both, which takes half
 * the time of a group by two columns; rounded to what a sum of money can be, however the parts of it were added.
 */
export const SPENT = `
  with ${CATEGORIES}, ${SINCE}
  select s.customer_no, a.before + s.category, s.money
    from (
      select toUInt32(bitShiftRight(pair, 32)) as customer_no, toUInt32(bitAnd(pair, 0xffffffff)) as category, money
        from (
          select bitOr(bitShiftLeft(toUInt64(customer_no), 32), transform(category, categories, range(1, toUInt32(length(categories) + 1)), toUInt32(0))) as pair,
                 round(sum(toFloat64(amount)), 4) as money
            from customer_line
           where category != '' and occurred_at > since
           group by pair having money > 0
        )
    ) s
    join (
      select l.customer_no as customer_no, toUInt32((c.no - 1) * length(categories)) as before
        from tier_alike l join tier_cell c on c.near = l.near
    ) a on a.customer_no = s.customer_no`;

/** The categories usual among those who are alike, with the typical spending of a year: the median of who buys it. */
export const USUAL = `
  with ${CATEGORIES}, ${SINCE}
  select c.cell, categories[1 + (s.kind - 1) % length(categories)], s.typical, c.people, s.kind, since
    from (
      select kind, toUInt32(1 + intDiv(kind - 1, length(categories))) as no, quantileExactInclusive(0.5)(money) as typical, count() as spenders
        from tier_spent group by kind
    ) s
    join (select distinct cell, no, people from tier_cell) c on c.no = s.no
   where c.people >= ${ALIKE_LEAST} and s.spenders >= ${USUAL_SHARE} * c.people`;

/**
 * The tier of every buyer, with the terms behind it.
 *
 * What a customer spends on a usual category less than is typical is what could be won. Share of wallet is what they spend here
 * of both together: it is judged by other customers, not by what they spend elsewhere, which nobody here knows. After
 * D. Peppers and M. Rogers, "Managing Customer Relationships" (2004): most valuable by actual value, most growable by
 * strategic value, below zero.
 */
export const TIERS = `
  with own as (
    select s.customer_no as customer_no, round(sum(s.money), 4) as total, sum(if(u.kind = 0, 0, least(s.money, u.typical))) as met
      from tier_spent s
      left join (select kind, typical from tier_usual) u on u.kind = s.kind
     group by s.customer_no
  ),
  cells as (
    select c.near as near, u.typical as typical, u.people as people
      from tier_cell c join (select cell, sum(typical) as typical, any(people) as people from tier_usual group by cell) u on u.cell = c.cell
  ),
  judged as (
    select a.customer_id as customer_id, a.worth as worth, a.profit as profit, o.total as total, c.people as people,
           ifNull(a.alive, if(total > 0, 1, 0)) as alive, if(people = 0, null, round(greatest(0, c.typical - o.met), 6)) as potential
      from tier_alike a
      left join cells c on c.near = a.near
      left join own o on o.customer_no = a.customer_no
  ),
  placed as (
    select *, ifNull(profit, 0) < 0 as below, row_number() over (order by ifNull(profit, 0) < 0, worth desc, customer_id) as place,
           countIf(ifNull(profit, 0) >= 0) over () as others, count() over () as buyers
      from judged
  ),
  -- Who may not grow stands behind, in no order of its own: to sort them by their ids would take longer than all the others.
  sorted as (
    select *, not below and place <= ceil(others * ${BEST_SHARE}) as best, not below and not best and alive >= 0.5 and ifNull(potential, 0) > 0 as may_grow
      from placed
  ),
  ranked as (
    select *, row_number() over (order by may_grow desc, if(may_grow, potential, 0) desc, if(may_grow, customer_id, toUUID('${NOBODY}'))) as room, others - toUInt64(ceil(others * ${BEST_SHARE})) as rest
      from sorted
  )
  select customer_id,
         multiIf(below, 'below_zero', best, 'most_valuable', may_grow and room <= ceil(rest * ${BEST_SHARE}), 'most_growable', 'ordinary') as tier,
         potential, if(isNull(potential) or total + potential = 0, null, total / (total + potential)) as wallet,
         {worth:String}, worth, profit, toUInt32(place), toUInt32(buyers), ifNull(total, 0), ifNull(people, 0),
         {now:DateTime('UTC')}
    from ranked`;

/** In which usual categories one customer spends less than those alike, the largest gap first. */
export const MISSING = `
  select u.category as category, u.typical as typical, ifNull(s.money, 0) as own
    from tier_usual u
    join tier_cell c on c.cell = u.cell
    join tier_alike a on a.near = c.near and a.customer_id = {customer:UUID}
    left join (
      select toString(category) as category, toFloat64(sum(amount)) as money
        from customer_line
       where ${LINES_OF_CUSTOMER} and category != '' and occurred_at > (select max(since) from tier_usual)
       group by category having money > 0
    ) s on s.category = u.category
   where typical > own
   order by typical - own desc, category limit 3`;
