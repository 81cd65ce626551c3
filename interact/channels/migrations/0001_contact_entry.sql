-- A contact that somebody wrote down: a call, a visit, a letter that came. The desk keeps it as it can be changed and undone; the
-- warehouse has it as a contact of the customer's (table contact) once it is told.
create table contact_entry (
  id          uuid primary key,                  -- also contact.contact_id
  record_id   uuid,                              -- of the customer it was picked for; null while nobody knows whose it is
  kind        text not null check (kind in ('call', 'visit', 'post', 'fax', 'email', 'reply')),
  direction   text not null check (direction in ('in', 'out')),
  topic       text not null default '',
  outcome     text not null default '',
  body        text not null default '',
  detail      jsonb not null default '{}',       -- what only this kind has: minutes, place, sender, scan, message id, follow-up
  occurred_at timestamptz not null,
  created_by  text not null,
  author_name text not null,
  created_at  timestamptz not null default now(),
  changed_at  timestamptz not null default now(),
  deleted_at  timestamptz,
  told_at     timestamptz                        -- when the warehouse was told of this version; null while it was not
);
create index contact_entry_latest on contact_entry (occurred_at desc, id desc) where deleted_at is null;
create index contact_entry_by_record on contact_entry (record_id, occurred_at desc) where deleted_at is null;
create index contact_entry_untold on contact_entry (changed_at) where told_at is null;
