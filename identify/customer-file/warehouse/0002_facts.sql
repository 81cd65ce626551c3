-- Facts only grow. Each has an id made of its source and its own key (or its content), so the same file twice is the
-- same rows, and the newest version of a corrected row wins. Read them with FINAL.
create table purchase (
  record_id       UUID,
  line_id         UUID,
  source_id       UUID,
  order_key       String,
  occurred_at     DateTime('UTC'),
  product_key     String,
  quantity        Decimal(18, 4),
  amount          Decimal(18, 4),              -- what was paid; negative for a return
  list_amount     Nullable(Decimal(18, 4)),    -- before any discount
  discount        Decimal(18, 4),
  coupon_discount Decimal(18, 4),
  cost            Nullable(Decimal(18, 4)),    -- of the whole line; from the product where the line has none
  currency        LowCardinality(String),
  channel         LowCardinality(String),
  store           LowCardinality(String),
  import_id       UUID,
  version         UInt64
) engine = ReplacingMergeTree(version) order by (record_id, line_id);

create table product (
  product_key  String,
  name         String,
  category     LowCardinality(String),
  subcategory  String,
  brand        LowCardinality(String),
  price        Nullable(Decimal(18, 4)),
  cost         Nullable(Decimal(18, 4)),
  import_id    UUID,
  version      UInt64
) engine = ReplacingMergeTree(version) order by product_key;

create table contact (
  record_id   UUID,
  contact_id  UUID,
  source_id   UUID,
  occurred_at DateTime('UTC'),
  channel     LowCardinality(String),
  direction   LowCardinality(String),           -- in, out
  topic       String,
  outcome     String,
  agent       String,
  text        String,
  import_id   UUID,
  version     UInt64
) engine = ReplacingMergeTree(version) order by (record_id, contact_id);

create table campaign (
  campaign_key String,
  name         String,
  kind         LowCardinality(String),
  starts_on    Nullable(Date),
  ends_on      Nullable(Date),
  import_id    UUID,
  version      UInt64
) engine = ReplacingMergeTree(version) order by campaign_key;

create table campaign_contact (
  record_id    UUID,
  contact_id   UUID,
  source_id    UUID,
  campaign_key String,
  occurred_at  DateTime('UTC'),
  channel      LowCardinality(String),
  response     LowCardinality(String),          -- '' none yet
  responded_at Nullable(DateTime('UTC')),
  import_id    UUID,
  version      UInt64
) engine = ReplacingMergeTree(version) order by (record_id, contact_id);

create table coupon (
  coupon_key   String,
  campaign_key String,
  product_key  String,
  import_id    UUID,
  version      UInt64
) engine = ReplacingMergeTree(version) order by (coupon_key, campaign_key, product_key);

create table redemption (
  record_id     UUID,
  redemption_id UUID,
  source_id     UUID,
  coupon_key    String,
  campaign_key  String,
  redeemed_at   DateTime('UTC'),
  import_id     UUID,
  version       UInt64
) engine = ReplacingMergeTree(version) order by (record_id, redemption_id);
