-- Over which channels somebody bought is one of a few sets: a number in each of a million rows instead of a list, and no index over
-- the words of all. The months are text of one width, found in it as they stand. What every row says alike is the default of its
-- column. A tenth of the processor time in which the desk takes the scores of a night.
create table channel_set (
  id       int primary key,           -- never another's: scores in force keep theirs
  channels text[] not null unique
);
insert into channel_set (id, channels)
select row_number() over (), channels from (select distinct channels from customer_score) s;

create table customer_score_narrow (
  customer_id       uuid not null,
  first_purchase_at timestamptz not null,
  last_purchase_at  timestamptz not null,
  computed_at       timestamptz not null,
  orders            int not null,
  channel_set       int not null,
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
  months            text not null default ''     -- '202602,202603': in which they bought, the last ones
);
insert into customer_score_narrow (customer_id, first_purchase_at, last_purchase_at, computed_at, orders, channel_set, rfm_group, discount_share,
  recency, frequency, monetary, decile, percentile, tier, stage, loyalty_type, alive, churn_risk, revenue, lifetime_value, profit, margin,
  returned, needs_group, months)
select s.customer_id, s.first_purchase_at, s.last_purchase_at, s.computed_at, s.orders, k.id, s.rfm_group, s.discount_share,
  s.recency, s.frequency, s.monetary, s.decile, s.percentile, s.tier, s.stage, s.loyalty_type, s.alive, s.churn_risk, s.revenue,
  s.lifetime_value, s.profit, s.margin, s.returned, s.needs_group, array_to_string(s.months, ',')
  from customer_score s join channel_set k on k.channels = s.channels;
drop table customer_score;
alter table customer_score_narrow rename to customer_score;

alter table customer_score add constraint customer_score_pkey primary key (customer_id);
create index customer_score_by_revenue on customer_score
  (revenue desc, customer_id, rfm_group, tier, stage, loyalty_type, alive, decile, recency, frequency, needs_group);
create index customer_score_by_last on customer_score (last_purchase_at desc, customer_id, rfm_group, tier, stage, loyalty_type, alive);
