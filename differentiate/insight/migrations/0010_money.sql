-- What serving customers costs and what margins the company states: one document, whole, a version a change. The newest is in force.
create table cost_version (
  version    integer primary key,
  content    jsonb not null,
  note       text not null default '',
  restores   integer references cost_version,    -- the version it brings back
  changed_by jsonb not null,
  changed_at timestamptz not null default now()
);

-- The profit of the whole base at a moment, as the screens show it: computed once by the scoring, read by everybody.
create table profit_snapshot (
  id            uuid primary key,
  computed_at   timestamptz not null,
  costs_version integer not null,                -- 0: nobody had stated a cost
  costs         jsonb not null,                  -- the document it was computed with
  models        jsonb not null,                  -- versions of the value models by id
  overview      jsonb not null
);
create index profit_snapshot_latest on profit_snapshot (computed_at desc);

-- Formulas over the facts of contracts and accounts.
create table value_model (
  id         uuid primary key,
  version    integer not null,
  active     boolean not null default false,     -- a draft computes nothing
  created_at timestamptz not null default now(),
  removed_at timestamptz
);
create table value_model_version (
  model_id   uuid not null references value_model,
  version    integer not null,
  content    jsonb not null,
  restores   integer,
  changed_by jsonb not null,
  changed_at timestamptz not null default now(),
  primary key (model_id, version)
);
