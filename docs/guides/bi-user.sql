-- A user for Metabase, Power BI, Tableau or Superset who reads every view of Vínculo and nothing else: no name, e-mail or phone is
-- in them. For a ClickHouse of your own (CLICKHOUSE_URL). Write a password of yours and run it as its administrator:
--
--   clickhouse-client --multiquery < bi-user.sql
--
-- It may be run again, and is after each new version of Vínculo: a view that was made anew is opened anew.
create user if not exists bi identified with sha256_password by 'a long password';

-- It reads and no more. Metabase, Tableau and others set how many rows they want, which `readonly = 1` would refuse; nobody sets
-- a limit aside.
alter user bi settings readonly = 2,
  max_execution_time = 60 min 1 max 60, max_memory_usage = 4000000000 min 1 max 4000000000;

-- The views read in the name of whoever runs this, so a right to them is enough.
alter table vinculo.v_customers modify sql security definer definer = current_user;
alter table vinculo.v_orders modify sql security definer definer = current_user;
alter table vinculo.v_purchases modify sql security definer definer = current_user;
alter table vinculo.v_categories modify sql security definer definer = current_user;
alter table vinculo.v_products modify sql security definer definer = current_user;
alter table vinculo.v_months modify sql security definer definer = current_user;
alter table vinculo.v_contacts modify sql security definer definer = current_user;
alter table vinculo.v_campaigns modify sql security definer definer = current_user;
alter table vinculo.v_campaign_contacts modify sql security definer definer = current_user;
alter table vinculo.v_redemptions modify sql security definer definer = current_user;
alter table vinculo.v_scores_forecast modify sql security definer definer = current_user;
alter table vinculo.v_scores_life_cycle modify sql security definer definer = current_user;
alter table vinculo.v_scores_loyalty modify sql security definer definer = current_user;
alter table vinculo.v_scores_tier modify sql security definer definer = current_user;

grant select on vinculo.v_customers to bi;
grant select on vinculo.v_orders to bi;
grant select on vinculo.v_purchases to bi;
grant select on vinculo.v_categories to bi;
grant select on vinculo.v_products to bi;
grant select on vinculo.v_months to bi;
grant select on vinculo.v_contacts to bi;
grant select on vinculo.v_campaigns to bi;
grant select on vinculo.v_campaign_contacts to bi;
grant select on vinculo.v_redemptions to bi;
grant select on vinculo.v_scores_forecast to bi;
grant select on vinculo.v_scores_life_cycle to bi;
grant select on vinculo.v_scores_loyalty to bi;
grant select on vinculo.v_scores_tier to bi;
