-- How loyalty is scored: weights, threshold and so on as one document, a version a change. The newest is in force; none is the
-- model of the library.
create table loyalty_model (
  version    integer primary key,
  content    jsonb not null,
  note       text not null default '',
  restores   integer,                            -- the version it brings back; 0 is that of the library
  changed_by jsonb not null,
  changed_at timestamptz not null default now()
);

-- What the company states of its market: what only it sells, what is under contract, where nobody else sells. Ended, never deleted.
create table market_fact (
  id        uuid primary key,
  kind      text not null check (kind in ('exclusive_product', 'exclusive_category', 'contract_product', 'contract_category',
                                          'no_rival_province', 'no_rival_store')),
  subject   text not null,                       -- the key of the product, the category, the province or the store
  note      text not null default '',
  stated_by jsonb not null,
  stated_at timestamptz not null default now(),
  ended_by  jsonb,
  ended_at  timestamptz
);
create unique index market_fact_current on market_fact (kind, subject) where ended_at is null;

-- The types of the whole base at a moment, as the screens show them: computed after each scoring, compared with earlier ones.
create table loyalty_snapshot (
  id          uuid primary key,
  computed_at timestamptz not null,
  overview    jsonb not null
);
create index loyalty_snapshot_latest on loyalty_snapshot (computed_at desc);

-- What is usual in the base and what the model was, at the last scoring: signs are read against it.
create table loyalty_scoring (
  id            smallint primary key default 1 check (id = 1),
  computed_at   timestamptz not null,
  model_version integer not null,
  usual         jsonb not null
);
