-- Whether nothing but visits to a site or an app is why somebody is looked at: then no table of scoring is behind.
alter table segment_pending add column visits boolean not null default false;
