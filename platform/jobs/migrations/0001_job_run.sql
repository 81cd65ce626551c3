-- Every job as people see it. The queue beneath only says that one may be due; what this table says counts.
create table job_run (
  id               uuid primary key,
  name             text not null,
  state            text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  key              text,                            -- one waiting at a time per name and key
  exclusive        text,                            -- never runs together with another of the same
  input            jsonb not null,
  output           jsonb,
  error            jsonb,                           -- code, message, params
  actor            jsonb not null,                  -- kind, id, name, permissions, language
  attempt          integer not null default 0,
  failures         integer not null default 0,      -- attempts that ended in an error since it was last asked for
  done             bigint not null default 0,
  total            bigint,
  phase            text,
  detail           text,
  rate_per_second  double precision,
  owner            text,                            -- process that runs it
  heartbeat_at     timestamptz,                     -- last sign of life of the owner
  cancel_requested boolean not null default false,
  due_at           timestamptz not null default now(),
  created_at       timestamptz not null default now(),
  started_at       timestamptz,
  ended_at         timestamptz
);

-- A job that has run before may wait again beside a newer one of the same key.
create unique index job_run_key on job_run (name, key) where state = 'waiting' and attempt = 0 and key is not null;
create index job_run_open on job_run (state, due_at) where state in ('waiting', 'running');
create index job_run_by_name on job_run (name, id);
