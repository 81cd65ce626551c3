-- Every contact, mailing and redeemed coupon beside its customer, joined once: what counts them reads these in the order of the
-- customers. Filled here as a scoring fills them, so that what reads them between an update and the next scoring finds them.
create or replace table customer_contact (
  customer_id UUID,
  occurred_at DateTime('UTC'),
  source      LowCardinality(String),        -- its id, as text
  channel     LowCardinality(String),
  direction   LowCardinality(String),        -- in, out
  topic       String,
  outcome     String
) engine = MergeTree order by (customer_id, occurred_at) settings max_bytes_to_merge_at_max_space_in_pool = 1
as select i.customer_id as customer_id, k.occurred_at as occurred_at, toString(toLowCardinality(k.source_id)) as source, k.channel as channel,
          k.direction as direction, k.topic as topic, k.outcome as outcome
     from contact k final join (select record_id, customer_id from identity final) i on i.record_id = k.record_id;
create or replace table customer_contact_next as customer_contact;

create or replace table customer_mailing (
  customer_id  UUID,
  occurred_at  DateTime('UTC'),
  source       LowCardinality(String),       -- its id, as text
  channel      LowCardinality(String),
  campaign_key LowCardinality(String),
  response     LowCardinality(String),       -- '' none yet
  responded_at Nullable(DateTime('UTC'))
) engine = MergeTree order by (customer_id, occurred_at) settings max_bytes_to_merge_at_max_space_in_pool = 1
as select i.customer_id as customer_id, k.occurred_at as occurred_at, toString(toLowCardinality(k.source_id)) as source, k.channel as channel,
          k.campaign_key as campaign_key, k.response as response, k.responded_at as responded_at
     from campaign_contact k final join (select record_id, customer_id from identity final) i on i.record_id = k.record_id;
create or replace table customer_mailing_next as customer_mailing;

create or replace table customer_redemption (
  customer_id UUID,
  redeemed_at DateTime('UTC'),
  order_key   String                         -- '' not known
) engine = MergeTree order by (customer_id, redeemed_at) settings max_bytes_to_merge_at_max_space_in_pool = 1
as select i.customer_id as customer_id, k.redeemed_at as redeemed_at, k.order_key as order_key
     from redemption k final join (select record_id, customer_id from identity final) i on i.record_id = k.record_id;
create or replace table customer_redemption_next as customer_redemption;
