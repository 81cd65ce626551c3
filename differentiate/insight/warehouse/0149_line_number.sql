-- Lines in the order of their customers' numbers: they come in that of the records, and ten million are sooner in the order of four
-- bytes than of an id's sixteen.
create or replace table customer_line
  engine = MergeTree order by (customer_no, order_id) settings max_bytes_to_merge_at_max_space_in_pool = 1
as select * from customer_line;
create or replace table customer_line_next as customer_line;
