-- A connection brings rows by itself: from a database, a folder, an SFTP server or an HTTP address, into one source as one kind of import.
create table connection (
  id           uuid primary key,
  name         text not null,
  kind         text not null check (kind in ('postgres', 'mysql', 'sqlserver', 'folder', 'sftp', 'http')),
  settings     jsonb not null,                   -- where and what, without anything secret
  credential_id uuid references credential,
  source_id    uuid not null,
  import_kind  text not null,
  columns      jsonb not null,                   -- { "apellido1": "surname1", "notas": null }
  options      jsonb not null default '{}',      -- of files: how they are written, where detection should not decide
  customers_of uuid,
  whole        boolean not null,                 -- each read brings whole orders: lines that it leaves out are gone
  schedule     jsonb not null,
  enabled      boolean not null default true,
  alert_after  smallint not null default 3,      -- failures in a row before somebody is written to; 0: nobody is
  alert_to     uuid[] not null default '{}',     -- people
  next_at      timestamptz,                      -- null while paused
  -- How far it has come; moves only when what was read until there is committed.
  cursor       text,
  seen         text[] not null default '{}',     -- fingerprints of the rows at the cursor, which the next read meets again
  file_hash    text,                             -- of the last read without a cursor: the same again is not imported
  known        jsonb not null default '[]',      -- columns as the mapping knows them: [{ "name": "nif", "type": "varchar" }]
  drift        jsonb,                            -- how the columns differ from those, until somebody looks
  failures     integer not null default 0,       -- in a row
  alerted      boolean not null default false,   -- somebody was told that it fails
  created_at   timestamptz not null default now(),
  created_by   text not null,
  changed_at   timestamptz not null default now(),
  deleted_at   timestamptz                       -- kept for some days, so that a removal can be undone
);
create unique index connection_by_name on connection (lower(name)) where deleted_at is null;
create index connection_due on connection (next_at) where enabled and deleted_at is null;

create table connection_run (
  id            uuid primary key,
  connection_id uuid not null references connection on delete cascade,
  job_id        text not null,
  asked_by      text not null,
  state         text not null check (state in ('running', 'done', 'failed', 'cancelled')),
  started_at    timestamptz not null default now(),
  ended_at      timestamptz,
  rows_known    bigint not null default 0,       -- read, but exactly as before: not handed to an import
  cursor_from   text,
  cursor_to     text,
  part          jsonb,                           -- what is being taken in: a killed run goes on from here
  drift         jsonb,
  error         jsonb
);
create index connection_run_latest on connection_run (connection_id, started_at desc, id desc);
-- One at a time, in whatever process.
create unique index connection_run_open on connection_run (connection_id) where state = 'running';

-- The imports of a run: one a file, or one a stretch of a long read.
create table connection_import (
  import_id uuid primary key,
  run_id    uuid not null references connection_run on delete cascade,
  taken_at  timestamptz                          -- committed, and the cursor moved past it
);
create index connection_import_by_run on connection_import (run_id);

-- Files of a folder or an SFTP server that were taken in: each once.
create table connection_file (
  connection_id uuid not null references connection on delete cascade,
  name          text not null,
  size          bigint not null,
  modified_at   timestamptz not null,
  hash          text not null,
  import_id     uuid,                            -- null: the same content had been taken under another name
  moved         boolean not null default false,
  taken_at      timestamptz not null default now(),
  primary key (connection_id, name, size, modified_at)
);
create index connection_file_by_hash on connection_file (connection_id, hash);
