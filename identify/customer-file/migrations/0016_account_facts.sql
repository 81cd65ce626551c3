-- Files with facts of contracts and accounts.
alter table import drop constraint import_kind_check;
alter table import add constraint import_kind_check
  check (kind in ('customers', 'products', 'purchases', 'contacts', 'campaigns', 'campaign_contacts', 'coupons', 'redemptions', 'consents',
                  'account_facts'));
