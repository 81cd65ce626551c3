-- What is seen of each buyer that tells why they come back, computed whole by the loyalty step. Null is what cannot be known.
-- The names are those of LOYALTY_SIGNS in @vinculo/value, which says what each means.
create table if not exists customer_loyalty_fact (
  customer_id UUID,
  visits      UInt32,                           -- orders with something paid
  days        UInt32,                           -- on which they bought
  gaps        UInt32,                           -- between them
  pairs       UInt32,                           -- of a visit and the next
  placed      UInt32,                           -- visits of which the store is known
  reached     UInt32,                           -- and the channel
  lines       UInt32,
  known       UInt32,                           -- lines of which the product is known
  sorted      UInt32,                           -- and its category
  priced      UInt32,                           -- and its usual price
  contacted   UInt32,                           -- campaigns that reached them
  surveys     UInt32,
  referrals   UInt32,
  complaints  UInt32,
  discounted  UInt32,                           -- lines bought at a reduced price
  coupon_visits UInt32,
  responded   UInt32,
  store       LowCardinality(String),           -- the main one
  main_channel LowCardinality(String),
  area        LowCardinality(String),           -- where they live: the postcode but for its last two signs
  province    LowCardinality(String),
  pace        Nullable(Float64),
  regularity  Nullable(Float64),
  weekday     Nullable(Float64),
  sameness    Nullable(Float64),
  variety     Nullable(Float64),
  basket      Nullable(Float64),
  growth      Nullable(Float64),
  tenure      Nullable(Float64),
  same_store  Nullable(Float64),
  near        Nullable(Float64),
  channel     Nullable(Float64),
  deals       Nullable(Float64),
  price       Nullable(Float64),
  stockpile   Nullable(Float64),
  coupons     Nullable(Float64),
  mailing     Nullable(Float64),
  survey      Nullable(Float64),
  referral    Nullable(Float64),
  complaint   Nullable(Float64),
  exclusive   Nullable(Float64),
  contract    Nullable(Float64),
  no_rival    Nullable(Float64)
) engine = MergeTree order by customer_id;
create table if not exists customer_loyalty_fact_next as customer_loyalty_fact;

-- The signs, −1 to 1 in the order of LOYALTY_SIGNS: with them other weights can be tried without computing the facts again.
alter table customer_loyalty add column signs Array(Float32), add column visits UInt32;
alter table customer_loyalty_next add column signs Array(Float32), add column visits UInt32;
