-- A customer as one source knows it. The id is made of source and key (see recordId), so that a purchase can name
-- its record before the record has arrived. No foreign keys on the big tables: checking two million of them costs more
-- than the load itself, and a sharded Postgres could not keep them (docs/adr/0007).
create table source_record (
  id         uuid primary key,
  source_id  uuid not null,
  key        text not null,                      -- the customer's key in that source
  kind       text not null check (kind in ('person', 'company')),
  raw        jsonb not null,                     -- by field, as it came
  traits     jsonb not null,                     -- by field, normalised; invalid values are listed under "invalid"
  hash       bigint not null,                    -- of raw: the same row again changes nothing
  import_id  uuid,
  first_seen timestamptz not null default now(),
  changed_at timestamptz not null default now()
);

create table customer (
  id           uuid primary key,                 -- UUIDv7; the older id survives a merge
  kind         text not null check (kind in ('person', 'company')),
  merged_into  uuid,                             -- the id keeps answering and points here
  display_name text not null,
  sort_name    text collate "C" not null,                -- folded, surnames first
  email        text,
  phone        text,
  national_id  text,
  birth_date   date,
  gender       text,
  city         text,
  province     text,
  golden       jsonb not null,                   -- { field: { value, record, source, rule } }
  records      integer not null,                 -- how many source records are this customer
  sources      uuid[] not null,
  weakest      real,                             -- probability of the weakest link that holds its records together; null with one record
  search       tsvector not null,                -- folded words of every record, made by the app
  first_seen   timestamptz not null default now(),
  changed_at   timestamptz not null default now()
);
create index customer_by_name on customer (sort_name, id) where merged_into is null;
create index customer_by_change on customer (changed_at desc, id desc) where merged_into is null;
create index customer_by_province on customer (province, sort_name, id) where merged_into is null;
create index customer_by_weakest on customer (weakest, id) where merged_into is null and records > 1;
create index customer_search on customer using gin (search) with (fastupdate = on);

-- Why a source record belongs to a customer, and since when. A link is closed, never deleted:
-- the history of an identity is part of the customer file, and un-merge reads it.
create table link (
  id          uuid primary key,
  record_id   uuid not null,
  customer_id uuid not null,
  reason      text not null check (reason in ('alone', 'rule', 'model', 'person')),
  evidence    jsonb not null,                    -- { record it was joined to, weight, probability, prior, terms, rule? }, or { change, by, reason } of a person; {} alone
  valid_from  timestamptz not null default now(),
  valid_to    timestamptz check (valid_to >= valid_from)
);
-- A record belongs to one customer at a time.
create unique index link_current on link (record_id) where valid_to is null;
create index link_by_customer on link (customer_id) where valid_to is null;
create index link_history on link (customer_id, valid_to) where valid_to is not null;

-- What people decided about two records; the model never overrides it.
create table decision (
  id         uuid primary key,
  record_a   uuid not null,
  record_b   uuid not null,
  same       boolean not null,
  decided_by text not null,
  reason     text,
  decided_at timestamptz not null default now(),
  undone_at  timestamptz,
  check (record_a < record_b)
);
create unique index decision_current on decision (record_a, record_b) where undone_at is null;

-- Every change of identity, with before and after, so that it can be shown and undone.
create table identity_change (
  id          uuid primary key,
  kind        text not null check (kind in ('merged', 'split', 'undone')),
  customer_id uuid not null,                     -- the customer that stays
  other_id    uuid,                              -- the one that went, or the one that was made
  records     uuid[] not null,                   -- that moved
  actor       jsonb not null,
  reason      text,
  detail      jsonb not null,                    -- what an undo puts back: moves of records, redirects, decisions made and withdrawn
  changed_at  timestamptz not null default now(),
  undoes      uuid
);
create index identity_change_by_customer on identity_change (customer_id, changed_at desc);
create index identity_change_by_other on identity_change (other_id, changed_at desc);
create unique index identity_change_undone_once on identity_change (undoes) where undoes is not null;

-- The linkage model in force, and those before it.
create table match_model (
  id         uuid primary key,
  kind       text not null check (kind in ('person', 'company')),
  model      jsonb not null,                     -- settings and parameters, as @vinculo/matching makes them
  threshold  real not null,                      -- probability from which two records are one
  precision  real,                               -- expected of the links it makes, as it estimates itself
  recall     real,
  records    bigint not null,                    -- it was trained on
  trained_at timestamptz not null default now()
);
create index match_model_latest on match_model (kind, trained_at desc);

-- One pass of unification over the whole file or over what an import brought. The row is written in the transaction that
-- writes links and customers; `published_at` once the warehouse knows them too. A run killed in between is finished by the next.
create table unification (
  id           uuid primary key,
  scope        text not null check (scope in ('all', 'new', 'rebuild')),
  figures      jsonb not null,                   -- records, customers, pairs, estimated precision and recall, seconds by phase
  started_at   timestamptz not null,
  linked_at    timestamptz not null,             -- valid_from of the links it opened
  ended_at     timestamptz not null default now(),
  published_at timestamptz
);
create index unification_latest on unification (ended_at desc);
create index unification_unpublished on unification (linked_at) where published_at is null;

-- Indexes that a first load dropped to build them whole at the end; the run that finds one here builds it.
create table deferred_index (name text primary key, definition text not null);

-- The distinct words of the search index, for words typed wrong.
create extension if not exists pg_trgm;
create table search_word (word text collate "C" primary key, frequency integer not null);
create index search_word_alike on search_word using gin (word gin_trgm_ops);
