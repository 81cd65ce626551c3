-- How the margin of an order is known, the weakest of its lines: 0 their cost, 1 the margin stated for their category, 2 the
-- company's, 3 not at all.
alter table customer_order add column basis UInt8;
alter table customer_order_next add column basis UInt8;

-- What serving somebody took, in units: priced with the cost table, so that a change of it can be shown before it applies.
create table customer_effort (
  customer_id UUID,
  month       UInt32,                           -- 202603, in the company's time zone; of `fixed`, the first
  kind        LowCardinality(String),           -- contact_in, contact_out, contact, visit, case, mailing, delivery, return, coupon, discount, fixed
  via         LowCardinality(String),           -- the channel; of a case, its topic
  quantity    Decimal(18, 4)                    -- how many; of a discount, money; of `fixed`, months
) engine = MergeTree order by (customer_id, month);
create table customer_effort_next as customer_effort;

-- What the value models in force compute of each customer's contracts.
create table customer_model_month (
  customer_id UUID,
  model_id    UUID,
  month       UInt32,
  term        LowCardinality(String),
  side        LowCardinality(String),           -- income, cost
  amount      Decimal(18, 4)
) engine = MergeTree order by (customer_id, month);
create table customer_model_month_next as customer_model_month;

-- What contracts bring, and sales whose margin nobody knows: with any of those there is no profit to speak of.
alter table customer_month add column income Decimal(18, 4), add column unknown_revenue Decimal(18, 4);
alter table customer_month_next add column income Decimal(18, 4), add column unknown_revenue Decimal(18, 4);
alter table customer_profit add column incomes Map(LowCardinality(String), Decimal(18, 4)), add column income Decimal(18, 4), add column unknown_revenue Decimal(18, 4);
alter table customer_profit_next add column incomes Map(LowCardinality(String), Decimal(18, 4)), add column income Decimal(18, 4), add column unknown_revenue Decimal(18, 4);
