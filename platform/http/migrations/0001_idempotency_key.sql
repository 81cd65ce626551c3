-- The reply to a POST that must not happen twice, kept for a day under the caller's own key.
create table idempotency_key (
  actor_id   text not null,                        -- kind:id of the caller
  route      text not null,                        -- POST /api/v1/sources
  key        text not null,
  body_hash  text not null,                        -- SHA-256 of the body: the same key with another body is a mistake
  status     int,                                  -- null while the first request is still being answered
  reply      bytea,                                -- headers and body, encrypted
  created_at timestamptz not null default now(),
  primary key (actor_id, route, key)
);

create index idempotency_key_by_age on idempotency_key (created_at);
