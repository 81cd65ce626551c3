import type { z } from 'zod';
import { conflict, notFound } from '@vinculo/errors';
import { foldText } from '@vinculo/normalise';
import { sql } from 'kysely';
import { type Actor, newId, type Store, type Transaction } from '@vinculo/postgres';
import type { CompanySite, NewSite } from '../api/companies.ts';
import { findCustomer } from '../identity/find-customer.ts';
import { idsOf } from './customer-ids.ts';

type Site = z.infer<typeof CompanySite>;

/** The places of a company: those its sources know, each once, and those that somebody wrote down. */
export async function sitesOf(store: Store, company: string): Promise<Site[]> {
  const [known, written] = await Promise.all([
    sql<Site>`
      select null as id, '' as name, r.traits ->> 'street' as street, r.traits ->> 'postcode' as postcode, r.traits ->> 'city' as city,
             r.traits ->> 'province' as province, coalesce(r.traits ->> 'phone', r.traits ->> 'mobile') as phone, s.label as "sourceLabel"
        from link l join source_record r on r.id = l.record_id join source s on s.id = r.source_id
       where l.customer_id = ${company} and l.valid_to is null and (r.traits ? 'street' or r.traits ? 'city')
       order by s.trust desc, r.changed_at desc limit 100`.execute(store.db),
    sql<Site>`
      select id, name, street, postcode, city, province, phone, null as "sourceLabel" from company_site
       where company_id = any(${await idsOf(store.db, [company])}::uuid[]) and removed_at is null order by created_at, id limit 200`.execute(
      store.db,
    ),
  ]);
  const places = new Map<string, Site>();
  for (const site of known.rows) {
    const key = foldText([site.street, site.postcode ?? site.city].filter(Boolean).join(' '));
    if (!places.has(key)) places.set(key, site);
  }
  return [...places.values(), ...written.rows];
}

/** @throws VIN_COMPANY_SITE_CONFLICT for a person. */
export async function addSite(store: Store, actor: Actor, companyId: string, site: z.infer<typeof NewSite>): Promise<Site> {
  const { customer } = await findCustomer(store, companyId);
  if (customer.kind !== 'company') {
    throw conflict('company_site', {
      es: 'Solo las empresas tienen sedes. No se ha guardado nada.',
      en: 'Only companies have sites. Nothing was saved.',
    });
  }
  const id = newId();
  return store.transaction(actor, async (tx) => {
    await sql`
      insert into company_site (id, company_id, name, street, postcode, city, province, phone, recorded_by)
      values (${id}, ${customer.id}, ${site.name}, ${site.street || null}, ${site.postcode || null}, ${site.city || null}, ${site.province || null},
              ${site.phone || null}, ${actor.name})`.execute(tx);
    await tx.emit('company.site_added', { kind: 'customer', id: customer.id }, { site: id, name: site.name });
    return (await oneSite(tx, id)).site;
  });
}

/** Takes a site away, or brings it back. */
export async function setSiteRemoved(store: Store, actor: Actor, id: string, removed: boolean): Promise<Site> {
  return store.transaction(actor, async (tx) => {
    const { site, company } = await oneSite(tx, id);
    await sql`update company_site set removed_at = ${removed ? sql`now()` : null} where id = ${id}`.execute(tx);
    await tx.emit(
      removed ? 'company.site_removed' : 'company.site_restored',
      { kind: 'customer', id: company },
      { site: id, name: site.name },
    );
    return site;
  });
}

async function oneSite(tx: Transaction, id: string): Promise<{ site: Site; company: string }> {
  const { rows } = await sql<Site & { company_id: string }>`
    select id, name, street, postcode, city, province, phone, null as "sourceLabel", company_id from company_site where id = ${id}`.execute(
    tx,
  );
  if (!rows[0]) throw notFound('company_site', id);
  const { company_id: company, ...site } = rows[0];
  return { site, company };
}
