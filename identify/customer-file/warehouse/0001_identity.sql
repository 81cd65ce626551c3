-- Facts carry record_id; this small table says whose they are today. A merge rewrites a few rows here, never history.
create table identity (
  record_id   UUID,
  customer_id UUID,
  version     UInt64
) engine = ReplacingMergeTree(version) order by record_id;

-- What linkage compares, one row a source record, already normalised and folded: '' is missing.
create table match_record (
  record_id   UUID,
  source_id   UUID,
  kind        LowCardinality(String),
  given       String,
  given_root  String,
  surname1    String,
  surname2    String,
  birth_date  String,
  national_id String,
  email       String,
  phone       String,
  mobile      String,
  street      String,
  postcode    String,
  city        String,
  company     String,
  traits      String,      -- the record's traits as JSON, so that a whole re-unification never reads the desk
  changed_at  DateTime64(3, 'UTC'),
  filled      UInt32,      -- bit n: field n of QUALITY_FIELDS has a value
  invalid     UInt32,      -- bit n: it has one, and it is not valid
  version     UInt64
) engine = ReplacingMergeTree(version) order by record_id;

-- Rows an import could not take, with where and why.
create table import_error (
  import_id UUID,
  row       UInt64,
  column    String,
  value     String,
  reason    LowCardinality(String),   -- a key of the imports catalogue: reason.not_a_date, …
  raw       String                    -- the whole row as JSON, so that it can be corrected and loaded again
) engine = ReplacingMergeTree order by (import_id, row, column);
