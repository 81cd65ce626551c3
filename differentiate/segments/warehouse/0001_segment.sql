-- What rules ask of a customer's profile: one row a customer, told by the desk. The newest version holds; alive 0 is nobody any more.
create table customer_profile (
  customer_id UUID,
  kind        LowCardinality(String),
  province    LowCardinality(String),       -- '' unknown, as everywhere here
  city        LowCardinality(String),
  postcode    String,
  birth_date  Nullable(Date32),
  gender      LowCardinality(String),
  has_email   UInt8,
  has_phone   UInt8,
  consents    Array(LowCardinality(String)),   -- purposes allowed on some channel, and purpose/channel for each
  refused     Array(LowCardinality(String)),
  sources     Array(String),                -- ids
  records     UInt16,
  first_seen  DateTime('UTC'),
  revenue     Float64,                      -- as last computed, to sum up a segment while it is written
  alive       UInt8,
  version     UInt64                        -- microseconds since 1970 when the desk was read
) engine = ReplacingMergeTree(version) order by customer_id;

-- Every purchase line beside its customer and its product: what rules about products read. Made anew after each scoring.
create table segment_line (
  customer_id UUID,
  order_id    UInt64,                       -- as customer_order has it
  occurred_at DateTime('UTC'),
  product_key LowCardinality(String),
  category    LowCardinality(String),
  subcategory LowCardinality(String),
  brand       LowCardinality(String),
  channel     LowCardinality(String),
  store       LowCardinality(String),
  quantity    Decimal(18, 4),
  amount      Decimal(18, 4)
) engine = MergeTree order by (customer_id, occurred_at);
create table segment_line_next as segment_line;

-- Customers with facts that the tables made by scoring do not have yet: theirs are read from the facts themselves.
create table segment_touched (
  customer_id UUID,
  touched_at  DateTime64(6, 'UTC')
) engine = ReplacingMergeTree(touched_at) order by customer_id;

-- Who is in which segment.
create table segment_member (
  segment_id  UUID,
  customer_id UUID,
  inside      UInt8,
  since       DateTime64(6, 'UTC'),
  index by_customer customer_id type bloom_filter granularity 1
) engine = ReplacingMergeTree(since) order by (segment_id, customer_id);

-- Who entered and who left, batch by batch; a batch counts once the desk has it (segment_batch).
create table segment_move (
  segment_id  UUID,
  batch_id    UUID,
  customer_id UUID,
  entered     UInt8,
  at          DateTime64(6, 'UTC')
) engine = ReplacingMergeTree order by (segment_id, at, batch_id, customer_id) ttl toDateTime(at) + interval 400 day;

-- Lines of a pasted or uploaded list, while they are looked up.
create table segment_lookup (
  lookup_id UUID,
  line      UInt32,
  text      String,
  at        DateTime default now()
) engine = MergeTree order by (lookup_id, text) ttl at + interval 1 day;
