-- That something changed whose purchases are whose since the last scoring: it follows by itself, with rests in between.
create table scoring_due (
  one        boolean primary key default true check (one),
  changed_at timestamptz not null default clock_timestamp()
);
