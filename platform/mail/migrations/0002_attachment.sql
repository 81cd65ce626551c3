-- Files that leave with a mail; forgotten with what it said.
create table mail_attachment (
  mail_id      uuid not null references mail on delete cascade,
  place        smallint not null,
  name         text not null,
  content_type text not null,
  content      bytea not null,
  primary key (mail_id, place)
);
