-- What else scoring says of a customer, for the lists: null until it has been found out.
alter table customer_score add column profit numeric(18, 4);
alter table customer_score add column tier text;             -- most_valuable, most_growable, ordinary, below_zero
alter table customer_score add column lifetime_value numeric(18, 4);
alter table customer_score add column stage text;            -- of the life cycle: new, active, growing, at_risk, inactive, lost, won_back
alter table customer_score add column churn_risk real;       -- 0..1
alter table customer_score add column loyalty_type text;     -- monopoly, inertia, latent, convenience, price, incentive, premium, unknown
alter table customer_score add column needs_group uuid;
create index customer_score_by_profit on customer_score (profit, customer_id);
create index customer_score_by_profit_down on customer_score (profit desc nulls last, customer_id);
create index customer_score_by_lifetime on customer_score (lifetime_value desc nulls last, customer_id);
create index customer_score_by_risk on customer_score (churn_risk desc nulls last, customer_id);
create index customer_score_by_tier on customer_score (tier, revenue desc, customer_id);
create index customer_score_by_stage on customer_score (stage, revenue desc, customer_id);
create index customer_score_by_loyalty on customer_score (loyalty_type, revenue desc, customer_id);
create index customer_score_by_needs on customer_score (needs_group, revenue desc, customer_id);
