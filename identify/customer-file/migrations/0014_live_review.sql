-- Records that come one by one ask which questions there are about them.
create index review_pair_by_second on review_pair (record_b);

-- Records that their source no longer knows. Their links are closed, their facts stay under their id, and the key sent again
-- brings them back. `customer_id`: the customer they were all there was of, which is hidden meanwhile: it is led to nobody.
create table withdrawn_record (
  record_id    uuid primary key,
  source_id    uuid not null,
  customer_id  uuid,
  withdrawn_at timestamptz not null default now()
);
