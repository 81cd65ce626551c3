-- What else the life cycle says of a customer. Days are whole, in the company's time zone.
alter table customer_life_cycle
  add column visits UInt32,                      -- days with a purchase
  add column gap_center Float32,                 -- the next gap is Student's on log days: centre, scale, degrees of freedom
  add column gap_spread Float32,
  add column gap_degrees Float32,
  add column stage_before LowCardinality(String),  -- thirty days before, by the same rules
  add column brought Float64,                    -- money of the last year they bought in, up to their last purchase
  add column period_value Float64,               -- money they usually bring in the period the risk is about
  add column first_day Date,
  add column last_day Date,
  add column first_source UUID,
  add column first_channel LowCardinality(String),
  add column spell_from Array(Date),             -- times they were a customer; until 1970-01-01: still
  add column spell_until Array(Date),
  add column spell_brought Array(Float32);
alter table customer_life_cycle_next
  add column visits UInt32,
  add column gap_center Float32,
  add column gap_spread Float32,
  add column gap_degrees Float32,
  add column stage_before LowCardinality(String),
  add column brought Float64,
  add column period_value Float64,
  add column first_day Date,
  add column last_day Date,
  add column first_source UUID,
  add column first_channel LowCardinality(String),
  add column spell_from Array(Date),
  add column spell_until Array(Date),
  add column spell_brought Array(Float32);

-- Who went from one stage to another, as each scoring found it; only differences. A scoring that is repeated writes the same rows.
create table stage_change (
  customer_id UUID,
  at          Date,
  before      LowCardinality(String),            -- '' the first time
  after       LowCardinality(String)
) engine = ReplacingMergeTree order by (customer_id, at, before, after);

-- What the customers who began in one month did in each month since, by where they began.
create table cohort_cell (
  cohort    UInt32,                              -- month of the first purchase, 202603
  month     UInt32,
  source_id UUID,
  channel   LowCardinality(String),
  customers UInt32,                              -- who bought in that month
  orders    UInt32,
  revenue   Float64,
  margin    Float64,                             -- of the orders whose cost is known
  known     Float64                              -- their revenue
) engine = MergeTree order by (cohort, month);
create table cohort_cell_next as cohort_cell;

-- How far each customer has come in the funnel: so many steps in a row. Made anew after each scoring and each change of the funnel.
create table funnel_reach (
  customer_id UUID,
  reached     UInt8,
  province    LowCardinality(String),
  sources     Array(String),
  first_seen  Date
) engine = MergeTree order by (reached, customer_id);
create table funnel_reach_next as funnel_reach;
