-- Customers who are alike, and what is usual among them: what value tiers compare each of them with.
create table tier_alike (
  customer_id UUID,
  cell        LowCardinality(String)         -- quintile of frequency and main channel, or the quintile alone where those are few
) engine = MergeTree order by customer_id;
create table tier_alike_next as tier_alike;
create table tier_usual (
  cell     LowCardinality(String),
  category String,
  typical  Float64,                          -- median money of a year, of who buys it
  people   UInt32                            -- who are alike
) engine = MergeTree order by (cell, category);
create table tier_usual_next as tier_usual;
