-- The hundredth of the buyers somebody belongs to by revenue (1 is the best), and the months they bought in (as 202603).
alter table customer_value add column percentile UInt8, add column months Array(UInt32);
alter table customer_value_next add column percentile UInt8, add column months Array(UInt32);
