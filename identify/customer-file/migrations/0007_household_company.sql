-- Who lives together: a level above customers that never merges them. Derived by the forming of households out of addresses,
-- surnames, phones and e-mails, and bound by what people decided. An id stays with the larger and older part.
create table household (
  id           uuid primary key,
  surnames     text not null,                      -- as it is called: García López
  sort_name    text collate "C" not null,          -- folded
  members      integer not null,
  street       text,                               -- of the home: that of most of its members
  address_rest text,
  postcode     text,
  city         text,
  province     text,
  weakest      real not null,                      -- the lowest probability among its members' ties
  confirmed    boolean not null default false,     -- somebody decided that all of them live together
  revenue      numeric(18, 4),                     -- of all its members together; null where nobody has bought
  margin       numeric(18, 4),
  orders       integer,
  search       tsvector not null,
  first_seen   timestamptz not null default now(),
  changed_at   timestamptz not null default now(),
  dissolved_at timestamptz,                        -- nobody is left who lives with another; the id keeps answering
  became       uuid                                -- where most of its members went then
);
create index household_by_name on household (sort_name, id) where dissolved_at is null;
create index household_by_size on household (members desc, id) where dissolved_at is null;
create index household_by_revenue on household (revenue desc, id) where dissolved_at is null and revenue is not null;
create index household_search on household using gin (search);

-- Since when somebody is of a household, and why. A membership is closed, never deleted.
create table household_member (
  household_id uuid not null,
  customer_id  uuid not null,
  probability  real not null,
  tied_to      uuid,                               -- the housemate who ties them most
  reasons      text[] not null,                    -- door, building, both_surnames, surname, phone, email, decided
  joined_at    timestamptz not null default now(),
  left_at      timestamptz
);
create unique index household_member_current on household_member (customer_id) where left_at is null;
create index household_member_of on household_member (household_id) where left_at is null;
create index household_member_past on household_member (household_id, left_at desc) where left_at is not null;

-- What people decided about two persons: one household or not. Ids of customers merged later lead to who they are now.
create table household_decision (
  id         uuid primary key,
  person_a   uuid not null,
  person_b   uuid not null,
  together   boolean not null,
  decided_by text not null,
  decided_at timestamptz not null default now(),
  undone_at  timestamptz
);
create index household_decision_current on household_decision (person_a) where undone_at is null;

-- What people did to households, so that it can be shown and undone.
create table household_change (
  id           uuid primary key,
  kind         text not null check (kind in ('made', 'put_in', 'taken_out', 'confirmed', 'undone')),
  household_id uuid,
  customers    uuid[] not null,
  made         uuid[] not null,                    -- decisions that came into force
  withdrawn    uuid[] not null,                    -- and those that went out of it
  actor        jsonb not null,
  reason       text,
  changed_at   timestamptz not null default now(),
  undoes       uuid
);
create index household_change_of on household_change (household_id, changed_at desc);
create unique index household_change_undone_once on household_change (undoes) where undoes is not null;

-- One pass over everybody, or over those who changed.
create table household_forming (
  id       uuid primary key,
  scope    text not null check (scope in ('all', 'changed')),
  figures  jsonb not null,
  ended_at timestamptz not null default now()
);
create index household_forming_latest on household_forming (ended_at desc);

-- The way from a customer to the ids that became it.
create index customer_merged on customer (merged_into) where merged_into is not null;

-- What a person is in a company, and when. Said by a source record, the role follows its record wherever it goes; put in by hand,
-- it names customers, and ids merged later lead to who they are now.
create table person_role (
  id             uuid primary key,
  person_record  uuid,
  company_record uuid,
  person_id      uuid,
  company_id     uuid,
  title          text,                             -- the job, as written: Jefa de compras
  department     text,
  started_on     date,
  ended_on       date,                             -- null is current
  said           text,                             -- what the record says of it: said otherwise, it is another role
  said_at        timestamptz not null default now(),
  superseded_at  timestamptz,                      -- since when the record says otherwise
  recorded_by    text not null,
  removed_at     timestamptz,                      -- put in by mistake
  check ((person_record is null) <> (person_id is null)),
  check ((company_record is null) <> (company_id is null)),
  check ((person_record is null) = (said is null))
);
create unique index person_role_said on person_role (person_record) where person_record is not null and superseded_at is null;
create index person_role_by_person_record on person_role (person_record) where person_record is not null;
create index person_role_by_company_record on person_role (company_record) where company_record is not null;
create index person_role_by_person on person_role (person_id) where person_id is not null;
create index person_role_by_company on person_role (company_id) where company_id is not null;

-- Whose a company is. Closed, never deleted.
create table company_relation (
  id          uuid primary key,
  company_id  uuid not null,
  parent_id   uuid not null,
  recorded_by text not null,
  valid_from  timestamptz not null default now(),
  valid_to    timestamptz check (valid_to >= valid_from),
  check (company_id <> parent_id)
);
create unique index company_relation_current on company_relation (company_id) where valid_to is null;
create index company_relation_children on company_relation (parent_id) where valid_to is null;

-- Places of a company that somebody wrote down; those its sources know are read from their records.
create table company_site (
  id          uuid primary key,
  company_id  uuid not null,
  name        text not null,
  street      text,
  postcode    text,
  city        text,
  province    text,
  phone       text,
  recorded_by text not null,
  created_at  timestamptz not null default now(),
  removed_at  timestamptz
);
create index company_site_of on company_site (company_id) where removed_at is null;

-- People of whom a source says in which company they work.
create index source_record_contact on source_record (changed_at, id) where kind = 'person' and traits ? 'company';

-- Customers whose household is to be looked at again.
create table household_pending (customer_id uuid primary key, asked_at timestamptz not null);
