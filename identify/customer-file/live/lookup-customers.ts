import type { z } from 'zod';
import { fail } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { CountryCode } from '@vinculo/normalise';
import { sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import type { Lookup, LookupAnswer, LookupVerdict } from '../api/live.ts';
import { maskBirthDate, maskEmail, maskNationalId, maskPhone, seesPersonal } from '../identity/mask.ts';
import { normaliseRecord, type RawRecord } from '../records/normalise-record.ts';
import { liveIndex } from './live-index.ts';

interface Shown {
  id: string;
  kind: 'person' | 'company';
  display_name: string;
  email: string | null;
  phone: string | null;
  national_id: string | null;
  birth_date: string | null;
  city: string | null;
}

/** Below this a candidate is worth showing to somebody who looks, and no more. */
const DOUBTFUL = 0.05;
/** Below this it is not even that. One field alone seldom says more in a large file. */
const LEAST = 0.0005;
const PATIENCE_MS = 10_000;

/**
 * Who is this? The customers that a record as it was said or typed resembles most, with why. Writes nothing.
 *
 * @throws VIN_CUSTOMER_INDEX_BUSY while the live index is being built.
 */
export async function lookupCustomers(
  context: Context,
  actor: Actor,
  { limit, ...fields }: z.output<typeof Lookup>,
): Promise<z.infer<typeof LookupAnswer>> {
  const live = liveIndex(context);
  if (!(await live.ready(PATIENCE_MS))) throw fail('VIN_CUSTOMER_INDEX_BUSY');
  const { value: country = 'ES' } = (await homeCountry(context)) ?? {};
  const { kind, match } = normaliseRecord(given(fields), { country: country as CountryCode, dateOrder: 'dmy' });
  const { found, threshold } = await live.lookup(kind, { ...match }, limit, LEAST);
  const shown = await customersOf(
    context,
    found.map(({ customer }) => customer),
  );
  const open = seesPersonal(actor);
  const candidates = found.flatMap(({ customer, record, probability, weight, prior, rule, terms }) => {
    const known = shown.get(customer);
    if (!known) return [];
    return [
      {
        customerId: customer,
        kind: known.kind,
        name: known.display_name,
        email: open ? known.email : maskEmail(known.email),
        phone: open ? known.phone : maskPhone(known.phone),
        nationalId: open ? known.national_id : maskNationalId(known.national_id),
        birthDate: open ? known.birth_date : maskBirthDate(known.birth_date),
        city: known.city,
        recordId: record,
        probability,
        weight,
        prior,
        rule,
        verdict: verdictOf(probability, threshold),
        reasons: terms,
      },
    ];
  });
  return { verdict: candidates[0]?.verdict ?? 'none', threshold, candidates };
}

function verdictOf(probability: number, threshold: number | null): z.infer<typeof LookupVerdict> {
  if (threshold !== null && probability >= threshold) return 'match';
  return probability >= DOUBTFUL ? 'doubtful' : 'none';
}

function given(fields: Record<string, string | undefined>): RawRecord {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** The country that most sources are of: nobody says the prefix of a telephone of their own country. */
async function homeCountry({ store }: Context): Promise<{ value: string } | undefined> {
  const { rows } = await sql<{ value: string }>`
    select country as value from source where not built_in group by country order by count(*) desc, country limit 1`.execute(store.db);
  return rows[0];
}

async function customersOf({ store }: Context, ids: readonly string[]): Promise<Map<string, Shown>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Shown>`
    select id, kind, display_name, email, phone, national_id, birth_date::text as birth_date, city
      from customer where id = any(${ids}::uuid[]) and merged_into is null`.execute(store.db);
  return new Map(rows.map((row) => [row.id, row]));
}
