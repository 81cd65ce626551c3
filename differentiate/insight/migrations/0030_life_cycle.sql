-- Where one stage ends and the next begins: the newest row holds, and undoing is a new row that says what held before.
create table life_cycle_rules (
  id         uuid primary key,
  rules      jsonb not null,
  undoes     uuid,                               -- the row that this one takes back
  changed_at timestamptz not null default clock_timestamp(),
  changed_by jsonb not null
);
create index life_cycle_rules_newest on life_cycle_rules (changed_at desc);

-- The base as each scoring found it: how many in each stage, what they bring, how well leaving is forecast.
create table life_cycle_snapshot (
  id          uuid primary key,
  computed_at timestamptz not null,
  as_of       date not null,
  summary     jsonb not null
);
create index life_cycle_snapshot_newest on life_cycle_snapshot (computed_at desc);

-- The funnel: its steps as conditions in order, and the size of the target market as the company states it. As above.
create table funnel_definition (
  id         uuid primary key,
  definition jsonb not null,
  undoes     uuid,
  changed_at timestamptz not null default clock_timestamp(),
  changed_by jsonb not null
);
create index funnel_definition_newest on funnel_definition (changed_at desc);

-- How many had come how far, on each day, by the funnel of that day.
create table funnel_snapshot (
  day           date primary key,
  definition_id uuid,
  counts        jsonb not null                   -- customers who reached step 1, 2, … of the definition
);
