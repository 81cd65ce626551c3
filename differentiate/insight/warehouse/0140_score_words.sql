-- What customers are in one word is one of a few words: a byte a row. Words of a dictionary are looked up again for every row that a join
-- brings, which took most of the time of joining four million orders with their customers.
alter table customer_value
  modify column rfm_group Enum8('' = 0, 'champions' = 1, 'loyal' = 2, 'potential' = 3, 'new' = 4, 'promising' = 5, 'attention' = 6, 'at_risk' = 7, 'cant_lose' = 8, 'hibernating' = 9, 'lost' = 10);
create or replace table customer_value_next as customer_value;

alter table customer_tier
  modify column tier Enum8('' = 0, 'most_valuable' = 1, 'most_growable' = 2, 'ordinary' = 3, 'below_zero' = 4);
create or replace table customer_tier_next as customer_tier;

-- Numbered as STAGES of @vinculo/value is: so rows come from the thread that finds them.
alter table customer_life_cycle
  modify column stage Enum8('' = -1, 'prospect' = 0, 'new' = 1, 'active' = 2, 'growing' = 3, 'at_risk' = 4, 'inactive' = 5, 'lost' = 6, 'won_back' = 7),
  modify column stage_before Enum8('' = -1, 'prospect' = 0, 'new' = 1, 'active' = 2, 'growing' = 3, 'at_risk' = 4, 'inactive' = 5, 'lost' = 6, 'won_back' = 7);
create or replace table customer_life_cycle_next as customer_life_cycle;

alter table customer_loyalty
  modify column type Enum8('' = 0, 'monopoly' = 1, 'inertia' = 2, 'latent' = 3, 'convenience' = 4, 'price' = 5, 'incentive' = 6, 'premium' = 7, 'unknown' = 8);
create or replace table customer_loyalty_next as customer_loyalty;

alter table fact_customer
  modify column kind Enum8('' = 0, 'person' = 1, 'company' = 2),
  modify column rfm_group Enum8('' = 0, 'champions' = 1, 'loyal' = 2, 'potential' = 3, 'new' = 4, 'promising' = 5, 'attention' = 6, 'at_risk' = 7, 'cant_lose' = 8, 'hibernating' = 9, 'lost' = 10),
  modify column tier Enum8('' = 0, 'most_valuable' = 1, 'most_growable' = 2, 'ordinary' = 3, 'below_zero' = 4),
  modify column stage Enum8('' = 0, 'prospect' = 1, 'new' = 2, 'active' = 3, 'growing' = 4, 'at_risk' = 5, 'inactive' = 6, 'lost' = 7, 'won_back' = 8),
  modify column loyalty Enum8('' = 0, 'monopoly' = 1, 'inertia' = 2, 'latent' = 3, 'convenience' = 4, 'price' = 5, 'incentive' = 6, 'premium' = 7, 'unknown' = 8);
create or replace table fact_customer_next as fact_customer;

alter table fact_order
  modify column kind Enum8('' = 0, 'person' = 1, 'company' = 2),
  modify column rfm_group Enum8('' = 0, 'champions' = 1, 'loyal' = 2, 'potential' = 3, 'new' = 4, 'promising' = 5, 'attention' = 6, 'at_risk' = 7, 'cant_lose' = 8, 'hibernating' = 9, 'lost' = 10),
  modify column tier Enum8('' = 0, 'most_valuable' = 1, 'most_growable' = 2, 'ordinary' = 3, 'below_zero' = 4),
  modify column stage Enum8('' = 0, 'prospect' = 1, 'new' = 2, 'active' = 3, 'growing' = 4, 'at_risk' = 5, 'inactive' = 6, 'lost' = 7, 'won_back' = 8),
  modify column loyalty Enum8('' = 0, 'monopoly' = 1, 'inertia' = 2, 'latent' = 3, 'convenience' = 4, 'price' = 5, 'incentive' = 6, 'premium' = 7, 'unknown' = 8);
create or replace table fact_order_next as fact_order;

alter table fact_contact
  modify column kind Enum8('' = 0, 'person' = 1, 'company' = 2),
  modify column rfm_group Enum8('' = 0, 'champions' = 1, 'loyal' = 2, 'potential' = 3, 'new' = 4, 'promising' = 5, 'attention' = 6, 'at_risk' = 7, 'cant_lose' = 8, 'hibernating' = 9, 'lost' = 10),
  modify column tier Enum8('' = 0, 'most_valuable' = 1, 'most_growable' = 2, 'ordinary' = 3, 'below_zero' = 4),
  modify column stage Enum8('' = 0, 'prospect' = 1, 'new' = 2, 'active' = 3, 'growing' = 4, 'at_risk' = 5, 'inactive' = 6, 'lost' = 7, 'won_back' = 8),
  modify column loyalty Enum8('' = 0, 'monopoly' = 1, 'inertia' = 2, 'latent' = 3, 'convenience' = 4, 'price' = 5, 'incentive' = 6, 'premium' = 7, 'unknown' = 8);
create or replace table fact_contact_next as fact_contact;
