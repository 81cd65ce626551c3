import type { z } from 'zod';
import { conflict } from '@vinculo/errors';
import { type Kysely, sql } from 'kysely';
import { type Actor, newId, type Store } from '@vinculo/postgres';
import type { GroupCompany, ParentSet } from '../api/companies.ts';
import { findCustomer } from '../identity/find-customer.ts';
import { idsOf, type Standing, standingFor } from './customer-ids.ts';

/** Larger groups are shown cut. */
const MOST_COMPANIES = 300;
const MOST_LEVELS = 20;

/** The parents in force, by company, each by the id it has today. Of several after a merge the newest holds. */
async function parentsOf(db: Kysely<unknown>, companies: readonly string[]): Promise<Map<string, string>> {
  const ids = await idsOf(db, companies);
  const { rows } = await sql<{ company_id: string; parent_id: string }>`
    select company_id, parent_id from company_relation where company_id = any(${ids}::uuid[]) and valid_to is null order by valid_from`.execute(
    db,
  );
  const standing = await standingFor(
    db,
    rows.flatMap((row) => [row.company_id, row.parent_id]),
  );
  const parents = new Map<string, string>();
  for (const row of rows) {
    const [company, parent] = [standing.get(row.company_id)?.id, standing.get(row.parent_id)?.id];
    if (company && parent && company !== parent) parents.set(company, parent);
  }
  return parents;
}

async function childrenOf(db: Kysely<unknown>, companies: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ company_id: string }>`
    select company_id from company_relation where parent_id = any(${await idsOf(db, companies)}::uuid[]) and valid_to is null order by valid_from
     limit ${MOST_COMPANIES + 1}`.execute(db);
  const standing = await standingFor(
    db,
    rows.map((row) => row.company_id),
  );
  return [...new Set(rows.flatMap((row) => standing.get(row.company_id)?.id ?? []))];
}

/** The company and those above it, nearest first. */
async function lineOf(db: Kysely<unknown>, company: string): Promise<string[]> {
  const line = [company];
  while (line.length < MOST_LEVELS) {
    const parent = (await parentsOf(db, [line.at(-1)!])).get(line.at(-1)!);
    if (!parent || line.includes(parent)) break;
    line.push(parent);
  }
  return line;
}

type Company = Omit<z.infer<typeof GroupCompany>, 'value'>;

/** The group a company belongs to, from the top down, each company after its parent. */
export async function groupOf(store: Store, company: string): Promise<{ companies: Company[]; parent: Standing | null; cut: boolean }> {
  const line = await lineOf(store.db, company);
  const top = line.at(-1)!;
  const parentOf = new Map<string, string | null>([[top, null]]);
  let cut = false;
  for (let level = [top]; level.length > 0 && !cut; ) {
    const children = (await childrenOf(store.db, level)).filter((child) => !parentOf.has(child));
    const parents = await parentsOf(store.db, children);
    const next: string[] = [];
    for (const child of children) {
      const parent = parents.get(child);
      if (!parent || !parentOf.has(parent)) continue;
      if (parentOf.size >= MOST_COMPANIES) {
        cut = true;
        break;
      }
      parentOf.set(child, parent);
      next.push(child);
    }
    level = next;
  }
  const standing = await standingFor(store.db, [...parentOf.keys(), ...line]);
  const companies: Company[] = [];
  const walk = (id: string, depth: number) => {
    const { name, city } = standing.get(id)!;
    companies.push({ id, name, city, parentId: parentOf.get(id) ?? null, depth });
    for (const [child, parent] of parentOf) if (parent === id) walk(child, depth + 1);
  };
  walk(top, 0);
  return { companies, parent: line[1] ? (standing.get(line[1]) ?? null) : null, cut };
}

/**
 * Says whose a company is, or that it is nobody's. The relation before is closed, never deleted.
 *
 * @throws VIN_CUSTOMER_CONFLICT for persons, and when the parent is the company itself or below it.
 */
export async function setParent(store: Store, actor: Actor, id: string, parentId: string | null): Promise<z.infer<typeof ParentSet>> {
  const { customer: company } = await findCustomer(store, id);
  const parent = parentId ? (await findCustomer(store, parentId)).customer : null;
  if (company.kind !== 'company' || (parent && parent.kind !== 'company')) {
    throw conflict('customer', {
      es: 'Solo una empresa puede ser matriz de otra. No se ha cambiado nada.',
      en: 'Only a company can be the parent of another. Nothing was changed.',
    });
  }
  return store.transaction(actor, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('company-groups'))`.execute(tx);
    if (parent && (await lineOf(tx, parent.id)).includes(company.id)) {
      throw conflict('customer', {
        es: 'Esa empresa depende de esta, así que no puede ser su matriz. No se ha cambiado nada. Cambia antes la matriz de la otra.',
        en: 'That company is below this one, so it cannot be its parent. Nothing was changed. Change the parent of the other first.',
      });
    }
    const previous = (await parentsOf(tx, [company.id])).get(company.id) ?? null;
    if (previous === (parent?.id ?? null)) return { parentId: previous, previous };
    await sql`
      update company_relation set valid_to = clock_timestamp() where company_id = any(${await idsOf(tx, [company.id])}::uuid[]) and valid_to is null`.execute(
      tx,
    );
    if (parent) {
      await sql`
        insert into company_relation (id, company_id, parent_id, recorded_by, valid_from)
        values (${newId()}, ${company.id}, ${parent.id}, ${actor.name}, clock_timestamp())`.execute(tx);
    }
    await tx.emit('company.parent_set', { kind: 'customer', id: company.id }, { parent: parent?.id ?? null, previous });
    return { parentId: parent?.id ?? null, previous };
  });
}
