-- What each customer spent on each category in the last year with purchases: value tiers read it twice, a profile once.
create table tier_spent (
  customer_id UUID,
  cell        LowCardinality(String),        -- of tier_alike
  category    LowCardinality(String),
  money       Float64
) engine = MergeTree order by customer_id;
create table tier_spent_next as tier_spent;

-- Written whole by each scoring and gone with the next: to merge their parts in between takes longer than reading them apart.
alter table customer_value modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_value_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_line modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_line_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_order modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_order_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_month modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_month_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_profit modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_profit_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_effort modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_effort_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_forecast modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_forecast_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_tier modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_tier_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table tier_alike modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table tier_alike_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table tier_spent modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table tier_spent_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_life_cycle modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_life_cycle_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table funnel_reach modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table funnel_reach_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_loyalty modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_loyalty_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_loyalty_fact modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_loyalty_fact_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_needs modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table customer_needs_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table fact_customer modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table fact_customer_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table fact_order modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table fact_order_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table fact_contact modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
alter table fact_contact_next modify setting max_bytes_to_merge_at_max_space_in_pool = 1;
