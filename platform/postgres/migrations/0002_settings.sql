-- Choices people make in the console, by name.
create table settings (
  key        text primary key,
  value      jsonb not null,
  updated_at timestamptz not null default now(),
  updated_by jsonb not null                        -- kind, id, name
);
