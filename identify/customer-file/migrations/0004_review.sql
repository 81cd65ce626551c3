-- Pairs of records that unification is in doubt about, for people to decide. Which of them is still a question is read from
-- links and decisions when asked for: what people or a later run settled elsewhere needs no row changed here.
create table review_pair (
  id          uuid primary key,
  kind        text not null check (kind in ('person', 'company')),
  record_a    uuid not null,
  record_b    uuid not null,
  doubt       text not null check (doubt in ('between', 'inside', 'refused')), -- two customers, one, or alike but refused by clustering
  refusal     text,                              -- why clustering refused
  pattern     text not null,                     -- level by field: given=exact surnames=typo email=missing …
  weight      real not null,                     -- log2 Bayes factor, as it was when found
  probability real not null,
  prior       real not null,
  terms       jsonb not null,                    -- [[field, level, bits], …]
  alike       integer not null,                  -- doubtful pairs of the same pattern found with it
  teaches     real not null,                     -- how much deciding it teaches; see review/instructiveness.ts
  state       text not null default 'open' check (state in ('open', 'waiting', 'disagreed', 'decided', 'gone')),
  verdict     text check (verdict in ('same', 'different')), -- in force: what people decided took effect
  made        uuid[] not null default '{}',      -- decisions it put into force and out of it, where no identity_change holds them
  withdrawn   uuid[] not null default '{}',
  change_id   uuid,                              -- the identity_change it caused
  found_at    timestamptz not null default now(),
  decided_at  timestamptz,
  check (record_a < record_b)
);
create unique index review_pair_once on review_pair (record_a, record_b);
create index review_pair_queue on review_pair (teaches desc, id) where state in ('open', 'waiting');
create index review_pair_by_pattern on review_pair (pattern) where state in ('open', 'waiting');
create index review_pair_by_decision on review_pair (decided_at desc, id) where decided_at is not null;

-- What each person said of a pair, and what it changed. Undone ones stay, for the record.
create table review_decision (
  id         uuid primary key,
  pair_id    uuid not null,
  verdict    text not null check (verdict in ('same', 'different', 'unsure')),
  settles    boolean not null default false,     -- the last word on a pair that two people decided differently
  by_id      text not null,
  by_name    text not null,
  note       text,
  bulk_id    uuid,
  decided_at timestamptz not null default now(),
  undone_at  timestamptz
);
create unique index review_decision_once on review_decision (pair_id, by_id, settles) where undone_at is null;
create index review_decision_by_person on review_decision (by_id, decided_at desc) where undone_at is null;
create index review_decision_latest on review_decision (decided_at desc) where undone_at is null;
create index review_decision_by_bulk on review_decision (bulk_id, decided_at) where bulk_id is not null;

-- Many pairs decided at once, and undone at once. Counts are of pairs.
create table review_bulk (
  id         uuid primary key,
  pattern    text,
  pairs      uuid[] not null,                    -- those chosen, in the order of the queue
  verdict    text not null check (verdict in ('same', 'different', 'unsure')),
  note       text,
  by_id      text not null,
  by_name    text not null,
  state      text not null check (state in ('deciding', 'decided', 'undoing', 'undone')),
  decided    integer not null default 0,
  skipped    integer not null default 0,         -- no question any more when their turn came
  created_at timestamptz not null default now()
);
create index review_bulk_latest on review_bulk (created_at desc, id);
