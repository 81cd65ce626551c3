-- What boards and questions read: wide rows of few bytes, so that a card over ten million lines answers in a fraction of a
-- second. Computed whole by the last step of scoring, each beside the table people read and exchanged with it.

-- What only the desk knows of a customer and a card can be told apart by.
create table if not exists customer_desk (
  customer_id UUID,
  kind        LowCardinality(String),
  province    LowCardinality(String),
  city        String
) engine = MergeTree order by customer_id;

-- One row a customer, buyer or not. `customer_no` is a number of this computing alone: small numbers count fast.
create table if not exists fact_customer (
  customer_no    UInt32,
  customer_id    UUID,
  kind           LowCardinality(String),
  province       LowCardinality(String),
  city           String,
  first_day      Date,                          -- 1970-01-01: has not bought
  last_day       Date,
  revenue        Decimal(18, 4),
  margin         Nullable(Decimal(18, 4)),
  orders         UInt32,
  recency        UInt8,                         -- 0: has not bought
  frequency      UInt8,
  monetary       UInt8,
  rfm_group      LowCardinality(String),
  decile         UInt8,
  tier           LowCardinality(String),
  stage          LowCardinality(String),
  loyalty        LowCardinality(String),
  needs          LowCardinality(String),        -- id of the needs group, as text
  profit         Nullable(Decimal(18, 4)),
  lifetime_value Nullable(Float64),
  churn_risk     Nullable(Float32),
  expected_loss  Nullable(Float64)
) engine = MergeTree order by customer_no;
create table if not exists fact_customer_next as fact_customer;

-- One row an order, with the day of the company's own calendar and with what its customer is today.
create table if not exists fact_order (
  day           Date,
  customer_no   UInt32,
  order_id      UInt64,
  source        LowCardinality(String),         -- id of the source, as text
  channel       LowCardinality(String),
  store         LowCardinality(String),
  amount        Decimal(18, 4),
  margin        Nullable(Decimal(18, 4)),
  returned      Decimal(18, 4),
  saved         Float64,
  listed        Float64,
  lines         UInt32,
  first         UInt8,                          -- 1: of the customer's first day
  kind          LowCardinality(String),
  province      LowCardinality(String),
  rfm_group     LowCardinality(String),
  decile        UInt8,
  tier          LowCardinality(String),
  stage         LowCardinality(String),
  loyalty       LowCardinality(String),
  needs         LowCardinality(String)
) engine = MergeTree order by (day, customer_no);
create table if not exists fact_order_next as fact_order;

-- What each customer bought of each category on a day.
create table if not exists fact_category (
  day           Date,
  customer_no   UInt32,
  category      LowCardinality(String),
  source        LowCardinality(String),
  channel       LowCardinality(String),
  store         LowCardinality(String),
  amount        Decimal(18, 4),
  margin        Nullable(Decimal(18, 4)),
  returned      Decimal(18, 4),
  lines         UInt32
) engine = MergeTree order by (day, category);
create table if not exists fact_category_next as fact_category;

-- One row a contact: a call, a mail, a message, or one of a campaign.
create table if not exists fact_contact (
  day           Date,
  customer_no   UInt32,
  source        LowCardinality(String),
  channel       LowCardinality(String),
  direction     LowCardinality(String),         -- in, out
  campaign      LowCardinality(String),         -- its name; empty for a contact of no campaign
  responded     UInt8,
  kind          LowCardinality(String),
  province      LowCardinality(String),
  rfm_group     LowCardinality(String),
  decile        UInt8,
  tier          LowCardinality(String),
  stage         LowCardinality(String),
  loyalty       LowCardinality(String),
  needs         LowCardinality(String)
) engine = MergeTree order by (day, customer_no);
create table if not exists fact_contact_next as fact_contact;
