-- What speaks for a type follows from the signs, which stand beside it: it is worked out of the few customers who are looked at,
-- not written of everybody.
alter table customer_loyalty drop column evidence;
alter table customer_loyalty_next drop column evidence;
