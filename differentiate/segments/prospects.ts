// Mailing lists of people who are no customers. They stand in their own table and are counted with nobody, until somebody makes
// customers of them.
import { enterCustomer } from '@vinculo/customer-file';
import { fail, notFound } from '@vinculo/errors';
import { decodeCursor, toPage } from '@vinculo/http';
import { type Actor, newId, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { NewProspect, Prospect, ProspectConverted, ProspectQuery, ProspectsAdded } from './api.ts';
import type { Segments } from './environment.ts';
import { findRow } from './segment-row.ts';

interface Row {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  company: string | null;
  origin: string;
  consent: boolean | null;
  consent_proof: string | null;
  consent_at: Date | null;
  added_at: Date;
  customer_id: string | null;
  converted_at: Date | null;
}

const DOTS = '•••';

/** Addresses and phones are hidden from readers who do not see those of customers either. */
function toProspect(row: Row, actor: Pick<Actor, 'permissions'>): z.infer<typeof Prospect> {
  const open = actor.permissions.has('customer.read_personal');
  return {
    id: row.id,
    name: row.name,
    email: open || !row.email ? row.email : `${row.email.slice(0, 1)}${DOTS}${row.email.slice(row.email.lastIndexOf('@'))}`,
    phone: open || !row.phone ? row.phone : DOTS + row.phone.slice(-3),
    company: row.company,
    origin: row.origin,
    consent: row.consent,
    consentProof: row.consent_proof,
    consentAt: row.consent_at?.toISOString() ?? null,
    addedAt: row.added_at.toISOString(),
    customerId: row.customer_id,
    convertedAt: row.converted_at?.toISOString() ?? null,
  };
}

async function prospectsRow({ context }: Segments, id: string) {
  const row = await findRow(context.store.db, id);
  if (row.kind !== 'prospects')
    throw fail('VIN_SEGMENT_KIND', {
      detail: {
        es: 'Las personas que aún no son clientes van en una lista de correo.',
        en: 'People who are no customers yet go on a mailing list.',
      },
    });
  return row;
}

/** How many of the list are still no customers: its size. */
async function resize(tx: Transaction, list: string): Promise<number> {
  const { rows } = await sql<{ size: number }>`
    update segment set moved_at = now(), counted_at = now(),
           size = (select count(*)::integer from prospect where segment_id = ${list} and converted_at is null)
     where id = ${list} returning size`.execute(tx);
  return rows[0]!.size;
}

/** Puts people on a list. Whoever is a customer by their e-mail is told of, not added. */
export async function addProspects(
  segments: Segments,
  actor: Actor,
  list: string,
  people: readonly z.output<typeof NewProspect>[],
): Promise<z.infer<typeof ProspectsAdded>> {
  const { context } = segments;
  await prospectsRow(segments, list);
  const emails = [...new Set(people.flatMap(({ email }) => (email ? [email.toLowerCase()] : [])))];
  const known = await customersByEmail(segments, emails);
  const fresh = people.filter(({ email }) => !email || !known.has(email.toLowerCase()));
  return context.store.transaction(actor, async (tx) => {
    const rows = fresh.map((one) => ({ id: newId(), email: null, phone: null, company: null, consent: null, consentProof: null, ...one }));
    const { rows: added } = await sql`
      insert into prospect (id, segment_id, name, email, phone, company, origin, consent, consent_proof, consent_at, added_by)
      select id, ${list}, name, lower(email), phone, company, origin, consent, "consentProof", case when consent is not null then now() end, ${actor.name}
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as n(id uuid, name text, email text, phone text, company text, origin text, consent boolean, "consentProof" text)
      on conflict (segment_id, lower(email)) where email is not null do nothing returning id`.execute(tx);
    const size = await resize(tx, list);
    if (added.length > 0) await tx.emit('prospect.added', { kind: 'segment', id: list }, { prospects: added.length });
    return {
      added: added.length,
      already: fresh.length - added.length,
      customers: [...known].map(([email, customerId]) => ({ email, customerId })),
      size,
    };
  });
}

const EMAILS_AT_ONCE = 1_000;

async function customersByEmail({ context }: Segments, emails: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let from = 0; from < emails.length; from += EMAILS_AT_ONCE) {
    const rows = await context.warehouse.rows<{ address: string; customer: string }>(
      `select m.email as address, toString(any(i.customer_id)) as customer
         from (select record_id, email from match_record final where email in {emails:Array(String)}) m
         join (select record_id, customer_id from identity final) i on i.record_id = m.record_id group by address`,
      { emails: emails.slice(from, from + EMAILS_AT_ONCE) },
    );
    for (const { address, customer } of rows) found.set(address, customer);
  }
  return found;
}

