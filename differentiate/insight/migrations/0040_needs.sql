-- Groups of customers who need alike things, found by mining. One finding is in force; another may wait for somebody's yes.
create table needs_finding (
  id       uuid primary key,
  found_at timestamptz not null default now(),
  found_by jsonb not null,                       -- the person who asked, or the system
  state    text not null check (state in ('proposed', 'kept', 'discarded')),
  asked    smallint,                             -- how many groups somebody wanted; null left it to the data
  plan     jsonb not null,                       -- what was looked at: categories, channels, questions
  model    jsonb not null,                       -- centres and scales, as @vinculo/value makes them
  outcome  jsonb not null,                       -- the groups it found, how good they are, what other numbers of groups would be
  kept_at  timestamptz
);
create unique index needs_finding_in_force on needs_finding (state) where state = 'kept';
create unique index needs_finding_waiting on needs_finding (state) where state = 'proposed';

-- The groups people know. A group found again keeps its id, and with it its name and every list that asks for it.
create table needs_group (
  id          uuid primary key,
  place       smallint,                          -- its number in the finding in force; null when it was not found again
  name        text not null,                     -- what people call it, else the proposal in the language of the installation
  proposed    jsonb not null,                    -- { es, en }
  renamed     boolean not null default false,
  hidden_at   timestamptz,
  customers   integer not null default 0,
  revenue     numeric(18, 4) not null default 0,
  silhouette  real not null,
  differences jsonb not null,                    -- what sets it apart, strongest first
  typical     uuid[] not null,                   -- customers, most typical first
  found_at    timestamptz not null default now(),
  gone_at     timestamptz
);
create unique index needs_group_place on needs_group (place) where place is not null;
