import { recordId } from '@vinculo/postgres';
import { deviceKey, type TiedEvent } from '../consent/tie-events.ts';
import { SIGNED_OUT } from '../read/spec-names.ts';
import type { SeenDevice } from './own-devices.ts';
import { signOut } from './turns.ts';

/** The devices of a round, with who said on them when that they are who they are. */
export function seenDevices(events: readonly TiedEvent[]): Map<string, SeenDevice> {
  const seen = new Map<string, SeenDevice>();
  const see = (id: string, sourceId: string, anonymousId: string): SeenDevice => {
    let device = seen.get(id);
    if (!device) seen.set(id, (device = { id, sourceId, anonymousId, points: [] }));
    return device;
  };
  for (const { call, tied, record, device } of events) {
    if (!tied) continue;
    const { sourceId, at } = call;
    if (device !== undefined) {
      const on = see(device, sourceId, call.anonymousId!);
      if (record !== undefined) on.points.push([at, record]);
      if (call.name === SIGNED_OUT) on.points.push(signOut(at));
    }
    // To a browser an alias says what identify does; whether the id was a browser's, only its events tell.
    if (call.type === 'alias' && record !== undefined)
      see(recordId(sourceId, deviceKey(call.previousId!)), sourceId, call.previousId!).points.push([at, record]);
  }
  return seen;
}
