-- What scoring knows of each customer, each table recomputed whole beside the one people read and exchanged with it. Every
-- later step reads customer_order instead of joining ten million lines with who is who once more.
create table if not exists customer_order (
  customer_id   UUID,
  order_id      UInt64,                      -- of source and order key, or of the line where it has none
  source_id     UUID,
  order_key     String,
  occurred_at   DateTime('UTC'),             -- of its first line
  last_at       DateTime('UTC'),             -- of its last, which may be a return
  amount        Decimal(18, 4),              -- what was paid, less what came back under the same key; below zero for a return of its own
  returned      Decimal(18, 4),
  margin        Nullable(Decimal(18, 4)),    -- of the lines whose cost is known; null where none is
  known_revenue Decimal(18, 4),              -- of the same lines
  saved         Float64,                     -- discounts and coupons
  listed        Float64,                     -- before them
  lines         UInt32,
  channel       LowCardinality(String),
  store         LowCardinality(String)
) engine = MergeTree order by (customer_id, occurred_at);
create table if not exists customer_order_next as customer_order;

-- Money by month: what each customer brought and cost.
create table if not exists customer_month (
  customer_id   UUID,
  month         UInt32,                      -- 202603
  orders        UInt32,
  revenue       Decimal(18, 4),
  margin        Nullable(Decimal(18, 4)),
  cost_to_serve Decimal(18, 4),
  profit        Nullable(Decimal(18, 4))     -- margin less cost to serve; null where no margin is known nor stated
) engine = MergeTree order by (customer_id, month);
create table if not exists customer_month_next as customer_month;

create table if not exists customer_profit (
  customer_id   UUID,
  revenue       Decimal(18, 4),
  margin        Nullable(Decimal(18, 4)),
  margin_basis  LowCardinality(String),      -- cost, category, company, none: the weakest that was needed
  costs         Map(LowCardinality(String), Decimal(18, 4)),   -- by term of the cost table: contact.phone, return, delivery, …
  cost_to_serve Decimal(18, 4),
  profit        Nullable(Decimal(18, 4)),
  computed_at   DateTime('UTC')
) engine = MergeTree order by customer_id;
create table if not exists customer_profit_next as customer_profit;

-- What the purchase model that forecast this company's own hold-out best says.
create table if not exists customer_forecast (
  customer_id    UUID,
  model          LowCardinality(String),     -- bg_nbd, mbg_nbd, pareto_nbd, mbg_cnbd_k
  alive          Float32,                    -- probability that they still are customers
  purchases_90   Float32,                    -- expected in the next 90 days
  purchases_365  Float32,
  order_value    Float64,                    -- expected money of a future order: margin where known, else revenue
  lifetime_value Float64,                    -- discounted, over the horizon of the setting
  lifetime_low   Float64,
  lifetime_high  Float64,
  computed_at    DateTime('UTC')
) engine = MergeTree order by customer_id;
create table if not exists customer_forecast_next as customer_forecast;

create table if not exists customer_tier (
  customer_id UUID,
  tier        LowCardinality(String),        -- most_valuable, most_growable, ordinary, below_zero
  potential   Nullable(Float64),             -- money a year that customers like this one bring and this one does not
  wallet      Nullable(Float32),             -- share of wallet, 0..1
  evidence    String,                        -- JSON: the terms behind the tier
  computed_at DateTime('UTC')
) engine = MergeTree order by customer_id;
create table if not exists customer_tier_next as customer_tier;

create table if not exists customer_life_cycle (
  customer_id   UUID,
  stage         LowCardinality(String),      -- prospect, new, active, growing, at_risk, inactive, lost, won_back
  rhythm_days   Float32,                     -- the customer's own, 0 unknown
  silent_days   Float32,
  churn_risk    Float32,                     -- probability of no purchase in the coming period
  expected_loss Float64,
  reasons       String,                      -- JSON: keys of the lifecycle catalogue with values
  stage_since   Date,
  computed_at   DateTime('UTC')
) engine = MergeTree order by customer_id;
create table if not exists customer_life_cycle_next as customer_life_cycle;

create table if not exists customer_loyalty (
  customer_id   UUID,
  type          LowCardinality(String),      -- monopoly, inertia, latent, convenience, price, incentive, premium, unknown
  probability   Float32,
  probabilities Array(Float32),              -- of the seven, in that order
  evidence      String,                      -- JSON: what speaks for the type, strongest first
  computed_at   DateTime('UTC')
) engine = MergeTree order by customer_id;
create table if not exists customer_loyalty_next as customer_loyalty;

create table if not exists customer_needs (
  customer_id UUID,
  group_id    UUID,                          -- of needs_group on the desk
  fit         Float32,                       -- silhouette, -1..1
  computed_at DateTime('UTC')
) engine = MergeTree order by customer_id;
create table if not exists customer_needs_next as customer_needs;
