-- What households are formed of, one row a person: hashes of 53 bits, so that no address or phone is kept twice; 0 is missing.
create table home (
  customer_id UUID,
  building    UInt64,                -- street, number, postcode
  door        UInt64,
  surname1    UInt64,
  surname2    UInt64,
  given       LowCardinality(String),   -- two writings of one name are compared
  birth       UInt64,
  contacts    Array(UInt64),         -- four phones, then two e-mails
  alive       UInt8,                 -- 0: no person of that id any more
  version     UInt64
) engine = ReplacingMergeTree(version) order by customer_id;
create table home_next as home;
