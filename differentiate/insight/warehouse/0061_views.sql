alter table fact_order add column if not exists customer_id UUID;
alter table fact_order_next add column if not exists customer_id UUID;

-- What people and BI tools may ask: no name, no address, no e-mail, no phone. `customer_id` says who without saying it.
-- Their words are in the `questions` catalogue, one for each view and column.
create view if not exists v_customers as
  select customer_id, toString(kind) as kind, toString(province) as province, city,
         if(orders = 0, null, first_day) as first_purchase, if(orders = 0, null, last_day) as last_purchase,
         revenue, margin, orders, nullIf(recency, 0) as recency, nullIf(frequency, 0) as frequency, nullIf(monetary, 0) as monetary,
         toString(rfm_group) as rfm_group, nullIf(decile, 0) as decile, toString(tier) as tier, toString(stage) as stage,
         toString(loyalty) as loyalty_type, profit, lifetime_value, churn_risk
    from fact_customer;

create view if not exists v_orders as
  select day, customer_id, toString(order_id) as order_id, toString(source) as source_id, toString(channel) as channel, toString(store) as store,
         amount, margin, returned, saved as discount, listed as list_amount, lines, first = 1 as first_purchase,
         toString(province) as province, toString(rfm_group) as rfm_group
    from fact_order;

create view if not exists v_purchases as
  select p.occurred_at as occurred_at, i.customer_id as customer_id, p.order_key as order_key, p.product_key as product_key, m.name as product,
         toString(m.category) as category, m.subcategory as subcategory, toString(m.brand) as brand, p.quantity as quantity, p.amount as amount,
         p.list_amount as list_amount, p.discount as discount, p.coupon_discount as coupon_discount, p.cost as cost,
         toString(p.currency) as currency, toString(p.channel) as channel, toString(p.store) as store
    from purchase as p final
    join (select record_id, customer_id from identity final) as i on i.record_id = p.record_id
    left join (select product_key, name, category, subcategory, brand from product final) as m on m.product_key = p.product_key;

create view if not exists v_products as
  select product_key, name, toString(category) as category, subcategory, toString(brand) as brand, price, cost from product final;

create view if not exists v_categories as
  select f.day as day, c.customer_id as customer_id, toString(f.category) as category, toString(f.channel) as channel, toString(f.store) as store,
         f.amount as amount, f.margin as margin, f.returned as returned, f.lines as lines
    from fact_category as f join (select customer_no, customer_id from fact_customer) as c on c.customer_no = f.customer_no;

create view if not exists v_contacts as
  select k.occurred_at as occurred_at, i.customer_id as customer_id, toString(k.channel) as channel, toString(k.direction) as direction,
         k.topic as topic, k.outcome as outcome
    from contact as k final join (select record_id, customer_id from identity final) as i on i.record_id = k.record_id;

create view if not exists v_campaigns as
  select campaign_key, name, toString(kind) as kind, starts_on, ends_on from campaign final;

create view if not exists v_campaign_contacts as
  select k.occurred_at as occurred_at, i.customer_id as customer_id, k.campaign_key as campaign_key, m.name as campaign,
         toString(k.channel) as channel, toString(k.response) as response, k.responded_at as responded_at
    from campaign_contact as k final
    join (select record_id, customer_id from identity final) as i on i.record_id = k.record_id
    left join (select campaign_key, name from campaign final) as m on m.campaign_key = k.campaign_key;

create view if not exists v_redemptions as
  select r.redeemed_at as redeemed_at, i.customer_id as customer_id, r.coupon_key as coupon_key, r.campaign_key as campaign_key, r.order_key as order_key
    from redemption as r final join (select record_id, customer_id from identity final) as i on i.record_id = r.record_id;

create view if not exists v_months as
  select customer_id, YYYYMMDDToDate(month * 100 + 1) as month, orders, revenue, margin, cost_to_serve, profit from customer_month;

create view if not exists v_scores_forecast as
  select customer_id, toString(model) as model, alive, purchases_90, purchases_365, order_value, lifetime_value, lifetime_low, lifetime_high, computed_at
    from customer_forecast;

create view if not exists v_scores_life_cycle as
  select customer_id, toString(stage) as stage, rhythm_days, silent_days, churn_risk, expected_loss, stage_since, computed_at from customer_life_cycle;

create view if not exists v_scores_loyalty as
  select customer_id, toString(type) as loyalty_type, probability, computed_at from customer_loyalty;

create view if not exists v_scores_tier as
  select customer_id, toString(tier) as tier, potential, wallet, computed_at from customer_tier;
