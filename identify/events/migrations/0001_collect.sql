-- A key with which a source sends events. It is no secret: browsers show it to everybody, so it opens nothing but this door.
create table write_key (
  id           uuid primary key,
  source_id    uuid not null,
  key          text not null,
  name         text not null,                    -- where it is used: tienda web, caja 3
  origins      text[] not null default '{}',     -- sites whose pages may use it; empty: any
  created_by   text not null,
  created_at   timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at   timestamptz,                      -- of a key that was rotated: until then both work
  revoked_at   timestamptz
);
create unique index write_key_by_key on write_key (key);
create index write_key_by_source on write_key (source_id, created_at desc);

-- How the events of a source are treated. A source without a row has the defaults.
create table event_source (
  source_id        uuid primary key,
  consent          text not null default 'not_refused' check (consent in ('given', 'not_refused')),  -- whether a person is tied to events only after a yes, or unless they said no
  consent_category text not null default 'analytics',   -- of context.consent.categoryPreferences; also the purpose of the customer's consents
  device_people    smallint not null default 3,         -- a device that more people used is nobody's
  updated_at       timestamptz not null default now(),
  updated_by       text not null
);

-- What was acknowledged and is not yet in the warehouse: one row a request, as it came.
create table inbox (
  id          bigint generated always as identity primary key,
  source_id   uuid not null,
  type        text not null,                     -- batch, or the type of its one event: identify, track, page, screen, group, alias
  received_at timestamptz not null default clock_timestamp(),
  events      integer not null,
  body        bytea not null,                    -- the JSON of the request
  replay      uuid[]                             -- rejected events it brings again (event_error)
);
-- Bodies are read once, a moment after they are written: to compress them would cost more than it saves.
alter table inbox alter column body set storage external;
-- Rows live for a second: what they leave behind is cleared by their number, not by a share of a table that is nearly empty.
alter table inbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
                       toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 5000);

-- Events that could not be taken in, with the reason, until somebody sends them again or lets them go.
create table event_error (
  id          uuid primary key,                  -- of source and messageId: the same rejected message is one
  source_id   uuid not null,
  message_id  text not null,
  type        text not null,
  name        text not null default '',
  reason      text not null,                     -- a key of the events catalogue: reason.no_id, reason.bad_time …
  field       text not null default '',          -- where in the event
  value       text not null default '',
  body        jsonb not null,
  received_at timestamptz not null,
  times       integer not null default 1,
  state       text not null default 'open' check (state in ('open', 'replayed', 'dismissed')),
  changed_at  timestamptz not null default now()
);
create index event_error_open on event_error (received_at desc, id desc) where state = 'open';
create index event_error_by_source on event_error (source_id, received_at desc, id desc);
