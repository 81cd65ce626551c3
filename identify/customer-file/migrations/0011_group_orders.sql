-- A group of customers is listed in every order without passing over those of other groups: the lost ones by their last
-- purchase are all at the end of everybody's.
create index customer_score_by_group_last on customer_score (rfm_group, last_purchase_at desc, customer_id);
create index customer_score_by_group_orders on customer_score (rfm_group, orders desc, customer_id);
