-- Value tiers read each table of the buyers once: what they are worth stands beside whom they are alike, and what they spent
-- in a table that is empty between two scorings. A profile reads the spending of its one customer in the lines.
alter table tier_alike
  rename column cell to near,                -- quintile of frequency and main channel
  add column customer_no UInt32,
  add column worth Nullable(Float64),
  add column profit Nullable(Decimal(18, 4)),
  add column alive Nullable(Float32);
alter table tier_alike_next
  rename column cell to near,
  add column customer_no UInt32,
  add column worth Nullable(Float64),
  add column profit Nullable(Decimal(18, 4)),
  add column alive Nullable(Float32);

-- With whom they are compared: those who are near, or where these are few, who buy as often.
create table tier_cell (
  near   LowCardinality(String),
  cell   LowCardinality(String),
  no     UInt32,                             -- of the cell, from 1
  people UInt32                              -- in the cell
) engine = MergeTree order by near;
create table tier_cell_next as tier_cell;
insert into tier_cell (near, cell, people) select near, near, count() from tier_alike group by near;

-- `since` is when the year of the spending begins.
alter table tier_usual add column kind UInt32, add column since DateTime('UTC') default now() - interval 365 day;
alter table tier_usual_next add column kind UInt32, add column since DateTime('UTC') default now() - interval 365 day;

drop table tier_spent;
drop table tier_spent_next;
create table tier_spent (
  customer_no UInt32,
  kind        UInt32,                        -- cell and category in one number
  money       Float64
) engine = MergeTree order by tuple() settings max_bytes_to_merge_at_max_space_in_pool = 1;
