-- Loyalty reads the lines that are joined already: of products it keeps only what they usually cost. The main store of a
-- customer is read nowhere.
drop table if exists loyalty_work_product;
create table loyalty_work_product (
  key   LowCardinality(String),
  usual Float64                                 -- what a unit usually costs, before coupons
) engine = MergeTree order by key;
alter table customer_loyalty_fact drop column store;
alter table customer_loyalty_fact_next drop column store;
