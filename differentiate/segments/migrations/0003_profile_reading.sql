-- Whether everybody's profile is to be read again. One row, once that was asked for or done the first time.
create table profile_reading (
  one   boolean primary key default true check (one),
  asked bigint not null,                         -- how often it was asked for
  read  bigint not null                          -- of these, how many the last reading has seen
);
