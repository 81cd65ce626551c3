-- Who saw and who changed what. Lines are added and never changed; names are copied, so that a line still reads when the person is gone.
create table audit (
  id           uuid primary key,                   -- UUIDv7: the order of the log
  at           timestamptz not null default now(),
  actor_kind   text not null,                      -- user, api-key, system, anonymous
  actor_id     text not null,
  actor_name   text not null,
  action       text not null,                      -- customer.read, customer.merged
  subject_kind text not null,
  subject_id   text not null,
  detail       jsonb not null,
  request_id   text,                               -- null for what a job did by itself
  ip           text
);

create index audit_by_subject on audit (subject_kind, subject_id, id desc);
create index audit_by_actor on audit (actor_id, id desc);
create index audit_by_action on audit (action, id desc);
create index audit_by_time on audit (at);
