-- What a forecast was made of, so that it can be shown: money of an order before the margin, and that margin's share.
alter table customer_forecast add column spend Float64, add column margin_share Float32;
alter table customer_forecast_next add column spend Float64, add column margin_share Float32;
