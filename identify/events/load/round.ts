// A round of the loader: from what waits in the inbox to facts and people. Killed anywhere, the next does the same again with the same
// result; what waits goes with the last step.
import { Readable } from 'node:stream';
import type { WarehouseOfThread } from '@vinculo/warehouse';
import { deviceKey, tieEvents, type TiedEvent } from './consent/tie-events.ts';
import { refusals } from './consent/refusals.ts';
import { deviceStates, recordOn } from './devices/device-states.ts';
import { moveEvents } from './devices/move-events.ts';
import { ownDevices } from './devices/own-devices.ts';
import { seenDevices } from './devices/seen-devices.ts';
import { eventRow, identificationRow } from './event-rows.ts';
import { type FactWriter, saveOrders, type TouchedOrder } from './orders/save-orders.ts';
import { peopleTold } from './people/people-told.ts';
import { knownPeople } from './people/tell-people.ts';
import { knownProducts } from './products/complete-products.ts';
import { readRound } from './read/read-round.ts';
import { namesTold } from '../snippet/device-names.ts';
import { settle } from './settle.ts';
import { sourceSettings } from './source-settings.ts';
import { firstArrivals, lastRequest, requestsOf } from './take-requests.ts';
import { recordId, type Store } from '@vinculo/postgres';

export interface RoundFigures {
  requests: number;
  events: number;
  rejected: number;
}

export interface Rounds {
  /** Loads what waits, as much as one round takes. @param currency where an event says none. */
  next(currency: string): Promise<RoundFigures>;
}

const NOTHING: RoundFigures = { requests: 0, events: 0, rejected: 0 };

export interface RoundStores {
  store: Store;
  warehouse: WarehouseOfThread;
  facts: FactWriter;
}

/**
 * Remembers what it saw of the stores: after a failure, or when somebody else had the turn, begin with new ones.
 *
 * @param owner of the loader's turn: nothing is settled in anybody else's.
 */
export function rounds(stores: RoundStores, owner: string): Rounds {
  const { store, warehouse, facts } = stores;
  const inbox = requestsOf(store);
  const settings = sourceSettings(store);
  const refused = refusals(store);
  const devices = deviceStates(store);
  const people = knownPeople();
  const products = knownProducts(warehouse);
  let last = 0;
  /** Up to this request of the inbox a round that died, of this process or another, may have written something. */
  let doubtful: number | undefined;

  return {
    async next(currency) {
      doubtful ??= await lastRequest(store);
      const requests = await inbox.take();
      if (requests.length === 0) return NOTHING;
      const settingsOf = await settings.read();
      const { events, rejected } = readRound(requests, await firstArrivals(store, requests), currency);
      const statements = await tieEvents(events, settingsOf, refused);

      last = Math.max(Date.now(), last + 1);
      const at = new Date(last);
      const version = last * 1_000;
      const seen = seenDevices(events);
      const known = await devices.load([...seen.keys()]);
      const limit = (source: string) => settingsOf(source).devicePeople;
      const { states, changed, earlier } = await ownDevices(warehouse, [...seen.values()], known, limit, requests[0]!.id <= doubtful);
      const moved = await moveEvents(
        warehouse,
        changed.filter(({ id }) => earlier.has(id)),
        version,
      );

      const records = new Set(moved.records);
      let visits = 0;
      const orders = new Map<string, TouchedOrder>();
      const touch = (sourceId: string, orderKey: string): TouchedOrder => {
        const id = `${sourceId}\n${orderKey}`;
        let order = orders.get(id);
        if (!order) orders.set(id, (order = { sourceId, orderKey, told: {} }));
        return order;
      };
      for (const { sourceId, orderKey } of moved.orders) touch(sourceId, orderKey);
      const eventRows: object[] = [];
      const identifications: object[] = [];
      for (const event of events) {
        const { call, visit, order, tied, record, device } = event;
        if (visit) {
          const under = record ?? recordOn(states.get(device!), device!, call.at);
          eventRows.push(eventRow(event, under, version));
          if (tied) records.add(under);
          visits++;
        } else {
          for (const on of devicesNamed(event)) identifications.push(identificationRow(event, on, version));
        }
        if (order && tied) {
          const { orderKey, told } = order;
          touch(call.sourceId, orderKey).told[call.messageId] = {
            ...told,
            ...(record === undefined ? {} : { record }),
            ...(device === undefined ? {} : { device }),
          };
        }
      }

      const ownersOf = async (places: readonly (readonly [string, number])[]): Promise<string[]> => {
        const asked = places.map(([device]) => device).filter((device) => !states.has(device));
        const others = await devices.load(asked);
        return places.map(([device, when]) => recordOn(states.get(device) ?? others.get(device), device, when));
      };
      const bought = await saveOrders({ warehouse, facts, currency, at, ownersOf }, [...orders.values()]);
      for (const record of bought.records) records.add(record);
      await products.complete(
        events.flatMap(({ visit }) => visit?.said ?? []),
        at,
      );
      await insertRows(warehouse, 'identification', identifications);
      await insertRows(warehouse, 'event', eventRows);

      const telling = people.telling(peopleTold(events, states));
      await settle(store, owner, {
        requests: requests.map(({ id }) => id),
        people: telling,
        devices: changed,
        names: namesTold(events),
        statements,
        aliases: events.flatMap(aliasOf),
        rejected,
        replayed: events.flatMap(({ call }) => call.replays ?? []),
        records: [...records],
        bought: bought.records,
        kinds: [
          ...(visits > 0 || moved.records.length > 0 ? (['event'] as const) : []),
          ...(bought.records.length > 0 ? (['purchase'] as const) : []),
          ...(bought.redeemed ? (['redemption'] as const) : []),
        ],
      });
      devices.keep(changed);
      people.keep(telling);
      if (statements.length > 0) refused.forget(statements.map(({ record }) => record));
      return { requests: requests.length, events: events.length, rejected: rejected.length };
    },
  };
}

/** The devices on which a call says who somebody is: its own, and the one an alias names; none where it came from a server. */
function devicesNamed({ call, device }: TiedEvent): (string | undefined)[] {
  if (call.type !== 'alias') return [device];
  const previous = recordId(call.sourceId, deviceKey(call.previousId!));
  return device === undefined || device === previous ? [previous] : [device, previous];
}

function aliasOf({ call, tied, record }: TiedEvent) {
  if (call.type !== 'alias' || !tied || record === undefined) return [];
  const { sourceId, messageId, at } = call;
  return [{ previous: recordId(sourceId, call.previousId!), record, sourceId, messageId, at }];
}

/** So many go the quick way for few; more as lines in one piece. */
const FEW = 300;

async function insertRows(warehouse: WarehouseOfThread, table: string, rows: object[]): Promise<void> {
  if (rows.length <= FEW) return warehouse.insert(table, rows);
  let lines = '';
  for (const row of rows) lines += `${JSON.stringify(row)}\n`;
  await warehouse.insertStream(table, Readable.from([Buffer.from(lines)]), 'JSONEachRow', ONE_THREAD);
}

/** A few thousand rows are not worth sharing out. */
const ONE_THREAD = { max_threads: 1, max_insert_threads: 1, input_format_parallel_parsing: 0 };
