// The end of a round, in one transaction of the desk: people, devices, choices, what was rejected; and the inbox is rid of it.
import type { FactTold } from '@vinculo/customer-file';
import { type Store, SYSTEM, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { Statement } from './consent/preferences.ts';
import { writeStatements } from './consent/write-statements.ts';
import { type DeviceState, saveDevices } from './devices/device-states.ts';
import { type NameTold, noteNames } from '../snippet/device-names.ts';
import { saveRejections } from './errors/save-rejections.ts';
import { type PersonTold, tellPeople } from './people/tell-people.ts';
import type { Rejection } from './read/call.ts';

export interface AliasTold {
  previous: string;
  record: string;
  sourceId: string;
  messageId: string;
  /** Milliseconds since 1970. */
  at: number;
}

export interface Settled {
  /** Ids of the inbox. */
  requests: readonly number[];
  people: readonly PersonTold[];
  devices: readonly DeviceState[];
  /** By which names devices may greet. */
  names: readonly NameTold[];
  statements: readonly Statement[];
  aliases: readonly AliasTold[];
  rejected: readonly Rejection[];
  /** Rejected events that came again and are good now. */
  replayed: readonly string[];
  /** Whose facts are new, and of what kinds. */
  records: readonly string[];
  /** Those among them who bought something, or whose purchases changed. */
  bought: readonly string[];
  kinds: readonly FactTold[];
}

/** The turn went to another process: what was done is theirs to do again. */
export class TurnLost extends Error {
  override readonly name = 'TurnLost';

  constructor() {
    super('Another process loads events now');
  }
}

/** Also of an error that came out of a thread: of that only the name is left. */
export const isTurnLost = (error: unknown): boolean => error instanceof Error && error.name === 'TurnLost';

/** @throws TurnLost if the loader is somebody else by now. */
export async function settle(store: Store, owner: string, settled: Settled): Promise<void> {
  await store.transaction(SYSTEM, async (tx) => {
    await tellPeople(tx, settled.people);
    await saveDevices(tx, settled.devices);
    await noteNames(tx, settled.names);
    const chosen = await writeStatements(tx, settled.statements);
    await saveAliases(tx, settled.aliases);
    await saveRejections(tx, settled.rejected);
    await markReplayed(tx, settled.replayed);
    const kinds = chosen.length > 0 ? [...settled.kinds, 'consent'] : settled.kinds;
    const { rows } = await sql`
      update event_loader
         set untold = array(select distinct unnest(untold || ${[...settled.records, ...chosen]}::uuid[])),
             bought = array(select distinct unnest(bought || ${settled.bought}::uuid[])),
             kinds = array(select distinct unnest(kinds || ${kinds}::text[]))
       where owner = ${owner} returning one`.execute(tx);
    if (rows.length === 0) throw new TurnLost();
    await sql`delete from inbox where id = any(${settled.requests}::bigint[])`.execute(tx);
  });
}

async function saveAliases(tx: Transaction, aliases: readonly AliasTold[]): Promise<void> {
  if (aliases.length === 0) return;
  const rows = aliases.map(({ at, ...alias }) => ({ ...alias, at: new Date(at).toISOString() }));
  await sql`
    insert into event_alias (previous_id, record_id, source_id, message_id, occurred_at)
    select distinct on (previous, record) previous, record, "sourceId", "messageId", at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           as s(previous uuid, record uuid, "sourceId" uuid, "messageId" text, at timestamptz)
     order by previous, record, at
    on conflict (previous_id, record_id) do nothing`.execute(tx);
}

async function markReplayed(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`update event_error set state = 'replayed', changed_at = now() where id = any(${ids}::uuid[])`.execute(tx);
}
