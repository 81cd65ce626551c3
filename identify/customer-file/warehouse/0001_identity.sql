-- Facts carry record_id; this small table says whose they are today. A merge rewrites a few rows here, never history.
create table identity (
  record_id      UUID,
  customer_id    UUID,
  reason         LowCardinality(String),       -- of the link: alone, rule, model, person
  rule           LowCardinality(String),       -- its name, for reason 'rule'
  record_version UInt64,                       -- match_record.version when the record was last looked at; a newer one is looked at again
  version        UInt64                        -- microseconds since 1970 of the link's valid_from
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
  key         String,      -- the customer's key in the source, for the search
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
