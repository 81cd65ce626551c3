/** A category is usual among customers who are alike when so many of them buy it in a year. */
const USUAL_SHARE = 0.25;
/** Fewer than this are too few to be compared with. */
const ALIKE_LEAST = 30;
/** The best this share of the buyers, by what they are worth; and of the others by what they do not yet buy here. */
const BEST_SHARE = 0.2;

/**
 * Customers are alike when they buy as often (quintile of frequency) and mostly over the same channel; where those are few,
 * when they buy as often.
 */
export const ALIKE = `
  with placed as (
    select v.customer_id as customer_id, toString(v.frequency) as often, concat(often, ' ', w.channel) as near
      from customer_value v
      left join (select customer_id, toString(anyHeavy(channel)) as channel from customer_order group by customer_id) w on w.customer_id = v.customer_id
  )
  select p.customer_id, if(n.neighbours >= ${ALIKE_LEAST}, p.near, p.often)
    from placed p join (select near, count() as neighbours from placed group by near) n on n.near = p.near
  settings optimize_aggregation_in_order = 1`;

/** What each customer spent on each category in the last year with purchases. */
export const SPENT = `
  select s.customer_id, a.cell, s.category, s.money
    from (
      select customer_id, category, toFloat64(sum(amount)) as money
        from customer_line
       where category != '' and occurred_at > (select max(occurred_at) from customer_order) - interval 365 day
       group by customer_id, category having money > 0
    ) s
    join tier_alike a on a.customer_id = s.customer_id
  settings optimize_aggregation_in_order = 1`;

/** The categories usual among those who are alike, with the typical spending of a year: the median of who buys it. */
export const USUAL = `
  select s.cell, toString(s.category), median(s.money), any(z.people)
    from tier_spent s
    join (select cell, toUInt32(count()) as people from tier_alike group by cell) z on z.cell = s.cell
   group by s.cell, s.category
  having any(z.people) >= ${ALIKE_LEAST} and count() >= ${USUAL_SHARE} * any(z.people)`;

/**
 * The tier of every buyer, with its evidence.
 *
 * What a customer spends on a usual category less than is typical is what could be won. Share of wallet is what they spend here
 * of both together: it is judged by other customers, not by what they spend elsewhere, which nobody here knows. After
 * D. Peppers and M. Rogers, "Managing Customer Relationships" (2004): most valuable by actual value, most growable by
 * strategic value, below zero.
 *
 * @param worth what somebody is worth, over v (value), p (profit), f (forecast).
 */
export const tiersBy = (worth: string) => `
  with own as (
    select s.customer_id as customer_id, sum(s.money) as total, sum(if(u.people = 0, 0, least(s.money, u.typical))) as met
      from tier_spent s
      left join tier_usual u on u.cell = s.cell and u.category = s.category
     group by s.customer_id
  ),
  cells as (select cell, sum(typical) as typical, any(people) as people from tier_usual group by cell),
  judged as (
    select v.customer_id as customer_id, ${worth} as worth, p.profit as profit, ifNull(o.total, 0) as total, ifNull(c.people, 0) as people,
           ifNull(f.alive, if(total > 0, 1, 0)) as alive, if(people = 0, null, greatest(0, c.typical - ifNull(o.met, 0))) as potential
      from customer_value v
      join tier_alike a on a.customer_id = v.customer_id
      left join cells c on c.cell = a.cell
      left join own o on o.customer_id = v.customer_id
      left join customer_profit p on p.customer_id = v.customer_id
      left join customer_forecast f on f.customer_id = v.customer_id
  ),
  placed as (
    select *, ifNull(profit, 0) < 0 as below, row_number() over (order by ifNull(profit, 0) < 0, worth desc, customer_id) as place,
           countIf(ifNull(profit, 0) >= 0) over () as others, count() over () as buyers
      from judged
  ),
  sorted as (
    select *, not below and place <= ceil(others * ${BEST_SHARE}) as best, not below and not best and alive >= 0.5 and ifNull(potential, 0) > 0 as may_grow
      from placed
  ),
  ranked as (
    select *, row_number() over (order by may_grow desc, potential desc, customer_id) as room, others - toUInt64(ceil(others * ${BEST_SHARE})) as rest
      from sorted
  )
  select customer_id,
         multiIf(below, 'below_zero', best, 'most_valuable', may_grow and room <= ceil(rest * ${BEST_SHARE}), 'most_growable', 'ordinary') as tier,
         potential, if(isNull(potential) or total + potential = 0, null, total / (total + potential)) as wallet,
         toJSONString(map('basis', {worth:String}, 'worth', toString(worth), 'profit', ifNull(toString(profit), ''), 'place', toString(place),
                          'buyers', toString(buyers), 'spent', toString(total), 'alike', toString(people))),
         {now:DateTime('UTC')}
    from ranked
  settings join_use_nulls = 1, optimize_aggregation_in_order = 1`;

/** In which usual categories one customer spends less than those alike, the largest gap first. */
export const MISSING = `
  select u.category as category, u.typical as typical, ifNull(s.money, 0) as own
    from tier_usual u
    join tier_alike a on a.cell = u.cell and a.customer_id = {customer:UUID}
    left join (select category, money from tier_spent where customer_id = {customer:UUID}) s on s.category = u.category
   where typical > own
   order by typical - own desc, category limit 3`;
