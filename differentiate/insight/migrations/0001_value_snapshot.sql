-- The worth of the whole base at a moment, as the screens show it: computed once by the scoring, read by everybody.
create table value_snapshot (
  id          uuid primary key,
  computed_at timestamptz not null,
  overview    jsonb not null
);
create index value_snapshot_latest on value_snapshot (computed_at desc);
