-- A mail, a letter or a fax: what only something written has beside the contact it is (contact_entry of kind email, post or fax).
create table letter (
  entry_id       uuid primary key,
  state          text not null check (state in ('waiting', 'assigned', 'aside', 'stranger')),
  why            text not null default '',       -- waiting: unknown, several; aside: auto_reply, bounce, list
  form           text not null default '',       -- of paper: letter, form, claim, order, invoice, contract, other
  number         text,                           -- of the register of paper: E-2026-000012
  sender_name    text not null default '',       -- as it was written; of what we sent, to whom
  sender_address text not null default '',       -- e-mail in small letters, or the number of the fax
  words          text not null default '',       -- folded: what the list is searched by
  received_at    timestamptz not null,           -- contact_entry.occurred_at, by which lists are sorted
  mailbox_id     uuid,
  message_key    text,                           -- the same mail, however often the server shows it
  message_id     text,
  refers_to      text[] not null default '{}',   -- message ids of the mails before it
  thread_id      uuid not null,                  -- the first of the conversation
  recipients     jsonb not null default '[]',
  body           text not null default '',       -- the whole text
  html           text,
  cut            boolean not null default false, -- there was more than is kept
  opened_at      timestamptz,
  decided_by     text,
  decided_at     timestamptz
);
create unique index letter_once on letter (mailbox_id, message_key) where mailbox_id is not null;
create unique index letter_number on letter (number) where number is not null;
create index letter_latest on letter (received_at desc, entry_id desc);
create index letter_by_state on letter (state, received_at desc, entry_id desc) where state <> 'assigned';
create index letter_by_thread on letter (thread_id, received_at);
create index letter_by_message on letter (message_id) where message_id is not null;
create index letter_by_reference on letter using gin (refers_to);
create index letter_by_sender on letter (sender_address) where state = 'waiting';
create index letter_words on letter using gin (words gin_trgm_ops);

-- The register of paper, as offices keep it: one row of numbers a year and a direction, without gaps.
create table letter_counter (
  year      integer not null,
  direction text not null check (direction in ('in', 'out')),
  last      integer not null,
  primary key (year, direction)
);

-- A page or an attachment. The file lies under its hash in the data folder, so that the same twice takes its place once.
create table document (
  id         uuid primary key,
  entry_id   uuid,                               -- null while an upload waits for its letter
  place      smallint not null default 0,
  name       text not null,
  media_type text not null,                      -- as its first bytes say, not as it was called
  size       bigint not null,
  hash       text,                               -- SHA-256; null when it was not kept
  content_id text,                               -- by which the mail's own HTML names it
  refused    text,                               -- why it was not kept: too_large
  created_by text not null,
  created_at timestamptz not null default now()
);
create index document_by_entry on document (entry_id, place);
create index document_by_hash on document (hash);
create index document_loose on document (created_at) where entry_id is null;

-- What people decided about a sender: the next mail needs no decision. An address, or a whole domain as @example.com.
create table letter_sender (
  address    text primary key,
  verdict    text not null check (verdict in ('customer', 'stranger')),
  record_id  uuid,                               -- of the customer
  entry_id   uuid not null,                      -- the letter it was decided at, for undo
  decided_by text not null,
  decided_at timestamptz not null default now()
);
create index letter_sender_by_entry on letter_sender (entry_id);
