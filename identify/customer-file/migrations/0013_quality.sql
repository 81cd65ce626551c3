-- How good the data was, day by day: the trend, and what the screens show without asking the warehouse again.
create table quality_snapshot (
  taken_on date primary key,
  taken_at timestamptz not null default now(),
  score    real not null,
  fields   jsonb not null,                       -- as the API shows them
  problems jsonb not null
);

-- A value that people put right wherever it comes: of every source, or of one. What the source says stays in source_record.raw;
-- taking the correction back reads it again from there.
create table correction (
  id        uuid primary key,
  field     text not null,                       -- a trait: email, phone, birth_date …
  source_id uuid,                                -- null: of every source
  wrong     text not null,                       -- the value, folded; '@domain' of an e-mail; '!' whatever is not valid
  "right"   text not null,                       -- what stands instead; '' none
  records   integer not null default 0,          -- that it changed
  applied_at timestamptz,                        -- null while its job has not ended
  made_by   jsonb not null,
  made_at   timestamptz not null default now(),
  undone_by jsonb,
  undone_at timestamptz
);
create unique index correction_in_force on correction (field, wrong, coalesce(source_id, '00000000-0000-0000-0000-000000000000')) where undone_at is null;
create index correction_latest on correction (made_at desc, id desc);

-- The records that a correction changed, so that they can be shown and read again.
create table corrected_record (
  correction_id uuid not null,
  record_id     uuid not null,
  primary key (correction_id, record_id)
);
