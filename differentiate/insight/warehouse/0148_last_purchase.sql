-- The last purchase is of an order that brought something, like the first: when the last line of an order came, a return too, is asked no more.
alter table customer_order drop column if exists last_at;
create or replace table customer_order_next as customer_order;
