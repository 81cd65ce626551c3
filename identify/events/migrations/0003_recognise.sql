-- Whether pages of the source may ask who a visitor is (/v1/recognise). Off until somebody says so.
alter table event_source add column recognise boolean not null default false;

-- The given name that a device told of somebody, by which its pages may greet them. Anybody can send events with a write key, in the
-- name of any userId or e-mail: so a device is told no name but the one it told itself.
create table event_device_name (
  device_id  uuid not null,
  record_id  uuid not null,                      -- who it said they are
  given_name text not null,
  told_at    timestamptz not null,               -- by when it was so, not by when it came: the newest holds
  primary key (device_id, record_id)
);
