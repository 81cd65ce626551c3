// What a round told of people, companies and devices that left an e-mail, kept on the desk until they are saved as records.
import type { Store, Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import { Recent } from '../recent.ts';
import { type Fields, type FieldsTold, mergeFields } from './fields.ts';

export type PersonKind = 'person' | 'company' | 'device';

export interface PersonTold {
  record: string;
  sourceId: string;
  kind: PersonKind;
  /** Of the source record. */
  key: string;
  /** Milliseconds since 1970. */
  firstSeen: number;
  fields: { told: Fields; at: number }[];
  /** The company's record, and by when. */
  group: { record: string; at: number } | undefined;
}

interface Row {
  record_id: string;
  fields: FieldsTold;
  group_id: string | null;
  group_at: Date | null;
}

export interface KnownPeople {
  /** Those of whom something is told that is not just that they are there, or who are not known to be. */
  telling(people: Iterable<PersonTold>): PersonTold[];
  /** They are on the desk. */
  keep(people: readonly PersonTold[]): void;
}

const MOST_KNOWN = 200_000;

/** Most events say no more of people than that they are there: that is written once. */
export function knownPeople(): KnownPeople {
  const known = new Recent<string, true>(MOST_KNOWN);
  return {
    telling: (people) => [...people].filter(({ record, fields, group }) => fields.length > 0 || group || !known.get(record)),
    keep: (people) => {
      for (const { record } of people) known.set(record, true);
    },
  };
}

/** Merges what was told into what is known. What says nothing new writes nothing. */
export async function tellPeople(tx: Transaction, people: readonly PersonTold[]): Promise<void> {
  if (people.length === 0) return;
  const { rows } = await sql<Row>`
    select record_id, fields, group_id, group_at from event_person where record_id = any(${people.map(({ record }) => record)}::uuid[])
     order by record_id for update`.execute(tx);
  const known = new Map(rows.map((row) => [row.record_id, row]));
  const changed = people.flatMap((person) => {
    const before = known.get(person.record);
    let fields = before?.fields ?? {};
    for (const { told, at } of person.fields) fields = mergeFields(fields, told, at);
    const group = newerGroup(before, person.group);
    if (before && fields === before.fields && group === undefined) return [];
    const { record, sourceId, kind, key, firstSeen } = person;
    const at = new Date(firstSeen).toISOString();
    const said = group ?? (before?.group_id ? { record: before.group_id, at: before.group_at!.getTime() } : undefined);
    return [
      { record, sourceId, kind, key, at, fields, group: said?.record ?? null, groupAt: said ? new Date(said.at).toISOString() : null },
    ];
  });
  if (changed.length === 0) return;
  await sql`
    insert into event_person as p (record_id, source_id, kind, key, fields, group_id, group_at, first_seen)
    select record, "sourceId", kind, key, fields, "group", "groupAt", at
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb)
           as s(record uuid, "sourceId" uuid, kind text, key text, fields jsonb, "group" uuid, "groupAt" timestamptz, at timestamptz)
    on conflict (record_id) do update
      set fields = excluded.fields, group_id = excluded.group_id, group_at = excluded.group_at, change = p.change + 1`.execute(tx);
  // What a company is called is also what its people say of it.
  const companies = changed.filter(({ kind }) => kind === 'company').map(({ record }) => record);
  if (companies.length > 0) await sql`update event_person set change = change + 1 where group_id = any(${companies}::uuid[])`.execute(tx);
}

function newerGroup(before: Row | undefined, told: PersonTold['group']): PersonTold['group'] {
  if (!told || !before?.group_at) return told;
  const at = before.group_at.getTime();
  return told.at > at || (told.at === at && told.record > before.group_id!) ? told : undefined;
}

/** How many people wait to be saved as records. */
export async function peopleWaiting(store: Store): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from event_person where change > saved`.execute(store.db);
  return rows[0]!.n;
}
