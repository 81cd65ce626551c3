-- Who said who they are, on which device, and when: identify, group and alias calls. Visits that name their user say it too (`event`,
-- not anonymous); both together tell whose a device was at any moment, in whatever order they came.
create table identification (
  device_id   UUID,                          -- zero when it came from a server
  call_id     UUID,                          -- of source and messageId
  source_id   UUID,
  record_id   UUID,                          -- the person's; zero without consent
  type        LowCardinality(String),        -- identify, group, alias
  occurred_at DateTime64(3, 'UTC'),
  received_at DateTime64(3, 'UTC'),
  version     UInt64,
  index by_arrival received_at type minmax granularity 1
) engine = ReplacingMergeTree(version) order by (device_id, call_id) settings index_granularity = 1024;

-- What was told of each order, call by call: its lines follow from all of it, in whatever order it came.
create table event_order (
  order_id  UUID,                            -- of source and order_key
  source_id UUID,
  order_key String,
  told      String,                          -- JSON: what each message said
  version   UInt64
) engine = ReplacingMergeTree(version) order by order_id settings index_granularity = 1024;
