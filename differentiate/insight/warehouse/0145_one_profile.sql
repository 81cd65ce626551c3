-- The warehouse has one copy of what the desk knows of a customer: customer_profile, which is current when scoring reads it.
drop table if exists customer_desk;
