-- How a model stood when it was trained: curve, bands, blocking, levels by field. Shown as its health, and what drift is measured against.
alter table match_model add column figures jsonb not null default '{}';

-- How records are linked, as data, version by version. The newest of a kind is in force; without any, those of @vinculo/matching are.
create table linkage_settings (
  id         uuid primary key,
  kind       text not null check (kind in ('person', 'company')),
  version    integer not null,                   -- 1, 2, 3 … by kind
  settings   jsonb not null,                     -- as @vinculo/matching reads them
  note       text not null,                      -- why, in the words of who changed it
  relink_id  uuid not null,                      -- that brought it into force
  created_by text not null,
  created_at timestamptz not null default now()
);
create unique index linkage_settings_version on linkage_settings (kind, version);

-- A change of settings on its way: drafted, previewed, applied, undone. What it did to whom is in identity_change and link, by the
-- moment of its unification.
create table relink (
  id              uuid primary key,
  kind            text not null check (kind in ('person', 'company')),
  state           text not null default 'draft' check (state in ('draft', 'previewed', 'applied', 'undone', 'discarded')),
  settings        jsonb not null,
  note            text not null,
  train           boolean not null,              -- learn the parameters anew even where the settings would not need it
  model           jsonb,                         -- the preview linked with: parameters, threshold, figures
  preview         jsonb,                         -- what would join, part and move, with samples
  outdated        boolean not null default false,-- the file changed after the preview somebody applied: this is another one
  version         integer,                       -- of linkage_settings, once applied
  former_model    uuid,                          -- match_model in force before
  former_settings jsonb,
  unification_id  uuid,                          -- that applied it
  undo_id         uuid,                          -- the unification that undid it
  undone          jsonb,                         -- what came back, and what could not
  job_id          text,                          -- the last one that worked on it
  created_by      text not null,
  created_at      timestamptz not null default now(),
  changed_at      timestamptz not null default now()
);
create index relink_latest on relink (created_at desc, id desc);
create index relink_applied on relink (kind, changed_at desc) where state = 'applied';

-- Who did what to it, and when.
create table relink_step (
  id        uuid primary key,
  relink_id uuid not null,
  step      text not null check (step in ('drafted', 'previewed', 'outdated', 'applied', 'undone', 'discarded')),
  by_name   text not null,
  detail    jsonb not null default '{}',
  at        timestamptz not null default clock_timestamp()
);
create index relink_step_of on relink_step (relink_id, at);

-- How the model in force fits what has come since it was trained; the newest of a model holds.
create table linkage_health (
  id          uuid primary key,
  kind        text not null check (kind in ('person', 'company')),
  model_id    uuid not null,
  figures     jsonb not null,
  measured_at timestamptz not null default now()
);
create index linkage_health_latest on linkage_health (kind, measured_at desc);

-- The changes of one moment, and the latest of all, which every unification asks for before it writes.
create index identity_change_by_time on identity_change (changed_at);
