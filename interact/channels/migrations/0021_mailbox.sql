-- A mailbox that is read by IMAP, and how far.
create table mailbox (
  id           uuid primary key,
  name         text not null,
  host         text not null,
  port         integer not null,
  security     text not null check (security in ('tls', 'starttls', 'none')),
  certificate  text not null default '',         -- PEM, of a server that made its own
  username     text not null,
  password     bytea not null,                   -- sealed
  folder       text not null,
  after        text not null check (after in ('leave', 'seen', 'move')),
  move_to      text not null default '',
  since        timestamptz not null,             -- older mails are not read
  active       boolean not null default true,
  created_by   text not null,
  created_at   timestamptz not null default now(),
  changed_at   timestamptz not null default now(),
  deleted_at   timestamptz,
  uid_validity text,                             -- while the server says this, its numbers hold
  last_uid     bigint not null default 0,        -- every mail up to here was taken
  state        text not null default 'new' check (state in ('new', 'connected', 'reading', 'failing', 'refused')),
  error        jsonb,                            -- { code, params }
  failures     integer not null default 0,
  next_try_at  timestamptz,
  connected_at timestamptz,
  last_mail_at timestamptz,
  mails        bigint not null default 0
);

-- Addresses that mail servers say do not exist.
create table email_bounce (
  address     text primary key,
  status      text not null,                     -- RFC 3463: 5.1.1
  reason      text not null default '',
  entry_id    uuid not null,
  bounced_at  timestamptz not null
);
