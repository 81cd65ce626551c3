import type { z } from 'zod';
import { notFound } from '@vinculo/errors';
import { sql } from 'kysely';
import type { Actor, Store } from '@vinculo/postgres';
import type { CompanyProfile, CompanyValue } from '../api/companies.ts';
import { findCustomer } from '../identity/find-customer.ts';
import { seesValue } from '../households/find-household.ts';
import { maskPhone, maskAddress, seesPersonal } from '../identity/mask.ts';
import { groupOf } from './group.ts';
import { countPeople } from './roles.ts';
import { sitesOf } from './sites.ts';

/**
 * A company: names, sites, the group it belongs to and what that group has bought, and how many people it has.
 *
 * @throws VIN_CUSTOMER_NOT_FOUND for a person, too.
 */
export async function companyProfile(store: Store, actor: Actor, id: string): Promise<z.infer<typeof CompanyProfile>> {
  const { customer } = await findCustomer(store, id);
  if (customer.kind !== 'company') throw notFound('customer', id);
  const [sites, group, people] = await Promise.all([
    sitesOf(store, customer.id),
    groupOf(store, customer.id),
    countPeople(store, customer.id),
  ]);
  const values = seesValue(actor)
    ? await valuesOf(
        store,
        group.companies.map((company) => company.id),
      )
    : new Map<string, Value>();
  const open = seesPersonal(actor);
  return {
    id: customer.id,
    legalName: customer.golden.company?.value ?? null,
    tradeName: customer.golden.trade_name?.value ?? null,
    // The tax id of a company is public.
    taxId: customer.national_id,
    sites: open ? sites : sites.map((site) => ({ ...site, street: maskAddress(site.street), phone: maskPhone(site.phone) })),
    parent: group.parent && { id: group.parent.id, name: group.parent.name },
    group: group.companies.map((company) => ({ ...company, value: values.get(company.id) ?? null })),
    groupCut: group.cut,
    groupValue: total([...values.values()]),
    people,
  };
}

type Value = z.infer<typeof CompanyValue>;

async function valuesOf(store: Store, companies: readonly string[]): Promise<Map<string, Value>> {
  const { rows } = await sql<{ customer_id: string; revenue: string; margin: string | null; orders: number }>`
    select customer_id, revenue, margin, orders from customer_score where customer_id = any(${companies}::uuid[])`.execute(store.db);
  return new Map(
    rows.map(({ customer_id, revenue, margin, orders }) => [
      customer_id,
      { revenue: Number(revenue), margin: margin === null ? null : Number(margin), orders },
    ]),
  );
}

function total(values: readonly Value[]): Value | null {
  if (values.length === 0) return null;
  const known = values.flatMap(({ margin }) => (margin === null ? [] : [margin]));
  return {
    revenue: values.reduce((sum, { revenue }) => sum + revenue, 0),
    margin: known.length === 0 ? null : known.reduce((sum, margin) => sum + margin, 0),
    orders: values.reduce((sum, { orders }) => sum + orders, 0),
  };
}
