-- How far a forecast looks and what a euro of tomorrow is worth today: the last choice is in force, none is the standard.
create table forecast_setting (
  version       integer primary key,
  horizon_years smallint not null check (horizon_years between 1 and 10),
  discount_rate numeric(5, 4) not null check (discount_rate between 0 and 0.5),   -- a year
  changed_by    jsonb not null,
  changed_at    timestamptz not null default now()
);

-- What each scoring learnt of how customers buy: the model it chose and why, or why it forecast nothing.
create table forecast_run (
  id          uuid primary key,
  computed_at timestamptz not null,
  forecast    jsonb not null
);
create index forecast_run_latest on forecast_run (computed_at desc);
