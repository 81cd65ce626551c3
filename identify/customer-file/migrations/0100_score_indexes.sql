-- What scoring says of a customer in one word is kept in four bytes: an index carries them all, and they are compared as numbers.
create type rfm_group as enum
  ('champions', 'loyal', 'potential', 'new', 'promising', 'attention', 'at_risk', 'cant_lose', 'hibernating', 'lost');
create type value_tier as enum ('most_valuable', 'most_growable', 'ordinary', 'below_zero');
create type life_stage as enum ('new', 'active', 'growing', 'at_risk', 'inactive', 'lost', 'won_back');
create type loyalty_type as enum ('monopoly', 'inertia', 'latent', 'convenience', 'price', 'incentive', 'premium', 'unknown');
-- Whether somebody still is a customer, by the forecast.
create type alive_verdict as enum ('likely', 'doubtful', 'unlikely');

drop index customer_score_by_revenue, customer_score_by_last, customer_score_by_orders, customer_score_by_group, customer_score_by_decile,
  customer_score_by_group_last, customer_score_by_group_orders, customer_score_by_profit, customer_score_by_profit_down,
  customer_score_by_lifetime, customer_score_by_risk, customer_score_by_tier, customer_score_by_stage, customer_score_by_loyalty,
  customer_score_by_needs;

-- The average order is revenue over orders: whoever reads divides.
alter table customer_score
  drop column average_order,
  alter column rfm_group type rfm_group using rfm_group::rfm_group,
  alter column tier type value_tier using tier::value_tier,
  alter column stage type life_stage using stage::life_stage,
  alter column loyalty_type type loyalty_type using loyalty_type::loyalty_type,
  add column alive alive_verdict;

-- One index an order. Behind the order stand the words that lists filter by: who has another is passed over in the index, without
-- looking at the row. An index for each filter in each order costs scoring four times as much.
create index customer_score_by_revenue on customer_score
  (revenue desc, customer_id, rfm_group, tier, stage, loyalty_type, alive, decile, recency, frequency, needs_group);
create index customer_score_by_last on customer_score
  (last_purchase_at desc, customer_id, rfm_group, tier, stage, loyalty_type, alive);
create index customer_score_by_orders on customer_score (orders desc, customer_id, rfm_group, tier, stage, loyalty_type, alive);
-- Read from either end: what is not known of somebody is at the last, by customer.
create index customer_score_by_profit on customer_score (profit, customer_id, rfm_group, tier, stage, loyalty_type, alive);
create index customer_score_by_lifetime on customer_score (lifetime_value, customer_id, rfm_group, tier, stage, loyalty_type, alive);
create index customer_score_by_risk on customer_score (churn_risk, customer_id, rfm_group, tier, stage, loyalty_type, alive);
create index customer_score_by_channel on customer_score using gin (channels);
