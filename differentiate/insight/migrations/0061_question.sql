-- Saved questions: SQL over the documented views, and what of it was run.
create table question (
  id         uuid primary key,
  name       text not null,
  about      text not null default '',
  sql        text not null,
  parameters jsonb not null default '[]',        -- { name, type, value }
  chart      jsonb not null default '{"kind":"table"}',
  shared     boolean not null default false,
  owner      text not null,
  owner_name text not null,
  version    integer not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index question_by_name on question (lower(name), id) where deleted_at is null;
