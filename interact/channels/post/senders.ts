// Who wrote this? What the customer file and people's decisions know of an address.
import type { Transaction } from '@vinculo/postgres';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';

type Db = Context['store']['db'] | Transaction;

export interface Found {
  customer: string;
  name: string;
  city: string | null;
}

/** The customers of whom any source says that they have this e-mail; at most five. */
export async function customersOfAddress(db: Db, address: string): Promise<Found[]> {
  if (!address.includes('@')) return [];
  // The search index has whole e-mails among its words; the records say whether it is theirs.
  const { rows } = await sql<Found>`
    select c.id as customer, c.display_name as name, c.city from customer c
     where c.merged_into is null and c.search @@ array_to_tsvector(array[${address}])::text::tsquery
       and exists (select from link l join source_record r on r.id = l.record_id
                    where l.customer_id = c.id and l.valid_to is null and lower(r.traits ->> 'email') = ${address})
     order by c.records desc, c.id limit 5`.execute(db);
  return rows;
}

export interface Remembered {
  verdict: 'customer' | 'stranger';
  record: string | null;
  /** It was said of this very address, not of its whole domain. */
  exact: boolean;
}

/** What somebody decided about this address, or about its domain. */
export async function rememberedSender(db: Db, address: string): Promise<Remembered | undefined> {
  if (address === '') return undefined;
  const domain = address.includes('@') ? address.slice(address.lastIndexOf('@')) : address;
  const { rows } = await sql<Remembered>`
    select verdict, record_id as record, address = ${address} as exact from letter_sender where address in (${address}, ${domain})
     order by length(address) desc limit 1`.execute(db);
  return rows[0];
}

/** The customer that a record is now. */
export async function customerOfRecord(db: Db, record: string): Promise<Found | undefined> {
  const { rows } = await sql<Found>`
    select c.id as customer, c.display_name as name, c.city from link l join customer c on c.id = l.customer_id
     where l.record_id = ${record} and l.valid_to is null`.execute(db);
  return rows[0];
}

/** The record that facts told of a customer are kept under: the first that was seen of it. */
export async function recordOf(db: Db, customer: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select r.id from link l join source_record r on r.id = l.record_id
     where l.customer_id = ${customer} and l.valid_to is null order by r.first_seen, r.id limit 1`.execute(db);
  return rows[0]?.id;
}

export interface Placed {
  record: string | null;
  state: 'waiting' | 'assigned' | 'stranger';
  why: '' | 'unknown' | 'several';
}

/** Whose a letter from this address is, when nobody has looked at it. */
export async function placeSender(db: Db, address: string): Promise<Placed> {
  const known = await rememberedSender(db, address);
  const stranger: Placed = { record: null, state: 'stranger', why: '' };
  if (known?.verdict === 'stranger' && known.exact) return stranger;
  if (known?.record && (await customerOfRecord(db, known.record))) return { record: known.record, state: 'assigned', why: '' };
  const found = await customersOfAddress(db, address);
  const record = found.length === 1 ? await recordOf(db, found[0]!.customer) : undefined;
  if (record) return { record, state: 'assigned', why: '' };
  // Whoever is a customer stays one, whatever was said of the others of the domain.
  if (known?.verdict === 'stranger' && found.length === 0) return stranger;
  return { record: null, state: 'waiting', why: found.length > 1 ? 'several' : 'unknown' };
}
