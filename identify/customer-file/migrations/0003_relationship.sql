-- What the customer allows, by purpose and channel; the newest statement holds. Kept with its proof.
create table consent (
  id          uuid primary key,
  record_id   uuid not null,
  purpose     text not null,
  channel     text not null default 'any',
  granted     boolean not null,
  legal_basis text not null default 'consent',
  proof       text,
  occurred_at timestamptz not null,
  import_id   uuid,
  recorded_by text not null
);
create unique index consent_once on consent (record_id, purpose, channel, occurred_at);

create table note (
  id          uuid primary key,
  customer_id uuid not null,
  body        text not null check (length(body) between 1 and 10000),
  created_by  text not null,
  author_name text not null,
  created_at  timestamptz not null default now(),
  deleted_at  timestamptz
);
create index note_by_customer on note (customer_id, created_at desc) where deleted_at is null;

-- A list as somebody likes to see it: filters, columns, order.
create table saved_view (
  id         uuid primary key,
  screen     text not null,
  name       text not null,
  query      jsonb not null,
  shared     boolean not null default false,
  owner      text not null,
  created_at timestamptz not null default now()
);
create unique index saved_view_by_name on saved_view (screen, owner, lower(name));

-- The current scores of each customer, as lists and decisions read them. Derived: the insight feature writes it whole.
create table customer_score (
  customer_id       uuid primary key,
  revenue           numeric(18, 4) not null,
  margin            numeric(18, 4),              -- null where no cost is known
  orders            integer not null,
  first_purchase_at timestamptz not null,
  last_purchase_at  timestamptz not null,
  average_order     numeric(18, 4) not null,
  returned          numeric(18, 4) not null,
  discount_share    real not null,               -- 0..1 of list amount
  channels          text[] not null,
  recency           smallint not null,           -- quintiles 1..5, 5 is best
  frequency         smallint not null,
  monetary          smallint not null,
  rfm_group         text not null,
  decile            smallint not null,           -- of revenue; 1 is the best tenth
  computed_at       timestamptz not null
);
create index customer_score_by_revenue on customer_score (revenue desc, customer_id);
create index customer_score_by_last on customer_score (last_purchase_at desc, customer_id);
create index customer_score_by_orders on customer_score (orders desc, customer_id);
create index customer_score_by_group on customer_score (rfm_group, revenue desc, customer_id);
create index customer_score_by_decile on customer_score (decile, revenue desc, customer_id);
