-- A small number for every customer, given once and kept: four bytes join, count and stand in lists many times quicker than an
-- id's sixteen. Numbers of those who were merged into another are not given again.
create table customer_number (
  customer_id UUID,
  customer_no UInt32
) engine = MergeTree order by customer_id;

-- `day` is of the company's own calendar. Both hold from the next scoring on.
alter table customer_line add column customer_no UInt32, add column day Date;
alter table customer_line_next add column customer_no UInt32, add column day Date;
alter table customer_order add column customer_no UInt32;
alter table customer_order_next add column customer_no UInt32;

-- What each customer bought of each category is what the lines say: no table of its own.
drop view v_categories;
drop table fact_category;
drop table fact_category_next;
create view fact_category as
  select day, customer_no, customer_id, category, toLowCardinality(toString(source_id)) as source, channel, store, amount, margin, greatest(-amount, toDecimal64(0, 4)) as returned
    from customer_line where category != '';
create view v_categories as
  select day, customer_id, toString(category) as category, toString(channel) as channel, toString(store) as store, amount, margin, returned, toUInt32(1) as lines
    from fact_category;
