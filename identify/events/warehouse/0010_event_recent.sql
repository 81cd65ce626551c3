-- What arrived in the last day, in the order it arrived: the live view reads its end. `event` is in the order of people, where the
-- newest of a hundred million rows are everywhere.
create table if not exists event_recent (
  received_at DateTime64(3, 'UTC'),
  event_id    UUID,                          -- of source and messageId, as in event
  record_id   UUID,                          -- the person's; the device's while nobody is known; zero without consent
  source_id   UUID,
  device_id   UUID,
  anonymous   UInt8,
  type        LowCardinality(String),        -- those of event, and identify, group and alias
  name        LowCardinality(String),
  occurred_at DateTime64(3, 'UTC'),
  path        String,
  products    Array(String),
  value       Nullable(Decimal(18, 4)),
  currency    LowCardinality(String),
  order_key   String,
  search      String,
  version     UInt64
) engine = ReplacingMergeTree(version)
  partition by toStartOfHour(received_at)
  order by (received_at, event_id)
  ttl toDateTime(received_at) + interval 1 day
  settings ttl_only_drop_parts = 1;

-- A row written again under a person replaces that of the device; what came long ago is no news again.
create materialized view if not exists event_to_recent to event_recent as
  select received_at, event_id, record_id, source_id, device_id, anonymous, type, name, occurred_at, path, products, value, currency,
         order_key, search, version
    from event
   where not gone and received_at > now() - interval 1 day;

create materialized view if not exists identification_to_recent to event_recent as
  select received_at, call_id as event_id, record_id, source_id, device_id, type, occurred_at, version
    from identification
   where received_at > now() - interval 1 day;
