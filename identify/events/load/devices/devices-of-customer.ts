// The devices of a customer: since when, how much of what was done on them is theirs, and who else uses them.
import { findCustomer, seesPersonal } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Device, DevicePerson } from '../../api/load.ts';
import { DEFAULTS } from '../source-settings.ts';
import type { Turn } from './turns.ts';

interface DeviceRow {
  id: string;
  source_id: string;
  label: string | null;
  anonymous_id: string;
  turns: Turn[];
  people: number;
  shared: boolean;
  limit: number | null;
}

interface PersonRow {
  device_id: string;
  record_id: string;
  key: string | null;
  customer_id: string | null;
  customer_name: string | null;
  first_seen: Date;
  joined_at: Date;
}

interface Figures {
  device: string;
  record: string;
  first: string;
  last: string;
  events: number;
  anonymous: number;
}

/** More devices than somebody looks at. */
const MOST = 100;

/** Last used first. @throws VIN_CUSTOMER_NOT_FOUND */
export async function devicesOfCustomer({ store, warehouse }: Context, actor: Actor, id: string): Promise<z.infer<typeof Device>[]> {
  const { customer } = await findCustomer(store, id);
  const { rows: links } = await sql<{ record_id: string }>`
    select record_id from link where customer_id = ${customer.id} and valid_to is null`.execute(store.db);
  const records = links.map(({ record_id: record }) => record);
  const { rows: devices } = await sql<DeviceRow>`
    select d.device_id as id, d.source_id, s.label, d.anonymous_id, d.turns, d.people, d.shared, e.device_people as limit
      from event_device d left join source s on s.id = d.source_id left join event_source e on e.source_id = d.source_id
     where d.device_id in (select device_id from event_device_person where record_id = any(${records}::uuid[]))
     order by d.changed_at desc limit ${MOST}`.execute(store.db);
  if (devices.length === 0) return [];
  const ids = devices.map((device) => device.id);
  const [{ rows: people }, figures] = await Promise.all([
    sql<PersonRow>`
      select p.device_id, p.record_id, t.key, c.id as customer_id, c.display_name as customer_name, p.first_seen, p.joined_at
        from event_device_person p
        left join event_person t on t.record_id = p.record_id
        left join link l on l.record_id = p.record_id and l.valid_to is null
        left join customer c on c.id = l.customer_id
       where p.device_id = any(${ids}::uuid[]) order by p.first_seen, p.record_id`.execute(store.db),
    warehouse.rows<Figures>(
      `select toString(device_id) as device, toString(record_id) as record, min(occurred_at) as first, max(occurred_at) as last,
              count() as events, countIf(anonymous = 1) as anonymous
         from event final where record_id in {records:Array(UUID)} and device_id in {ids:Array(UUID)} group by device_id, record_id`,
      { records, ids },
    ),
  ]);
  const mine = new Set(records);
  const shown = devices.map((device): z.infer<typeof Device> => {
    const here = people.filter((person) => person.device_id === device.id);
    const done = figures.filter((one) => one.device === device.id);
    const person = (row: PersonRow): z.infer<typeof DevicePerson> => ({
      recordId: row.record_id,
      customerId: row.customer_id,
      customerName: row.customer_name,
      key: seesPersonal(actor) ? (row.key ?? '') : '•••',
      firstSeen: row.first_seen.toISOString(),
      joinedAt: row.joined_at.toISOString(),
      joined: done.find((one) => one.record === row.record_id)?.anonymous ?? 0,
    });
    const own = here.filter((row) => mine.has(row.record_id));
    const times = [
      ...own.map((row) => row.first_seen.getTime()),
      ...done.flatMap(({ first, last }) => [Date.parse(first), Date.parse(last)]),
    ];
    return {
      id: device.id,
      sourceId: device.source_id,
      sourceLabel: device.label ?? '',
      anonymousId: device.anonymous_id,
      firstSeen: new Date(Math.min(...times)).toISOString(),
      lastSeen: new Date(Math.max(...times)).toISOString(),
      events: sum(done, ({ events }) => events),
      anonymousEvents: sum(done, ({ anonymous }) => anonymous),
      shared: device.shared,
      people: device.people,
      limit: device.limit ?? DEFAULTS.devicePeople,
      current: device.shared ? null : (device.turns.at(-1)?.[1] ?? null),
      own: own.map(person),
      others: here.filter((row) => !mine.has(row.record_id)).map((row) => ({ ...person(row), joined: 0 })),
    };
  });
  return shown.toSorted((a, b) => (a.lastSeen < b.lastSeen ? 1 : -1));
}

const sum = <T>(list: readonly T[], of: (one: T) => number) => list.reduce((total, one) => total + of(one), 0);
