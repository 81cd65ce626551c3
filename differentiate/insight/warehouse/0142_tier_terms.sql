-- The terms behind a tier as numbers: to write them out as text, of everybody, took a tenth of the step.
alter table customer_tier
  add column if not exists basis LowCardinality(String) default JSONExtractString(evidence, 'basis') after wallet,   -- what the worth is: lifetime, profit, margin, revenue
  add column if not exists worth Nullable(Float64) default toFloat64OrNull(JSONExtractString(evidence, 'worth')) after basis,
  add column if not exists profit Nullable(Decimal(18, 4)) default toDecimal64OrNull(JSONExtractString(evidence, 'profit'), 4) after worth,
  add column if not exists place UInt32 default toUInt32OrZero(JSONExtractString(evidence, 'place')) after profit,   -- among the buyers, by worth
  add column if not exists buyers UInt32 default toUInt32OrZero(JSONExtractString(evidence, 'buyers')) after place,
  add column if not exists spent Float64 default toFloat64OrZero(JSONExtractString(evidence, 'spent')) after buyers, -- in the last year
  add column if not exists alike UInt32 default toUInt32OrZero(JSONExtractString(evidence, 'alike')) after spent;    -- customers to compare with
alter table customer_tier materialize column basis, materialize column worth, materialize column profit, materialize column place,
  materialize column buyers, materialize column spent, materialize column alike;
alter table customer_tier modify column basis default '', modify column worth default null, modify column profit default null,
  modify column place default 0, modify column buyers default 0, modify column spent default 0, modify column alike default 0;
alter table customer_tier drop column if exists evidence;
create or replace table customer_tier_next as customer_tier;
