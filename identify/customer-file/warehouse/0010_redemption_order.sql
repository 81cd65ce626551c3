-- The order a coupon was used in, where the source says it.
alter table redemption add column order_key String default '' after campaign_key;
