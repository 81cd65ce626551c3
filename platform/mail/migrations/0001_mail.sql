-- Mail on its way out. What it says is forgotten once it has left: it may hold a link that opens an account.
create table mail (
  id         uuid primary key,
  recipient  text not null,
  template   text not null,                        -- invitation
  language   text not null check (language in ('es', 'en')),
  data       jsonb,                                -- null once it has left
  state      text not null default 'queued' check (state in ('queued', 'sent', 'kept', 'failed')),
  attempts   int not null default 0,
  error      text,
  created_at timestamptz not null default now(),
  left_at    timestamptz                           -- sent, or kept in the folder mail_outbox for want of an SMTP server
);

create index mail_by_age on mail (created_at);
