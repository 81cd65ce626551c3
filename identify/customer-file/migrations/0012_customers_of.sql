-- Whose customer numbers a file of facts uses, where they are not those of its own source: a web shop's sales under the
-- numbers of the loyalty card. Null: its own.
alter table import add column customers_of uuid;
alter table mapping add column customers_of uuid;
