-- How the margins of a month are known, the weakest of its orders: as customer_order has it.
alter table customer_month add column basis UInt8;
alter table customer_month_next add column basis UInt8;
