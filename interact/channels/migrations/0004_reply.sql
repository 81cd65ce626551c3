-- Codes printed on coupons: a set for a campaign, and each code with whose it is.
create table reply_issue (
  id            uuid primary key,
  name          text not null check (length(name) between 1 and 120),
  campaign_key  text not null,
  campaign_name text not null,
  coupon_key    text not null,
  audience      jsonb not null,                  -- {segment}, {customers: how many} or {count}: codes for nobody in particular
  wanted        integer,                         -- null while nobody knows how many a segment holds
  valid_until   date,
  state         text not null default 'making' check (state in ('making', 'ready')),
  created_by    text not null,
  author_name   text not null,
  created_at    timestamptz not null default now()
);
create index reply_issue_latest on reply_issue (created_at desc, id desc);

create table reply_code (
  code       text primary key,                   -- with its check character, without hyphens
  issue_id   uuid not null references reply_issue,
  record_id  uuid,                               -- null: for nobody in particular
  n          integer not null                    -- order of printing
);
create unique index reply_code_once on reply_code (issue_id, record_id) where record_id is not null;
create unique index reply_code_order on reply_code (issue_id, n);

-- What a paper form asks, in its order, and which consents are ticked on it. Its people come of a source of its own.
create table reply_template (
  id          uuid primary key,
  name        text not null check (length(name) between 1 and 120),
  source_id   uuid not null,
  fields      text[] not null,
  consents    jsonb not null default '[]',       -- [{purpose, channel, words}]
  archived_at timestamptz,
  created_at  timestamptz not null default now()
);
create unique index reply_template_by_name on reply_template (lower(name)) where archived_at is null;

-- A pile of paper that somebody goes through.
create table reply_batch (
  id          uuid primary key,
  kind        text not null check (kind in ('coupons', 'forms')),
  name        text not null check (length(name) between 1 and 120),
  template_id uuid references reply_template,
  received_on date not null,
  created_by  text not null,
  author_name text not null,
  created_at  timestamptz not null default now(),
  closed_at   timestamptz,
  undone_at   timestamptz,
  last        integer not null default 0         -- sheets gone through
);
create index reply_batch_latest on reply_batch (created_at desc, id desc);

-- One coupon scanned, or one form typed.
create table reply (
  id         uuid primary key,
  batch_id   uuid not null references reply_batch,
  n          integer not null,                   -- its sheet in the batch
  code       text not null default '',           -- as it was read
  outcome    text not null check (outcome in ('ok', 'used', 'unknown', 'misread', 'nobody', 'expired', 'discarded')),
  issue_id   uuid,
  record_id  uuid,
  earlier    uuid,                               -- the reply that used the code before
  detail     jsonb not null default '{}',        -- of a form: what was typed, which consents were ticked
  created_by text not null,
  created_at timestamptz not null default now(),
  undone_at  timestamptz,
  version    integer not null default 1,
  told_at    timestamptz                         -- when the warehouse was told of this version
);
create unique index reply_sheet on reply (batch_id, n);
-- A code counts once, however many hands it goes through at the same moment.
create unique index reply_once on reply (code) where outcome = 'ok' and code <> '' and undone_at is null;
create index reply_tray on reply (created_at) where outcome in ('unknown', 'misread', 'nobody', 'expired') and undone_at is null;
create index reply_untold on reply (created_at) where told_at is null;
create index reply_by_issue on reply (issue_id) where undone_at is null;
