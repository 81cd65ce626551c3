-- What a source told of somebody through identify and group: by field the newest value, by when it was so for them, not by when it
-- came. A person is saved as a source record a moment later, many at once: `change` counts what was told, `saved` what is kept.
create table event_person (
  record_id  uuid primary key,
  source_id  uuid not null,
  kind       text not null check (kind in ('person', 'company', 'device')),  -- device: somebody who left an e-mail without an account
  key        text not null,                     -- of the source record: userId, group:…, device:…
  fields     jsonb not null default '{}',       -- { email: { value, at } }; a value that was taken away is ''
  group_id   uuid,                              -- the company's record, of the newest group call
  group_at   timestamptz,
  first_seen timestamptz not null,
  change     integer not null default 1,
  saved      integer not null default 0
);
create index event_person_unsaved on event_person (record_id) where change > saved;
create index event_person_by_group on event_person (group_id) where group_id is not null;

-- A browser or an app on which somebody said who they are. One on which nobody ever did is no more than the events under its id.
create table event_device (
  device_id    uuid primary key,                -- of source and anonymousId
  source_id    uuid not null,
  anonymous_id text not null,
  turns        jsonb not null,                  -- [[milliseconds since 1970, record or null]]: whose it is from then on; null after a sign-out
  people       integer not null,
  shared       boolean not null default false,  -- more people than its source allows: what nobody signs is nobody's
  changed_at   timestamptz not null default now()
);

create table event_device_person (
  device_id  uuid not null,
  record_id  uuid not null,
  first_seen timestamptz not null,              -- as that person, by when it happened
  joined_at  timestamptz not null default now(), -- when this was known here
  primary key (device_id, record_id)
);
create index event_device_person_by_record on event_device_person (record_id);

-- alias: one person, two keys of the same source. Tied as soon as both are there.
create table event_alias (
  previous_id uuid not null,
  record_id   uuid not null,
  source_id   uuid not null,
  message_id  text not null,
  occurred_at timestamptz not null,
  state       text not null default 'waiting' check (state in ('waiting', 'tied', 'refused')),  -- refused: people decided they are two
  changed_at  timestamptz not null default now(),
  primary key (previous_id, record_id)
);
create index event_alias_waiting on event_alias (previous_id) where state = 'waiting';

-- The one loader: who it is, and the records whose facts are written and not yet told to those who follow.
create table event_loader (
  one    boolean primary key default true check (one),
  owner  uuid,
  untold uuid[] not null default '{}',
  bought uuid[] not null default '{}',          -- those among them with purchases or redemptions
  kinds  text[] not null default '{}'           -- of those facts
);
insert into event_loader default values;

-- Refusals are looked for with every event that names somebody.
create index consent_refused on consent (purpose, record_id) where not granted;

-- Rows come and go by the thousand.
alter table inbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
