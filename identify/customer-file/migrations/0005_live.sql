-- What a person entered or chose: which record a field of the golden record is taken from, whatever the rules say. It names the
-- record, not the customer, so that it goes with the record when customers are merged or split. Of several the newest holds.
create table field_choice (
  id         uuid primary key,
  record_id  uuid not null,
  field      text not null,                      -- a field, or a group chosen as one: name, address
  edit_id    uuid not null,
  decided_by text not null,
  decided_at timestamptz not null default now(),
  undone_at  timestamptz
);
create unique index field_choice_current on field_choice (record_id, field) where undone_at is null;

-- What a person changed in a customer, with before and after, so that it can be shown and undone.
create table customer_edit (
  id          uuid primary key,
  customer_id uuid not null,
  record_id   uuid,                              -- the record of the built-in source that keeps what was entered
  actor       jsonb not null,
  detail      jsonb not null,                    -- fields with before and after; the record before and after; choices made and withdrawn
  changed_at  timestamptz not null default now(),
  undoes      uuid
);
create index customer_edit_by_customer on customer_edit (customer_id, changed_at desc, id desc);
create unique index customer_edit_undone_once on customer_edit (undoes) where undoes is not null;

-- The source that keeps what people enter is made by the product when it is first needed.
alter table source add column built_in boolean not null default false;
create unique index source_built_in on source (built_in) where built_in;

-- Every change of who is who, in the order of its commit: what a running server follows to keep its live index current.
create table identity_log (
  number  bigint primary key,
  records uuid[]                                 -- those concerned; null: look at everything again
);

-- Records the desk has and the warehouse has not been told about: a server that ends in between tells it at its next start.
create table untold_record (
  record_id  uuid primary key,
  version    bigint not null,                    -- milliseconds since 1970: match_record.version
  match      jsonb,                              -- what linkage compares; null when only its link changed
  looked_at  boolean not null                    -- whether linkage has seen this version of it
);
