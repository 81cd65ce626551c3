import type { Parameter } from './read-question.ts';

/** Questions to begin with; their names are in the `questions` catalogue, `example.<key>`. */
export const EXAMPLES: readonly { key: string; sql: string; parameters: readonly Parameter[] }[] = [
  {
    key: 'by_month',
    sql: `select toStartOfMonth(day) as month,
       sum(amount) as revenue,
       uniqExact(customer_id) as buyers
  from v_orders
 group by month
 order by month`,
    parameters: [],
  },
  {
    key: 'top_categories',
    sql: `select category,
       sum(amount) as revenue,
       uniqExact(customer_id) as buyers
  from v_categories
 where day >= {{from}}
 group by category
 order by revenue desc
 limit 20`,
    parameters: [{ name: 'from', type: 'date', value: '2026-01-01' }],
  },
  {
    key: 'together',
    sql: `select channels, count() as customers, round(avg(revenue), 2) as average_revenue
  from (
    select customer_id, arraySort(groupUniqArray(channel)) as channels, sum(amount) as revenue
      from v_orders
     group by customer_id
  )
 group by channels
 order by customers desc`,
    parameters: [],
  },
  {
    key: 'campaigns',
    sql: `select campaign,
       uniqExact(customer_id) as contacted,
       uniqExactIf(customer_id, response != '') as responded,
       round(responded / contacted, 3) as rate
  from v_campaign_contacts
 group by campaign
 order by rate desc`,
    parameters: [],
  },
  {
    key: 'inactive',
    sql: `select customer_id, province, revenue, orders, last_purchase
  from v_customers
 where decile <= {{decile}}
   and last_purchase < today() - {{days}}
 order by revenue desc
 limit 100`,
    parameters: [
      { name: 'decile', type: 'number', value: '2' },
      { name: 'days', type: 'number', value: '90' },
    ],
  },
];
