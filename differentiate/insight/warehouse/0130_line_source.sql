-- The key of an order is read nowhere: its number tells it apart. Sources are few: a byte a row instead of sixteen.
alter table customer_line add column if not exists source LowCardinality(String) default toString(source_id) after occurred_at;
alter table customer_line materialize column source;
alter table customer_line modify column source LowCardinality(String) default '';
create or replace view fact_category as
  select day, customer_no, customer_id, category, source, channel, store, amount, margin, greatest(-amount, toDecimal64(0, 4)) as returned
    from customer_line where category != '';
alter table customer_line drop column if exists source_id, drop column if exists order_key;
create or replace table customer_line_next as customer_line;

alter table customer_order add column if not exists source LowCardinality(String) default toString(source_id) after order_id;
alter table customer_order materialize column source;
alter table customer_order modify column source LowCardinality(String) default '';
alter table customer_order drop column if exists source_id, drop column if exists order_key;
create or replace table customer_order_next as customer_order;
