import { recordId } from '@vinculo/postgres';
import { deviceKey, type TiedEvent } from '../consent/tie-events.ts';
import type { DeviceState } from '../devices/device-states.ts';
import { fieldsOfGroup, fieldsOfTraits } from './fields.ts';
import type { PersonKind, PersonTold } from './tell-people.ts';

/** Everybody a round tells of: people, the companies they are in, and devices on which somebody left an e-mail without an account. */
export function peopleTold(events: readonly TiedEvent[], devices: ReadonlyMap<string, DeviceState>): Iterable<PersonTold> {
  const people = new Map<string, PersonTold>();
  const person = (record: string, sourceId: string, kind: PersonKind, key: string, at: number): PersonTold => {
    let told = people.get(record);
    if (!told) people.set(record, (told = { record, sourceId, kind, key, firstSeen: at, fields: [], group: undefined }));
    if (at < told.firstSeen) told.firstSeen = at;
    return told;
  };
  for (const { call, tied, record, device } of events) {
    if (!tied) continue;
    const { sourceId, at, type, traits } = call;
    const own = record === undefined ? undefined : person(record, sourceId, 'person', call.userId!, at);
    if (type === 'identify') {
      const fields = fieldsOfTraits(traits);
      if (fields.size === 0) continue;
      if (own) own.fields.push({ told: fields, at });
      else if (device !== undefined && !devices.get(device)?.shared)
        person(device, sourceId, 'device', deviceKey(call.anonymousId!), at).fields.push({ told: fields, at });
    } else if (type === 'group') {
      const key = `group:${call.groupId!}`;
      const company = person(recordId(sourceId, key), sourceId, 'company', key, at);
      const fields = fieldsOfGroup(traits);
      if (fields.size > 0) company.fields.push({ told: fields, at });
      if (own && (!own.group || own.group.at <= at)) own.group = { record: company.record, at };
    }
  }
  return people.values();
}
