import { sql } from 'kysely';
import type { Transaction } from '@vinculo/postgres';
import { buildCustomer, type Kind } from './customer-record.ts';
import { choicesByRecord, choicesInForce } from './field-choices.ts';
import { sourceTrust } from './queries.ts';
import type { KeyedRecord } from './search-lexemes.ts';
import { getSurvivorship } from './survivorship-rules.ts';
import type { Traits } from './traits.ts';

interface Row {
  customer: string;
  kind: Kind;
  record: string;
  source: string;
  key: string;
  traits: Traits;
  changed: number;
  weakest: number | null;
}

/**
 * Builds the golden records of a few customers from the links they have now, in the caller's transaction, and makes those that
 * do not exist yet. Customers without records are left as they are.
 *
 * @param at the moment of the change, as Postgres reads it.
 */
export async function rebuildCustomers(tx: Transaction, ids: readonly string[], at: string): Promise<void> {
  const rules = await getSurvivorship(tx);
  const trust = new Map(await sourceTrust(tx));
  const { rows } = await sql<Row>`
    select l.customer_id as customer, r.kind, r.id as record, r.source_id as source, r.key, r.traits,
           (extract(epoch from r.changed_at) * 1000)::bigint as changed,
           -- A tie to a record that went elsewhere no longer holds anything together.
           case when exists (select from link o where o.customer_id = l.customer_id and o.valid_to is null and o.record_id::text = l.evidence ->> 'record')
                then (l.evidence ->> 'probability')::real end as weakest
      from link l join source_record r on r.id = l.record_id
     where l.customer_id = any(${ids}::uuid[]) and l.valid_to is null
     order by l.customer_id, r.id`.execute(tx);

  const choices = choicesByRecord(
    await choicesInForce(
      tx,
      rows.map(({ record }) => record),
    ),
  );
  const words = new Set<string>();
  for (const id of ids) {
    const own = rows.filter((row) => row.customer === id);
    if (own.length === 0) continue;
    const records = own.map(
      ({ record, source, key, traits, changed }): KeyedRecord => ({
        record,
        source,
        key,
        traits,
        changedAt: changed,
        trust: trust.get(source) ?? 50,
        ...(choices.has(record) ? { chosen: choices.get(record)! } : {}),
      }),
    );
    const known = own.flatMap(({ weakest }) => (weakest === null ? [] : [weakest]));
    const c = buildCustomer(id, own[0]!.kind, records, known.length > 0 ? Math.min(...known) : 1, rules, at);
    for (const word of c.nameWords) words.add(word);
    await sql`
      insert into customer (id, kind, display_name, sort_name, email, phone, national_id, birth_date, gender, city, province, golden, records,
                            sources, weakest, search, first_seen, changed_at, known_since)
      values (${id}, ${c.kind}, ${c.displayName}, ${c.sortName}, ${c.email}, ${c.phone}, ${c.nationalId}, ${c.birthDate}, ${c.gender}, ${c.city},
              ${c.province}, ${JSON.stringify(c.golden)}, ${c.records}, ${c.sources}::uuid[], ${c.weakest}, array_to_tsvector(${c.lexemes}::text[]),
              ${at}, ${at}, ${c.knownSince})
      on conflict (id) do update set
        kind = excluded.kind, display_name = excluded.display_name, sort_name = excluded.sort_name, email = excluded.email, phone = excluded.phone,
        national_id = excluded.national_id, birth_date = excluded.birth_date, gender = excluded.gender, city = excluded.city,
        province = excluded.province, golden = excluded.golden, records = excluded.records, sources = excluded.sources,
        weakest = excluded.weakest, search = excluded.search, changed_at = excluded.changed_at,
        known_since = excluded.known_since`.execute(tx);
  }
  // In one order, so that two who add the same words wait for each other instead of deadlocking.
  await sql`
    insert into search_word (word, frequency) select word, 1 from unnest(${[...words].toSorted()}::text[]) as w(word)
    on conflict (word) do nothing`.execute(tx);
}
