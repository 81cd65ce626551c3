-- Segments by rule, lists of customers made by hand, and lists of prospects, who are no customers.
create table segment (
  id           uuid primary key,
  kind         text not null check (kind in ('rule', 'list', 'prospects')),
  name         text not null,
  description  text not null default '',
  rule         jsonb check ((kind = 'rule') = (rule is not null)),
  version      integer not null default 1,       -- of the rule
  frozen_from  uuid,                             -- the segment a list was copied from
  size         integer not null default 0,
  counted_at   timestamptz,                      -- null: nobody has counted it since its rule changed
  moved_at     timestamptz,                      -- when somebody last entered or left
  created_by   text not null,
  author_name  text not null,
  created_at   timestamptz not null default now(),
  changed_at   timestamptz not null default now(),
  archived_at  timestamptz
);
create unique index segment_by_name on segment (lower(name)) where archived_at is null;

-- Who entered and left at once. The customers are in the warehouse (segment_move, by batch); applied_at is null until
-- segment_member has them too: a server that ends in between finishes it at its next turn.
create table segment_batch (
  id         uuid primary key,
  segment_id uuid not null,
  reason     text not null check (reason in ('rule', 'event', 'scored', 'time', 'list')),
  entered    integer not null,
  gone       integer not null,
  size       integer not null,                   -- afterwards
  at         timestamptz not null,
  applied_at timestamptz
);
create index segment_batch_latest on segment_batch (segment_id, at desc);
create index segment_batch_open on segment_batch (at) where applied_at is null;

-- The size at the end of each day of the company.
create table segment_day (
  segment_id uuid not null,
  day        date not null,
  size       integer not null,
  entered    integer not null default 0,
  gone       integer not null default 0,
  primary key (segment_id, day)
);

-- Customers whose membership is to be looked at again.
create table segment_pending (
  customer_id uuid primary key,
  asked_at    timestamptz not null
);

-- Who people put on a list, by the id the customer had then: a merge leads it to the one that stayed, a split back.
create table segment_entry (
  segment_id  uuid not null,
  customer_id uuid not null,
  added_by    text not null,
  added_at    timestamptz not null default now(),
  primary key (segment_id, customer_id)
);
create index segment_entry_by_customer on segment_entry (customer_id);

-- People who are no customers: they are counted nowhere else, until somebody makes customers of them.
create table prospect (
  id           uuid primary key,
  segment_id   uuid not null,
  name         text not null,
  email        text,
  phone        text,
  company      text,
  origin       text not null,                    -- where they come from: a fair, a form, a bought list
  consent      boolean,                          -- to be written to; null: not asked
  consent_proof text,
  consent_at   timestamptz,
  added_by     text not null,
  added_at     timestamptz not null default now(),
  customer_id  uuid,                             -- the customer they became
  converted_at timestamptz
);
create unique index prospect_by_email on prospect (segment_id, lower(email)) where email is not null;
create index prospect_by_name on prospect (segment_id, lower(name), id);
