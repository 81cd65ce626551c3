-- The company's own words for what calls and visits are about and how they end. Entries keep the words, so a choice that is put away
-- or called otherwise changes nothing that was written down.
create table contact_choice (
  id             uuid primary key,
  kind           text not null check (kind in ('call', 'visit')),
  list           text not null check (list in ('topic', 'outcome')),
  label          text not null check (length(label) between 1 and 80),
  place          integer not null,               -- its number on the keyboard is its place among those in use, from 1
  follow_up_days integer check (follow_up_days between 0 and 365), -- proposes to come back to it in so many days
  archived_at    timestamptz
);
create unique index contact_choice_once on contact_choice (kind, list, lower(label)) where archived_at is null;
