-- Since when somebody is a customer may be earlier than the profiles say (customer-file 0113): everybody's are read again.
insert into profile_reading (asked, read)
select 1, 0 where exists (select from customer)
on conflict (one) do update set asked = profile_reading.asked + 1;
