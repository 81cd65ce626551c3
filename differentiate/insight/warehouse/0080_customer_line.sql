-- Every purchase line beside its customer and its product, joined once: orders, habits, boards and rules about products read it
-- in the order of the customers instead of joining ten million lines each for itself.
create table customer_line (
  customer_id UUID,
  order_id    UInt64,                        -- as customer_order has it
  occurred_at DateTime('UTC'),
  source_id   UUID,
  order_key   String,
  product_key LowCardinality(String),
  category    LowCardinality(String),
  subcategory LowCardinality(String),
  brand       LowCardinality(String),
  channel     LowCardinality(String),
  store       LowCardinality(String),
  quantity    Decimal(18, 4),
  amount      Decimal(18, 4),
  margin      Nullable(Decimal(18, 4)),
  basis       UInt8,                         -- how the margin is known: 0 cost, 1 category, 2 company, 3 not at all
  discount    Decimal(18, 4),
  coupon      Decimal(18, 4),
  listed      Decimal(18, 4)                 -- before both
) engine = MergeTree order by customer_id;
create table customer_line_next as customer_line;
