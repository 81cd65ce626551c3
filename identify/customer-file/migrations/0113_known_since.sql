-- Since when somebody is a customer by what their sources say (identity/known-since.ts), not by the day they were loaded: that stays
-- in first_seen, which tells who is new here.
alter table customer add column known_since date;

-- Only what begins as a day of those years is taken apart, and no day of a month that has fewer makes the start fail: the day counted
-- from the first of the month is then another one.
update customer c set known_since = said.day
  from (
    select l.customer_id, min(r.day) as day
      from link l
      join (
        select id, left(traits ->> 'created_at', 10) as written,
               case when traits ->> 'created_at' ~ '^(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])'
                 then make_date(substr(traits ->> 'created_at', 1, 4)::int, substr(traits ->> 'created_at', 6, 2)::int, 1)
                        + (substr(traits ->> 'created_at', 9, 2)::int - 1) end as day
          from source_record
         where traits ? 'created_at' and not coalesce(traits -> 'invalid' ? 'created_at', false)
      ) r on r.id = l.record_id
     where l.valid_to is null
       and to_char(r.day, 'YYYY-MM-DD') = r.written
       and r.day between date '1901-01-01' and (now() at time zone 'UTC')::date
       and r.day not in (date '1969-12-31', date '1970-01-01')
     group by l.customer_id
  ) said
 where c.id = said.customer_id;
