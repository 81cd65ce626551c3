-- What the company chose for itself, one named document a row.
create table setting (
  name       text primary key,
  value      jsonb not null,
  updated_at timestamptz not null default now()
);
