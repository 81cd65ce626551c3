-- Every change of an entry counts, so that nobody overwrites what another saw change, and so that the warehouse is told of the
-- newest. Under which record it was told last: told again under another, the former fact is taken back.
alter table contact_entry
  add column version integer not null default 1,
  add column told_record uuid,
  add column follow_up_on date,                  -- the day somebody promised to come back to it
  add column follow_up_note text not null default '',
  add column follow_up_done_at timestamptz;

create index contact_entry_due on contact_entry (follow_up_on, id)
 where follow_up_on is not null and follow_up_done_at is null and deleted_at is null;
create index contact_entry_by_author on contact_entry (created_by, occurred_at desc, id desc) where deleted_at is null;
