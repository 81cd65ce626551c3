-- Boards: what people put together to look at. A card is data; its answer is computed, never kept here.
create table board (
  id         uuid primary key,
  name       text not null,
  cards      jsonb not null,                     -- in their order
  filters    jsonb not null default '{}',        -- of the whole board, as it opens
  visibility text not null check (visibility in ('private', 'everyone', 'roles')),
  roles      text[] not null default '{}',       -- who sees it, for 'roles'
  template   text unique,                        -- of the ones that come ready made: direction, sales, customers
  owner      text not null,                      -- actor id; 'system' for the ready-made ones
  owner_name text not null,
  version    integer not null default 1,         -- two people who change one board are told
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  deleted_at timestamptz                         -- can be taken back
);
create index board_by_name on board (lower(name), id) where deleted_at is null;

-- Which facts the boards read: one row.
create table board_facts (
  one         boolean primary key default true check (one),
  computed_at timestamptz not null,
  as_of       date                               -- the last day with a purchase; null before the first
);

-- What a card answered of the facts in force; emptied when they change.
create table card_result (
  key         text primary key,                  -- hash of the card, its filters and its facts
  result      jsonb not null,
  computed_at timestamptz not null default now()
);

-- What somebody wants to reach.
create table target (
  id         uuid primary key,
  measure    text not null,
  scope      text not null check (scope in ('company', 'store', 'channel', 'source')),
  scope_key  text not null default '',
  unit       text not null check (unit in ('month', 'quarter', 'year')),
  starts_on  date not null,
  ends_on    date not null,
  value      double precision not null,
  note       text not null default '',
  changed_by text not null,
  changed_at timestamptz not null default now(),
  unique (measure, scope, scope_key, starts_on, ends_on)
);

-- A board that leaves by mail.
create table board_schedule (
  id         uuid primary key,
  board_id   uuid not null references board,
  every      text not null check (every in ('day', 'week', 'month')),
  on_day     smallint not null default 1,        -- of the week (1 is Monday) or of the month
  at_hour    smallint not null check (at_hour between 0 and 23),   -- in the company's zone
  language   text not null check (language in ('es', 'en')),
  recipients uuid[] not null,                    -- people who sign in here
  paused     boolean not null default false,
  owner      text not null,
  next_at    timestamptz not null,
  changed_at timestamptz not null default now()
);
create index board_schedule_due on board_schedule (next_at) where not paused;

create table board_sending (
  id          uuid primary key,
  board_id    uuid not null,
  schedule_id uuid,                              -- null: somebody pressed «send me now»
  recipient   uuid not null,
  mail_id     uuid,
  state       text not null check (state in ('sent', 'refused')),
  reason      text not null default '',
  sent_at     timestamptz not null default now()
);
create index board_sending_by_board on board_sending (board_id, sent_at desc);
