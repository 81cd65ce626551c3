import { createHash } from 'node:crypto';
import type { Context } from '@vinculo/http';
import { type CountryCode, normaliseCompanyName } from '@vinculo/normalise';
import { newId, recordId, SYSTEM, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import { noteUntold, tellWarehouse } from '../identity/tell-warehouse.ts';
import { normaliseRecord, type NormalisedRecord } from '../records/normalise-record.ts';
import { type Run, unattended } from '../identity/unify.ts';

export interface ContactFigures {
  /** Roles read from records, those that records no longer say, and companies that only a contact names. */
  roles: number;
  superseded: number;
  companies: number;
}

interface Contact {
  id: string;
  source_id: string;
  country: string;
  company: string;
  tax_id: string | null;
  title: string | null;
  department: string | null;
  said: string;
  changed_at: Date;
}

const PAGE = 2_000;

/**
 * Reads, out of the records of people that name a company, what those people are in it. A role lasts as long as its record says so. A
 * company is the one known by its tax id, or the only one of that name; one that nobody knows becomes a record of its own in the
 * contact's source, and unification decides who it is. Doing it again changes nothing.
 */
export async function readContacts(context: Context, run: Run = unattended()): Promise<ContactFigures> {
  const { store, jobs } = context;
  const figures: ContactFigures = { roles: 0, superseded: 0, companies: 0 };
  await store.transaction(SYSTEM, async (tx) => void (figures.superseded += await supersedeSilent(tx)));
  for (;;) {
    run.signal.throwIfAborted();
    const contacts = await nextContacts(context);
    if (contacts.length === 0) break;
    const known = await knownCompanies(context, contacts);
    await store.transaction(SYSTEM, async (tx) => {
      const made = await makeCompanies(
        tx,
        contacts.filter((contact) => !known.has(contact.id)),
      );
      for (const [contact, record] of made.of) known.set(contact, record);
      figures.companies += made.created;
      figures.superseded += await supersede(
        tx,
        contacts.map(({ id }) => id),
      );
      await addRoles(tx, contacts, known);
      figures.roles += contacts.length;
    });
    await run.progress({ done: figures.roles, phase: 'write' });
  }
  if (figures.companies > 0) await tellWarehouse(context);
  if (figures.roles + figures.superseded > 0) {
    await store.transaction(SYSTEM, async (tx) => {
      await tx.emit('company.contacts_read', { kind: 'customer', id: 'all' }, { ...figures });
      if (figures.companies > 0) await jobs.enqueue('identity.unify', { scope: 'new' }, { actor: SYSTEM, key: 'identity.unify.new', tx });
    });
  }
  return figures;
}

const SAID = sql`concat_ws(E'\\t', r.traits ->> 'company', r.traits ->> 'company_tax_id', r.traits ->> 'job_title', r.traits ->> 'department')`;

/** Contacts whose role is not written down, or not as they say it now. */
async function nextContacts({ store }: Context): Promise<Contact[]> {
  const { rows } = await sql<Contact>`
    select r.id, r.source_id, coalesce(s.country, 'ES') as country, r.traits ->> 'company' as company,
           case when not coalesce(r.traits -> 'invalid' ? 'company_tax_id', false) then r.traits ->> 'company_tax_id' end as tax_id,
           r.traits ->> 'job_title' as title, r.traits ->> 'department' as department, md5(${SAID}) as said, r.changed_at
      from source_record r
      left join person_role p on p.person_record = r.id and p.superseded_at is null
      left join source s on s.id = r.source_id
     where r.kind = 'person' and r.traits ? 'company' and p.said is distinct from md5(${SAID})
     limit ${PAGE}`.execute(store.db);
  return rows;
}

/** By contact, the record of the company it means, where the file knows exactly one. */
async function knownCompanies({ warehouse }: Context, contacts: readonly Contact[]): Promise<Map<string, string>> {
  const key = (contact: Contact) => normaliseCompanyName(contact.company).key;
  const rows = await warehouse.rows<{ record: string; company: string; tax_id: string; customer: string }>(
    `select toString(m.record_id) as record, m.company as company, m.national_id as tax_id, toString(i.customer_id) as customer
       from (select record_id, company, national_id from match_record final
              where kind = 'company' and (company in {names:Array(String)} or national_id in {ids:Array(String)})) m
       join (select record_id, customer_id from identity final) i on i.record_id = m.record_id
      order by m.record_id`,
    {
      names: contacts.map(key).filter((name) => name !== ''),
      ids: contacts.flatMap(({ tax_id }) => (tax_id ? [tax_id.toLowerCase()] : [])),
    },
  );
  const found = new Map<string, string>();
  for (const contact of contacts) {
    const taxId = contact.tax_id?.toLowerCase();
    const byId = taxId ? rows.filter((row) => row.tax_id === taxId) : [];
    const named = rows.filter((row) => row.company === key(contact) && (!taxId || row.tax_id === ''));
    const candidates = byId.length > 0 ? byId : named;
    if (candidates.length > 0 && new Set(candidates.map((row) => row.customer)).size === 1) found.set(contact.id, candidates[0]!.record);
  }
  return found;
}

/** Records of companies that only contacts name: one for each name and tax id of a source. */
async function makeCompanies(tx: Transaction, contacts: readonly Contact[]): Promise<{ of: Map<string, string>; created: number }> {
  const of = new Map<string, string>();
  const records = new Map<string, { source: string; key: string; raw: Record<string, string>; read: NormalisedRecord }>();
  for (const { id, source_id: source, company, tax_id, country } of contacts) {
    const name = normaliseCompanyName(company).key;
    const key = `empresa:${tax_id?.toLowerCase() ?? (name || createHash('md5').update(company).digest('hex'))}`;
    const record = recordId(source, key);
    of.set(id, record);
    if (records.has(record)) continue;
    const raw = { kind: 'empresa', company_name: company, ...(tax_id ? { national_id: tax_id } : {}) };
    records.set(record, { source, key, raw, read: normaliseRecord(raw, { country: country as CountryCode, dateOrder: 'dmy' }) });
  }
  if (records.size === 0) return { of, created: 0 };
  const rows = [...records].map(([id, { source, key, raw, read }]) => ({ id, source, key, raw, traits: read.traits }));
  const { rows: created } = await sql<{ id: string }>`
    insert into source_record (id, source_id, key, kind, raw, traits, hash)
    select id, source, key, 'company', raw, traits, 0
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(id uuid, source uuid, key text, raw jsonb, traits jsonb)
    on conflict (id) do nothing returning id`.execute(tx);
  const version = Date.now();
  await noteUntold(
    tx,
    created.map(({ id }) => {
      const { match, filled, invalid } = records.get(id)!.read;
      return { record: id, version, match: { ...match, filled, invalid }, lookedAt: false };
    }),
  );
  return { of, created: created.length };
}

async function supersede(tx: Transaction, records: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    update person_role set superseded_at = now(), ended_on = coalesce(ended_on, current_date)
     where person_record = any(${records}::uuid[]) and superseded_at is null`.execute(tx);
  return Number(numAffectedRows);
}

/** Roles whose record names no company any more, or is gone. */
async function supersedeSilent(tx: Transaction): Promise<number> {
  const { numAffectedRows } = await sql`
    update person_role p set superseded_at = now(), ended_on = coalesce(ended_on, current_date)
     where person_record is not null and superseded_at is null
       and not exists (select from source_record r where r.id = p.person_record and r.kind = 'person' and r.traits ? 'company')`.execute(
    tx,
  );
  return Number(numAffectedRows);
}

async function addRoles(tx: Transaction, contacts: readonly Contact[], companyOf: ReadonlyMap<string, string>): Promise<void> {
  const roles = contacts.map(({ id, title, department, said, changed_at }) => ({
    id: newId(),
    person: id,
    company: companyOf.get(id)!,
    title,
    department,
    said,
    at: changed_at,
  }));
  await sql`
    insert into person_role (id, person_record, company_record, title, department, said, said_at, recorded_by)
    select id, person, company, title, department, said, at, 'source'
      from jsonb_to_recordset(${JSON.stringify(roles)}::jsonb) as n(id uuid, person uuid, company uuid, title text, department text, said text, at timestamptz)`.execute(
    tx,
  );
}
