-- One row a buyer, recomputed whole by the scoring. Scores read this; the desk gets a copy for its lists.
create table customer_value (
  customer_id       UUID,
  revenue           Decimal(18, 4),
  margin            Nullable(Decimal(18, 4)),
  orders            UInt32,
  lines             UInt32,
  first_purchase_at DateTime('UTC'),
  last_purchase_at  DateTime('UTC'),
  returned          Decimal(18, 4),
  discount_share    Float32,
  channels          Array(String),
  recency           UInt8,
  frequency         UInt8,
  monetary          UInt8,
  rfm_group         LowCardinality(String),
  decile            UInt8,
  computed_at       DateTime('UTC')
) engine = MergeTree order by customer_id;

-- The next version of customer_value while it is being computed; exchanged with it at the end.
create table customer_value_next as customer_value;
