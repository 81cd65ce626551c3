-- Rows that come piece by piece, as a connection reads them, add to what is there: what they leave out stays.
alter table import add column adds_only boolean not null default false;
