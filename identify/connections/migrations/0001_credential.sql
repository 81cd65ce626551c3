-- What opens other systems: passwords, keys, private keys. Sealed with the installation's secret (AES-256-GCM); never shown again.
create table credential (
  id         uuid primary key,
  label      text not null,
  sealed     bytea not null,
  changed_at timestamptz not null default now(),
  changed_by text not null
);