export async function listProspects(segments: Segments, actor: Actor, list: string, query: z.output<typeof ProspectQuery>) {
  await prospectsRow(segments, list);
  const [last, lastId] = decodeCursor(query.cursor, 2) ?? [];
  const all = [sql`segment_id = ${list}`];
  if (query.state) all.push(query.state === 'open' ? sql`converted_at is null` : sql`converted_at is not null`);
  if (query.search) all.push(sql`concat_ws(' ', name, email, company, origin) ilike ${`%${query.search.replace(/[\\%_]/g, '\\$&')}%`}`);
  if (query.cursor) all.push(sql`(lower(name), id) > (${last}, ${lastId}::uuid)`);
  const { rows } = await sql<Row>`
    select * from prospect where ${sql.join(all, sql` and `)} order by lower(name), id limit ${query.limit + 1}`.execute(
    segments.context.store.db,
  );
  const { items, next } = toPage(rows, query.limit, (row) => [row.name.toLowerCase(), row.id]);
  return { items: items.map((row) => toProspect(row, actor)), next };
}

/**
 * Makes a customer of somebody, or finds that they are one: entered like any customer, with where they came from as a note of the
 * record. They stay on the list as converted, so that it is known how many of it became customers.
 *
 * @throws VIN_SEGMENT_PROSPECT_CONVERTED
 */
export async function convertProspect(
  segments: Segments,
  actor: Actor,
  id: string,
  language: 'es' | 'en',
): Promise<z.infer<typeof ProspectConverted>> {
  const { context } = segments;
  const { rows } = await sql<Row & { segment_id: string }>`select * from prospect where id = ${id}`.execute(context.store.db);
  const [row] = rows;
  if (!row) throw notFound('prospect', id);
  if (row.converted_at) throw fail('VIN_SEGMENT_PROSPECT_CONVERTED');
  const { name, email, phone, company } = row;
  const { customerId, created } = await enterCustomer(
    context,
    actor,
    {
      kind: 'person',
      full_name: name,
      ...(email ? { email } : {}),
      ...(phone ? { phone } : {}),
      ...(company ? { company_name: company } : {}),
    } as Parameters<typeof enterCustomer>[2],
    language,
  );
  const converted = await context.store.transaction(actor, async (tx) => {
    const { rows: changed } = await sql<Row>`
      update prospect set customer_id = ${customerId}, converted_at = now() where id = ${id} and converted_at is null returning *`.execute(
      tx,
    );
    if (!changed[0]) throw fail('VIN_SEGMENT_PROSPECT_CONVERTED');
    await resize(tx, row.segment_id);
    await tx.emit('prospect.converted', { kind: 'segment', id: row.segment_id }, { prospect: id, customer: customerId, created });
    return changed[0];
  });
  return { prospect: toProspect(converted, actor), customerId, created };
}

/** Takes somebody off the list, and forgets them. */
export async function removeProspect({ context }: Segments, actor: Actor, id: string): Promise<void> {
  await context.store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ segment_id: string }>`delete from prospect where id = ${id} returning segment_id`.execute(tx);
    if (!rows[0]) throw notFound('prospect', id);
    await resize(tx, rows[0].segment_id);
    await tx.emit('prospect.removed', { kind: 'segment', id: rows[0].segment_id }, { prospect: id });
  });
}
