/** A category is usual among customers who are alike when so many of them buy it in a year. */
export const USUAL_SHARE = 0.25;
/** Fewer than this are too few to be compared with. */
export const ALIKE_LEAST = 30;
/** The best this share of the buyers, by what they are worth; and of the others by what they do not yet buy here. */
export const BEST_SHARE = 0.2;

/**
 * The tier of every buyer, with its evidence.
 *
 * Customers are alike when they buy as often (quintile of frequency) and mostly over the same channel; where those are few,
 * when they buy as often. Of each category usual among them, the typical spending of a year is the median of who buys it; what
 * a customer spends less than that is what could be won. Share of wallet is what they spend here of both together: it is
 * judged by other customers, not by what they spend elsewhere, which nobody here knows. After D. Peppers and M. Rogers,
 * "Managing Customer Relationships" (2004): most valuable by actual value, most growable by strategic value, below zero.
 *
 * @param worth what somebody is worth, over v (value), p (profit), f (forecast).
 */
export const TIERS = (worth: string) => `
  with
  (select max(occurred_at) from customer_order) as until,
  spent as (
    select customer_id, toString(category) as category, toFloat64(sum(amount)) as money
      from customer_line where category != '' and occurred_at > until - interval 365 day
     group by customer_id, category having money > 0
  ),
  ways as (
    select customer_id, argMax(channel, orders) as channel
      from (select customer_id, toString(channel) as channel, count() as orders from customer_order group by customer_id, channel)
     group by customer_id
  ),
  alike as (
    select v.customer_id as customer_id, toString(v.frequency) as often, concat(often, ' ', w.channel) as near,
           count() over (partition by near) as neighbours
      from customer_value v left join ways w on w.customer_id = v.customer_id
  ),
  placed as (select customer_id, if(neighbours >= ${ALIKE_LEAST}, near, often) as cell from alike),
  sizes as (select cell, count() as people from placed group by cell),
  usual as (
    select cell, groupArray(category) as categories, groupArray(typical) as amounts, any(people) as people
      from (
        select c.cell as cell, s.category as category, median(s.money) as typical, any(z.people) as people
          from spent s join placed c on c.customer_id = s.customer_id join sizes z on z.cell = c.cell
         group by cell, category having count() >= ${USUAL_SHARE} * people and people >= ${ALIKE_LEAST}
      ) group by cell
  ),
  own as (
    select customer_id, groupArray(category) as categories, groupArray(money) as amounts, sum(money) as total from spent group by customer_id
  ),
  gaps as (
    select c.customer_id as customer_id, u.people as people, ifNull(o.total, 0) as total,
           arrayMap((category, typical) -> tuple(category, typical, o.amounts[indexOf(o.categories, category)]), u.categories, u.amounts) as compared,
           arrayFilter(x -> x.2 > x.3, compared) as missing, arraySum(x -> x.2 - x.3, missing) as potential
      from placed c left join usual u on u.cell = c.cell left join own o on o.customer_id = c.customer_id
  ),
  judged as (
    select v.customer_id as customer_id, ${worth} as worth, p.profit as profit, if(f.model = '', if(g.total > 0, 1, 0), f.alive) as alive,
           if(g.people = 0, null, g.potential) as potential, g.total as total, g.people as people,
           arraySlice(arraySort(x -> -(x.2 - x.3), g.missing), 1, 3) as missing
      from customer_value v
      left join customer_profit p on p.customer_id = v.customer_id
      left join customer_forecast f on f.customer_id = v.customer_id
      left join gaps g on g.customer_id = v.customer_id
    settings join_use_nulls = 0
  ),
  placed_by_worth as (
    select *, ifNull(profit, 0) < 0 as below, row_number() over (order by ifNull(profit, 0) < 0, worth desc, customer_id) as place,
           countIf(ifNull(profit, 0) >= 0) over () as others, count() over () as buyers
      from judged
  ),
  sorted as (
    select *, not below and place <= ceil(others * ${BEST_SHARE}) as best, not below and not best and alive >= 0.5 and ifNull(potential, 0) > 0 as may_grow
      from placed_by_worth
  ),
  ranked as (
    select *, row_number() over (order by may_grow desc, potential desc, customer_id) as room, countIf(not below and not best) over () as rest from sorted
  )
  select customer_id,
         multiIf(below, 'below_zero', best, 'most_valuable', may_grow and room <= ceil(rest * ${BEST_SHARE}), 'most_growable', 'ordinary') as tier,
         potential, if(isNull(potential) or total + potential = 0, null, total / (total + potential)) as wallet,
         toJSONString(map('basis', {worth:String}, 'worth', toString(worth), 'profit', ifNull(toString(profit), ''), 'place', toString(place),
                          'buyers', toString(buyers), 'spent', toString(total), 'alike', toString(people),
                          'categories', arrayStringConcat(arrayMap(x -> x.1, missing), '\\n'),
                          'typical', arrayStringConcat(arrayMap(x -> toString(round(x.2, 2)), missing), '\\n'),
                          'own', arrayStringConcat(arrayMap(x -> toString(round(x.3, 2)), missing), '\\n'))),
         {now:DateTime('UTC')}
    from ranked`;
