-- What a year would bring if some things were done differently, under the name somebody gave it. What it brings is computed when read.
create table scenario (
  id         uuid primary key,
  name       text not null,
  segment_id uuid,                               -- null: everybody
  levers     jsonb not null,                     -- ScenarioLevers of @vinculo/value
  changed_by text not null,
  changed_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index scenario_by_name on scenario (lower(name)) where deleted_at is null;
