-- The reasons of a risk as numbers: a million texts took longer to write and to read than the reasons to find. Each has its number (see
-- REASONS of life-cycle/reasons.ts), below zero where it lowers the risk, and its facts. What was found last night is kept.
alter table customer_life_cycle add column if not exists reason_facts Array(Float64) default
  arrayFlatten(arrayMap(r -> arrayConcat(
      [JSONExtractFloat(r, 2) * indexOf(['silence', 'rhythm', 'visits', 'pace', 'money', 'returns', 'discounts', 'complaints', 'contacts', 'breadth', 'tenure'], JSONExtractString(r, 1))],
      arrayMap(fact -> toFloat64OrZero(fact), arraySlice(JSONExtractArrayRaw(r), 3))),
    JSONExtractArrayRaw(reasons)))
  after expected_loss;
alter table customer_life_cycle materialize column reason_facts settings mutations_sync = 2;
alter table customer_life_cycle modify column reason_facts Array(Float64) default [];
alter table customer_life_cycle drop column if exists reasons settings mutations_sync = 2;
alter table customer_life_cycle rename column if exists reason_facts to reasons;
create or replace table customer_life_cycle_next as customer_life_cycle;
