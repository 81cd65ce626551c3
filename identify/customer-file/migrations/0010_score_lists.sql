-- What lets a list hold exactly the customers a figure counted: the hundredth of the buyers somebody belongs to by revenue,
-- and the months they bought in (as 202603, the last 60, oldest first).
alter table customer_score add column percentile smallint not null default 100;
alter table customer_score add column months integer[] not null default '{}';
-- The best of before this column are known; the months come with the next scoring.
update customer_score s set percentile = ranked.percentile
  from (select customer_id, 1 + (100 * (row_number() over (order by revenue desc, customer_id) - 1)) / count(*) over () as percentile
          from customer_score) ranked
 where ranked.customer_id = s.customer_id;
