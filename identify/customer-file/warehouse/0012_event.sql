-- What somebody did on the web, in an app or at a till, as the source told it when it happened (Segment spec). Who it belongs to
-- may be known later: then the row is written again under the person's record, and `gone` is set under the device's.
create table event (
  record_id   UUID,                          -- the person's; the device's while nobody is known; zero without consent
  event_id    UUID,                          -- of source and messageId: the same message again is the same row
  source_id   UUID,
  device_id   UUID,                          -- zero when it came from a server, or without consent
  anonymous   UInt8,                         -- it named nobody: whose it is follows from the device
  type        LowCardinality(String),        -- track, page, screen
  name        String,                        -- 'Product Viewed', the name of the page
  occurred_at DateTime64(3, 'UTC'),
  received_at DateTime64(3, 'UTC'),
  path        String,                        -- of the page, without what follows the question mark
  referrer    LowCardinality(String),        -- host it came from
  campaign    LowCardinality(String),        -- utm_campaign
  products    Array(String),                 -- keys
  categories  Array(LowCardinality(String)),
  value       Nullable(Decimal(18, 4)),
  currency    LowCardinality(String),
  order_key   String,
  search      String,                        -- what was looked for
  properties  String,                        -- the rest, as JSON
  version     UInt64,                        -- microseconds since 1970 when it was written
  gone        UInt8 default 0,
  index by_device device_id type bloom_filter granularity 4,
  index by_time occurred_at type minmax granularity 1,
  index by_arrival received_at type minmax granularity 1
) engine = ReplacingMergeTree(version, gone) order by (record_id, event_id)
-- One person or one device is read at a time, many times a second: not eight thousand rows of others with each.
settings index_granularity = 1024;
