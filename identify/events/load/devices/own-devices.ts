// Whose the devices of a round are. Most of what comes says nothing new; where it does, everything ever told of the device decides.
import type { WarehouseOfThread } from '@vinculo/warehouse';
import { SIGNED_OUT } from '../read/spec-names.ts';
import type { DeviceState } from './device-states.ts';
import { isKnown, peopleOf, type Point, signOut, turnsOf } from './turns.ts';

/** A device as a round saw it. */
export interface SeenDevice {
  id: string;
  sourceId: string;
  anonymousId: string;
  /** When somebody said who they are on it, or signed out. */
  points: Point[];
}

export interface OwnedDevices {
  /** Of all devices of the round that are not just anybody's, as they are now. */
  states: Map<string, DeviceState>;
  /** Those that changed: what nobody signed on them may be somebody else's now. */
  changed: DeviceState[];
  /** Of those, the ones that something was written of before. */
  earlier: ReadonlySet<string>;
}

/**
 * @param known what the desk knows of the devices.
 * @param limit how many people may use a device of that source.
 * @param careful whether a round that died may have written some of this already, in other company.
 */
export async function ownDevices(
  warehouse: WarehouseOfThread,
  seen: readonly SeenDevice[],
  known: ReadonlyMap<string, DeviceState>,
  limit: (source: string) => number,
  careful: boolean,
): Promise<OwnedDevices> {
  const states = new Map(known);
  const asked = seen.filter((device) => saysMore(device, known.get(device.id), limit));
  if (asked.length === 0) return { states, changed: [], earlier: new Set() };
  const fresh = careful ? [] : asked.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  const unseen = await withoutEarlier(warehouse, fresh);
  const before = asked.filter(({ id }) => !unseen.has(id));
  const earlier = await earlierPoints(warehouse, before, known);
  const changed = asked.map((device): DeviceState => {
    const points = [...(earlier.get(device.id) ?? []), ...device.points];
    const people = new Map(known.get(device.id)?.people);
    for (const [at, record] of points) if (record !== null) people.set(record, Math.min(at, people.get(record) ?? at));
    const { id, sourceId, anonymousId } = device;
    return { id, sourceId, anonymousId, turns: turnsOf(points), people, shared: people.size > limit(sourceId) };
  });
  for (const state of changed) states.set(state.id, state);
  return { states, changed, earlier: new Set(before.map(({ id }) => id)) };
}

/** Those of whom the warehouse knows nothing: most who sign in on a device do so with the first that is heard of it. */
async function withoutEarlier(warehouse: WarehouseOfThread, devices: readonly string[]): Promise<Set<string>> {
  const without = new Set(devices);
  for (const some of chunks(devices, LOOKED_UP_AT_ONCE)) {
    const rows = await warehouse.rows<{ id: string }>(
      `select distinct toString(record_id) as id from event where record_id in {devices:Array(UUID)}
       union all
       select distinct toString(device_id) from identification where device_id in {devices:Array(UUID)}`,
      { devices: some },
      FEW_ROWS,
    );
    for (const { id } of rows) without.delete(id);
  }
  return without;
}
const LOOKED_UP_AT_ONCE = 2_000;
/** Found by their key: to share them out between threads costs more than to read them. */
export const FEW_ROWS = { settings: { max_threads: 1 } };

function saysMore({ sourceId, points }: SeenDevice, known: DeviceState | undefined, limit: (source: string) => number): boolean {
  // Whoever signs out of a device on which nobody ever signed in says nothing.
  if (!known) return peopleOf(points).size > 0;
  return known.shared !== known.people.size > limit(sourceId) || points.some((point) => !isKnown(known.turns, point));
}

/** Everything the warehouse knows of who was on these devices and when. */
async function earlierPoints(
  warehouse: WarehouseOfThread,
  devices: readonly SeenDevice[],
  known: ReadonlyMap<string, DeviceState>,
): Promise<Map<string, Point[]>> {
  const points = new Map<string, Point[]>();
  for (const some of chunks(devices, AT_ONCE)) {
    const ids = some.map(({ id }) => id);
    const records = [...new Set([...ids, ...some.flatMap((device) => everybodyOn(device, known.get(device.id)))])];
    const rows = await warehouse.rows<{ device: string; at: number; record: string | null }>(
      `select toString(device_id) as device, toUnixTimestamp64Milli(occurred_at) as at, if(anonymous = 1, null, toString(record_id)) as record
         from event final
        where record_id in {records:Array(UUID)} and device_id in {devices:Array(UUID)} and anonymous = 0
       union all
       select toString(device_id), toUnixTimestamp64Milli(occurred_at) + 1, null
         from event final
        where record_id in {records:Array(UUID)} and device_id in {devices:Array(UUID)} and name = {out:String}
       union all
       select toString(device_id), toUnixTimestamp64Milli(occurred_at), toString(record_id)
         from identification final where device_id in {devices:Array(UUID)}`,
      { records, devices: ids, out: SIGNED_OUT },
      FEW_ROWS,
    );
    for (const { device, at, record } of rows) {
      const told = points.get(device);
      if (told) told.push([at, record]);
      else points.set(device, [[at, record]]);
    }
  }
  return points;
}

/** Everybody under whose record events of the device may be. */
export function everybodyOn(device: SeenDevice, known: DeviceState | undefined): string[] {
  return [...new Set([...(known?.people.keys() ?? []), ...peopleOf(device.points)])];
}

/** So many that their ids fit into the parameters of a statement. */
export const AT_ONCE = 500;

export function* chunks<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let n = 0; n < list.length; n += size) yield list.slice(n, n + size);
}

export { signOut };
