-- A list of customers that other systems get on a schedule: who, what of them, where, when.
create table hand_back (
  id            uuid primary key,
  name          text not null,
  list          jsonb not null,                    -- { kind: 'filter', filter } or { kind: 'segment', id }
  fields        text[] not null,                   -- of the catalogue, or key:<source>
  target        jsonb not null,                    -- where it goes, without what is secret
  credential_id uuid,
  mode          text not null check (mode in ('whole', 'changed')),
  schedule      jsonb not null,
  next_at       timestamptz,
  state         text not null default 'on' check (state in ('on', 'paused')),
  alert_email   text,
  language      text not null default 'es',
  configured_by jsonb not null,                    -- who answers for what is handed over: { id, name }
  created_at    timestamptz not null default now(),
  changed_at    timestamptz not null default now(),
  deleted_at    timestamptz
);

-- Each time it was done. The id is that of its job, so that one taken up after a crash is the same run.
create table hand_back_run (
  id           uuid primary key,
  hand_back_id uuid not null references hand_back,
  state        text not null check (state in ('running', 'done', 'failed')),
  asked_by     text not null,
  started_at   timestamptz not null default now(),
  ended_at     timestamptz,
  customers    bigint not null default 0,          -- in the list
  written      bigint not null default 0,
  removed      bigint not null default 0,          -- told to be in it no longer
  bytes        bigint,
  file_name    text,
  error        jsonb
);
create index hand_back_run_latest on hand_back_run (hand_back_id, id desc);

-- What the other side has, to tell it only what changed.
create table hand_back_sent (
  hand_back_id uuid not null,
  customer_id  uuid not null,
  hash         bytea not null,
  primary key (hand_back_id, customer_id)
);
-- The same of the run under way; it takes the place of the former when the run has ended well.
create table hand_back_seen (
  hand_back_id uuid not null,
  customer_id  uuid not null,
  hash         bytea not null,
  primary key (hand_back_id, customer_id)
);
