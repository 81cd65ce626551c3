-- Columns of one width that are always there stand first, what has no fixed place stands last: to find a value, PostgreSQL steps over
-- all that varies before it, in each of a million rows and for each of eight indexes, every night.
create table customer_score_ordered (
  customer_id       uuid not null,
  first_purchase_at timestamptz not null,
  last_purchase_at  timestamptz not null,
  computed_at       timestamptz not null,
  orders            int not null,
  rfm_group         rfm_group not null,
  discount_share    real not null,
  recency           smallint not null,
  frequency         smallint not null,
  monetary          smallint not null,
  decile            smallint not null,
  percentile        smallint not null default 100,
  tier              value_tier,
  stage             life_stage,
  loyalty_type      loyalty_type,
  alive             alive_verdict,
  churn_risk        real,
  revenue           numeric(18, 4) not null,
  lifetime_value    numeric(18, 4),
  profit            numeric(18, 4),
  margin            numeric(18, 4),
  returned          numeric(18, 4) not null,
  needs_group       uuid,
  channels          text[] not null,
  months            int[] not null default '{}'
);
insert into customer_score_ordered (customer_id, first_purchase_at, last_purchase_at, computed_at, orders, rfm_group, discount_share, recency,
  frequency, monetary, decile, percentile, tier, stage, loyalty_type, alive, churn_risk, revenue, lifetime_value, profit, margin, returned,
  needs_group, channels, months)
select customer_id, first_purchase_at, last_purchase_at, computed_at, orders, rfm_group, discount_share, recency,
  frequency, monetary, decile, percentile, tier, stage, loyalty_type, alive, churn_risk, revenue, lifetime_value, profit, margin, returned,
  needs_group, channels, months
  from customer_score;
drop table customer_score;
alter table customer_score_ordered rename to customer_score;

alter table customer_score add constraint customer_score_pkey primary key (customer_id);
create index customer_score_by_revenue on customer_score
  (revenue desc, customer_id, rfm_group, tier, stage, loyalty_type, alive, decile, recency, frequency, needs_group);
create index customer_score_by_last on customer_score (last_purchase_at desc, customer_id, rfm_group, tier, stage, loyalty_type, alive);
create index customer_score_by_orders on customer_score (orders desc, customer_id, rfm_group, tier, stage, loyalty_type, alive);
create index customer_score_by_profit on customer_score (profit, customer_id, rfm_group, tier, stage, loyalty_type, alive);
create index customer_score_by_lifetime on customer_score (lifetime_value, customer_id, rfm_group, tier, stage, loyalty_type, alive);
create index customer_score_by_risk on customer_score (churn_risk, customer_id, rfm_group, tier, stage, loyalty_type, alive);
create index customer_score_by_channel on customer_score using gin (channels);
