-- What an order took is read off the orders.
alter table customer_effort delete where kind in ('delivery', 'return', 'discount');
