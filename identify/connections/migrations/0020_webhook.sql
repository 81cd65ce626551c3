-- Whom we tell what happens: an address of another system, and which events it wants.
create table webhook (
  id            uuid primary key,
  name          text not null,
  url           text not null,
  events        text[] not null,
  segments      uuid[],                            -- of segment events, only of these; null: of all
  details       text not null check (details in ('ids', 'contact')),
  private       boolean not null default false,    -- may lead into the own network
  headers       text[] not null default '{}',      -- names of own headers; what they say is in the credential
  alert_email   text,
  credential_id uuid not null,                     -- secret, the former one, and the own headers
  former_until  timestamptz,                       -- until then both secrets sign
  state         text not null default 'on' check (state in ('on', 'paused', 'failing', 'gone')),
  state_at      timestamptz not null default now(),
  failing_since timestamptz,                       -- the first failure since the last success
  failures      integer not null default 0,        -- in a row
  resume_at     timestamptz,                       -- it asked for peace until then, or is not there
  created_at    timestamptz not null default now(),
  created_by    text not null,
  changed_at    timestamptz not null default now(),
  deleted_at    timestamptz
);

-- One message to one address. Kept for thirty days.
create table webhook_delivery (
  id            uuid primary key,                  -- UUIDv7, the order; `webhook-id` is msg_ and this
  webhook_id    uuid not null references webhook,
  event_id      uuid not null,                     -- of the outbox, or of a test
  type          text not null,
  customer_id   uuid not null,                     -- messages about one customer go in order
  data          jsonb not null,                    -- ids; what else is told is read when it is first sent
  occurred_at   timestamptz not null,
  payload       text,                              -- as it was first sent: sent again, it says the same
  state         text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
  attempts      integer not null default 0,        -- since it was made or asked for again
  next_at       timestamptz not null,
  claimed_until timestamptz,
  status        integer,                           -- of the last answer
  error         text,                              -- why the last attempt failed
  ended_at      timestamptz,
  unique (webhook_id, event_id, customer_id)
);
create index webhook_delivery_due on webhook_delivery (webhook_id, next_at, id) where state = 'waiting';
create index webhook_delivery_of_customer on webhook_delivery (webhook_id, customer_id, id);
create index webhook_delivery_latest on webhook_delivery (webhook_id, id desc);

create table webhook_attempt (
  id          uuid primary key,
  delivery_id uuid not null references webhook_delivery on delete cascade,
  at          timestamptz not null default now(),
  milliseconds integer not null,
  status      integer,
  error       text,
  headers     jsonb not null,                      -- of our request, without what is secret
  answer      text                                 -- the beginning of the body
);
create index webhook_attempt_of_delivery on webhook_attempt (delivery_id, at);

-- An event about more customers than are named in it: turned into deliveries page by page.
create table webhook_fan_out (
  event_id    uuid primary key,
  kind        text not null check (kind in ('unification', 'segment')),
  type        text not null,
  data        jsonb not null,
  occurred_at timestamptz not null,
  after       uuid not null default '00000000-0000-0000-0000-000000000000'
);
