-- An address at which another system tells us things, how it proves itself, and what its messages mean.
create table hook (
  id            uuid primary key,
  name          text not null,
  source_id     uuid not null,                     -- whose customers it tells of
  verify        jsonb not null,                    -- how a message is signed: { kind, header, algorithm, encoding, prefix, idHeader }
  token_hash    bytea not null unique,             -- SHA-256 of the secret part of the address
  credential_id uuid not null,                     -- that part, and the secret that signs
  mapping       jsonb,                             -- null: messages wait until somebody says what they mean
  state         text not null default 'on' check (state in ('on', 'paused')),
  created_at    timestamptz not null default now(),
  created_by    text not null,
  changed_at    timestamptz not null default now(),
  deleted_at    timestamptz
);

-- What came, before anything is done with it: acknowledged means it is here. Kept for thirty days.
create table hook_message (
  id           uuid primary key,                   -- UUIDv7: the order in which they came
  hook_id      uuid not null references hook,
  delivery_key text not null,                      -- the sender's id of it, or the hash of what it says
  received_at  timestamptz not null default now(),
  headers      jsonb not null,                     -- the few that tell what it is
  body         text not null,
  state        text not null default 'waiting' check (state in ('waiting', 'done', 'ignored', 'rejected')),
  reasons      jsonb not null default '[]',        -- [{ where, reason, value }]
  result       jsonb,                              -- { customers: [{ key, customerId, outcome }], purchases, contacts }
  attempts     integer not null default 0,
  next_at      timestamptz not null default now(),
  done_at      timestamptz,
  unique (hook_id, delivery_key)
);
create index hook_message_due on hook_message (hook_id, id) where state = 'waiting';
create index hook_message_latest on hook_message (hook_id, id desc);
