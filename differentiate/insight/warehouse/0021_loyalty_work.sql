-- What the loyalty step gathers on its way to customer_loyalty_fact, a pass at a time; empty between two scorings.
create table if not exists loyalty_work_product (
  key       String,
  category  LowCardinality(String),
  exclusive UInt8,
  contract  UInt8,
  usual     Float64                             -- what a unit usually costs, before coupons; 0 unknown
) engine = MergeTree order by key;

create table if not exists loyalty_work_line (
  customer_id   UUID,
  lines         UInt32,
  discounted    UInt32,
  known         UInt32,
  sorted        UInt32,
  priced        UInt32,
  same_product  Nullable(Float64),              -- probability that two of their lines are
  same_category Nullable(Float64),
  saving        Float64,
  bought        Float64,
  of_exclusive  Float64,
  of_contract   Float64,
  coupon_orders UInt32
) engine = MergeTree order by customer_id;

create table if not exists loyalty_work_home (
  customer_id UUID,
  area        LowCardinality(String),
  province    LowCardinality(String)
) engine = MergeTree order by customer_id;

create table if not exists loyalty_work_place (
  customer_id UUID,
  area        LowCardinality(String),
  province    LowCardinality(String),
  local       String                            -- the store where the people of the area buy most
) engine = MergeTree order by customer_id;
