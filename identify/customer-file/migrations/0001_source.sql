-- A source is a system that knows customers: a till, a web shop, a call centre, a spreadsheet.
create table source (
  id         uuid primary key,
  name       text not null,                      -- short, typed on the command line: tarjeta
  label      text not null,                      -- as people call it: Tarjeta de fidelidad
  kind       text not null default 'file' check (kind in ('file', 'api', 'form', 'database')),
  country    text not null default 'ES',         -- default country of its phones, ids and addresses
  trust      smallint not null default 50 check (trust between 0 and 100),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index source_by_name on source (lower(name));

-- What each column of a source's file means, remembered from one import to the next.
create table mapping (
  source_id  uuid not null,
  kind       text not null,                      -- customers, purchases, …: a source may send several kinds
  columns    jsonb not null,                     -- { "Apellido 1": "surname1", … }; null = ignored
  options    jsonb not null default '{}',        -- delimiter, encoding, decimal, date order
  updated_at timestamptz not null default now(),
  updated_by text not null,
  primary key (source_id, kind)
);

-- One file, taken in once. Counts add up: rows_read = new + changed + same + rejected.
create table import (
  id            uuid primary key,
  source_id     uuid not null,
  kind          text not null check (kind in ('customers', 'products', 'purchases', 'contacts', 'campaigns',
                                              'campaign_contacts', 'coupons', 'redemptions', 'consents')),
  state         text not null check (state in ('waiting', 'checking', 'committing', 'done', 'failed', 'cancelled')),
  file_name     text not null,
  file_path     text not null,                   -- inside the data folder
  file_size     bigint not null,
  file_hash     text not null,                   -- SHA-256, to recognise the same file
  columns       jsonb not null,
  options       jsonb not null,
  rows_read     bigint not null default 0,
  rows_new      bigint not null default 0,
  rows_changed  bigint not null default 0,
  rows_same     bigint not null default 0,
  rows_rejected bigint not null default 0,
  position      jsonb not null default '{}',     -- how far the check got: a killed import goes on from here
  corrects      uuid,                            -- the import whose rejected rows this file corrects
  job_id        text,
  error         jsonb,
  created_by    text not null,
  created_at    timestamptz not null default now(),
  started_at    timestamptz,
  ended_at      timestamptz
);
create index import_latest on import (created_at desc, id);
create index import_by_source on import (source_id, created_at desc);
