-- Balances, fees and events of contracts and accounts, one measure a row: what value models compute with.
create table account_fact (
  record_id   UUID,
  fact_id     UUID,                              -- of customer, contract, date and measure: a row loaded again replaces the earlier
  source_id   UUID,
  account_key String,                            -- '' where the customer has one
  product_key LowCardinality(String),            -- what kind of contract
  occurred_at DateTime('UTC'),
  measure     LowCardinality(String),            -- average_balance, service_fee, opening, …: the company's own words
  value       Decimal(18, 4),
  import_id   UUID,
  version     UInt64
) engine = ReplacingMergeTree(version) order by (record_id, fact_id);
