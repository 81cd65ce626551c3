import { normaliseNameParts } from '@vinculo/normalise';
import type { Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { TiedEvent } from '../load/consent/tie-events.ts';
import { fieldsOfTraits } from '../load/people/fields.ts';
import type { Json } from '../load/read/call.ts';

/** What a device told of somebody's name. */
export interface NameTold {
  device: string;
  record: string;
  /** As {@link givenNameTold} found it. */
  givenName: string;
  at: Date;
}

/** Longer than any given name; what is longer is no name. */
const LONGEST = 60;

/** The given name among the traits of an identify call, in proper case: `firstName`, or the part of `name` that is one. */
export function givenNameTold(traits: Json): string | undefined {
  const fields = fieldsOfTraits(traits);
  const name = normaliseNameParts({ given: fields.get('given_name'), fullName: fields.get('full_name') });
  return name.valid && name.given !== '' && name.given.length <= LONGEST ? name.given : undefined;
}

/** What the events of a round tell of names, on devices, of people who agreed to be known. */
export function namesTold(events: readonly TiedEvent[]): NameTold[] {
  return events.flatMap(({ call, tied, record, device }) => {
    if (call.type !== 'identify' || !tied || record === undefined || device === undefined) return [];
    const givenName = givenNameTold(call.traits);
    return givenName === undefined ? [] : [{ device, record, givenName, at: new Date(call.at) }];
  });
}

/** Keeps by which name devices may greet; of one told late, the newer stays. In the transaction that notes the events are loaded. */
export async function noteNames(tx: Transaction, names: readonly NameTold[]): Promise<void> {
  if (names.length === 0) return;
  await sql`
    insert into event_device_name (device_id, record_id, given_name, told_at)
    select distinct on (told.device, told.record) told.device, told.record, told.name, told.at
      from unnest(${names.map(({ device }) => device)}::uuid[], ${names.map(({ record }) => record)}::uuid[],
                  ${names.map(({ givenName }) => givenName)}::text[], ${names.map(({ at }) => at)}::timestamptz[]) as told(device, record, name, at)
     order by told.device, told.record, told.at desc
    on conflict (device_id, record_id) do update set given_name = excluded.given_name, told_at = excluded.told_at
     where event_device_name.told_at <= excluded.told_at`.execute(tx);
}
