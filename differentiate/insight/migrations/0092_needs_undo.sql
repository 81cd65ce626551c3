-- What undoing puts back: the finding that was in force before this one, and the groups a finding is in force as, by their place.
alter table needs_finding add column replaced uuid, add column group_ids uuid[];
update needs_finding set group_ids = (select array_agg(id order by place) from needs_group where place is not null) where state = 'kept';
