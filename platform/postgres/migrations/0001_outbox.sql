-- What happened, written in the transaction that made it happen and handed to the handlers afterwards.
create table outbox (
  id           uuid primary key,                   -- UUIDv7: the order of the events
  type         text not null,                      -- 'customer.merged'
  subject_kind text not null,
  subject_id   text not null,
  actor        jsonb not null,                     -- kind, id, name
  data         jsonb not null,
  occurred_at  timestamptz not null default now(),
  handled_at   timestamptz                         -- every handler has had it
);

create index outbox_pending on outbox (id) where handled_at is null;
create index outbox_pending_of_subject on outbox (subject_kind, subject_id, id) where handled_at is null;

-- How far each handler is with each event: one that fails is tried again without holding up the others.
create table outbox_delivery (
  event_id     uuid not null references outbox on delete cascade,
  handler      text not null,
  attempts     integer not null default 0,
  next_at      timestamptz,                        -- not before, after a failure
  error        text,
  delivered_at timestamptz,                        -- also set when it was given up; then error says why
  primary key (event_id, handler)
);
