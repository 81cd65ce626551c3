-- Read nowhere: visits tell which had a coupon.
alter table loyalty_work_line drop column if exists coupon_orders;
