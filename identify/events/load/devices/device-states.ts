// What the desk knows of devices on which somebody said who they are.
import type { Store, Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import { Recent } from '../recent.ts';
import { ownerAt, type Turn } from './turns.ts';

export interface DeviceState {
  id: string;
  sourceId: string;
  anonymousId: string;
  turns: readonly Turn[];
  /** Everybody who ever was on it, and since when (milliseconds since 1970). */
  people: ReadonlyMap<string, number>;
  shared: boolean;
}

export interface DeviceStates {
  /** Those that are known; a device nobody ever signed in on is none of them. */
  load(devices: readonly string[]): Promise<Map<string, DeviceState>>;
  /** What was committed. */
  keep(states: readonly DeviceState[]): void;
}

const MOST_KNOWN = 50_000;
const NOBODY = 'nobody';

export function deviceStates(store: Store): DeviceStates {
  const known = new Recent<string, DeviceState | typeof NOBODY>(MOST_KNOWN);
  return {
    async load(devices) {
      const found = new Map<string, DeviceState>();
      const asked: string[] = [];
      for (const id of devices) {
        const state = known.get(id);
        if (state === undefined) asked.push(id);
        else if (state !== NOBODY) found.set(id, state);
      }
      if (asked.length === 0) return found;
      const { rows } = await sql<Omit<DeviceState, 'people'> & { people: Record<string, number> }>`
        select d.device_id as id, d.source_id as "sourceId", d.anonymous_id as "anonymousId", d.turns, d.shared,
               (select coalesce(jsonb_object_agg(p.record_id, extract(epoch from p.first_seen) * 1000), '{}')
                  from event_device_person p where p.device_id = d.device_id) as people
          from event_device d where d.device_id = any(${asked}::uuid[])`.execute(store.db);
      for (const { people, ...row } of rows) {
        const state = { ...row, people: new Map(Object.entries(people).map(([record, at]) => [record, Number(at)])) };
        known.set(row.id, state);
        found.set(row.id, state);
      }
      for (const id of asked) if (!found.has(id)) known.set(id, NOBODY);
      return found;
    },
    keep(states) {
      for (const state of states) known.set(state.id, state);
    },
  };
}

/** Under which record what nobody signed on a device at that moment is kept: the device's own while it is nobody's. */
export function recordOn(state: DeviceState | undefined, device: string, at: number): string {
  if (!state || state.shared) return device;
  return ownerAt(state.turns, at) ?? device;
}

export async function saveDevices(tx: Transaction, states: readonly DeviceState[]): Promise<void> {
  if (states.length === 0) return;
  const devices = states.map(({ people, ...state }) => ({ ...state, people: people.size }));
  const people = states.flatMap(({ id, people: seen }) =>
    [...seen].map(([record, at]) => ({ id, record, at: new Date(at).toISOString() })),
  );
  await sql`
    insert into event_device as d (device_id, source_id, anonymous_id, turns, people, shared)
    select id, "sourceId", "anonymousId", turns, people, shared
      from jsonb_to_recordset(${JSON.stringify(devices)}::jsonb)
           as s(id uuid, "sourceId" uuid, "anonymousId" text, turns jsonb, people integer, shared boolean)
    on conflict (device_id) do update
      set turns = excluded.turns, people = excluded.people, shared = excluded.shared, changed_at = now()`.execute(tx);
  await sql`
    insert into event_device_person as p (device_id, record_id, first_seen)
    select id, record, at from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as s(id uuid, record uuid, at timestamptz)
    on conflict (device_id, record_id) do update set first_seen = excluded.first_seen where p.first_seen <> excluded.first_seen`.execute(
    tx,
  );
}
