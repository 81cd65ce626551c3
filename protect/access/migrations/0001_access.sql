-- The company's people who sign in. better-auth reads and writes the tables person and person_* under these names.
create table person (
  id                 uuid primary key,
  name               text not null,
  email              text not null unique check (email = lower(email)),
  email_verified     boolean not null default false,
  image              text,
  role               text not null,                -- a name of roles.ts
  language           text check (language in ('es', 'en')),
  theme              text not null default 'auto' check (theme in ('light', 'dark', 'auto')),
  two_factor_enabled boolean not null default false,
  suspended_at       timestamptz,
  created_at         timestamptz not null default now(),
  updated_at         timestamptz not null default now()
);

create table person_session (
  id         uuid primary key,
  token      text not null unique,
  user_id    uuid not null references person on delete cascade,
  ip_address text,
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index person_session_by_person on person_session (user_id);

-- How someone proves who they are: here only a password (scrypt), but shaped as better-auth needs it.
create table person_credential (
  id                       uuid primary key,
  account_id               text not null,
  provider_id              text not null,
  user_id                  uuid not null references person on delete cascade,
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamptz,
  refresh_token_expires_at timestamptz,
  scope                    text,
  password                 text,
  created_at               timestamptz not null default now(),
  updated_at               timestamptz not null default now(),
  unique (provider_id, account_id)
);

create index person_credential_by_person on person_credential (user_id);

-- Things that are proved once and soon: reset links, a sign-in that waits for its second factor, trusted devices.
create table person_verification (
  id         uuid primary key,
  identifier text not null,                        -- hashed
  value      text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index person_verification_by_identifier on person_verification (identifier);

create table person_two_factor (
  id                        uuid primary key,
  secret                    text not null,         -- encrypted with the installation's secret
  backup_codes              text not null,         -- encrypted likewise
  user_id                   uuid not null references person on delete cascade,
  verified                  boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until              timestamptz
);

create index person_two_factor_by_person on person_two_factor (user_id);

-- Who has been asked in. The token is in the mail only; here is its SHA-256.
create table invitation (
  id          uuid primary key,
  email       text not null check (email = lower(email)),
  role        text not null,
  token_hash  text not null unique,
  invited_by  uuid references person on delete set null,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  accepted_at timestamptz,
  revoked_at  timestamptz
);

-- One open invitation an address.
create unique index invitation_open on invitation (email) where accepted_at is null and revoked_at is null;

-- Keys for programs. The key is shown once; here are its beginning, to recognise it by, and its SHA-256.
create table api_key (
  id           uuid primary key,
  name         text not null,
  prefix       text not null,
  hash         text not null unique,
  scopes       text[] not null,                    -- permissions
  created_by   uuid references person on delete set null,
  created_at   timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at   timestamptz,
  revoked_at   timestamptz
);

create index api_key_by_person on api_key (created_by);
