-- Records with purchases that the scores do not have yet: their customers' figures are read from the purchases themselves.
create table fresh_purchase (
  record_id uuid primary key,
  told_at   timestamptz not null default clock_timestamp()
);
create index fresh_purchase_by_time on fresh_purchase (told_at);
