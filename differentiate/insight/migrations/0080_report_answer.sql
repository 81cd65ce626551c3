-- What the six questions were answered of the facts in force, before they are put in words; those of earlier facts are forgotten.
create table report_answer (
  key         text primary key,                  -- hash of the period, the currency and the facts
  figures     jsonb not null,
  computed_at timestamptz not null               -- of the facts
);
