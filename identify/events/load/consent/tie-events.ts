// Which events may be tied to a person or a device, and to whom.
import { recordId } from '@vinculo/postgres';
import type { ReadEvent } from '../read/read-round.ts';
import type { SourceSettings } from '../source-settings.ts';
import { type Statement, statementsOf } from './preferences.ts';
import type { Refusals } from './refusals.ts';

/** An event of which is known whether it may be tied, and to whom. */
export type TiedEvent = ReadEvent;

/** Most people and devices come many times in a round. */
function once(ids: Map<string, string>, name: string, make: () => string): string {
  let id = ids.get(name);
  if (id === undefined) ids.set(name, (id = make()));
  return id;
}

/** Keyed like a record, so that it can become one when somebody leaves an e-mail on it and never signs in. */
export const deviceKey = (anonymousId: string): string => `device:${anonymousId}`;

/**
 * Finds of each event whether it may be tied and to whom, and gives the choices they tell. Asks the event and the desk. A refusal on the desk holds whatever the browser says: it may have been given by phone; it ends with the
 * next yes that is written down.
 */
export async function tieEvents(
  events: readonly ReadEvent[],
  settings: (source: string) => SourceSettings,
  refusals: Refusals,
): Promise<Statement[]> {
  const bySource = new Map<string, { people: Map<string, string>; devices: Map<string, string> }>();
  const idsOf = (source: string) => {
    let ids = bySource.get(source);
    if (!ids) bySource.set(source, (ids = { people: new Map(), devices: new Map() }));
    return ids;
  };
  const statements: Statement[] = [];
  const byPurpose = new Map<string, Set<string>>();
  for (const event of events) {
    const { call } = event;
    const { category, consent } = settings(call.sourceId);
    const { people, devices } = idsOf(call.sourceId);
    const { userId, anonymousId, sourceId } = call;
    const record = userId === undefined ? undefined : once(people, userId, () => recordId(sourceId, userId));
    const device = anonymousId === undefined ? undefined : once(devices, anonymousId, () => recordId(sourceId, deviceKey(anonymousId)));
    if (record !== undefined) {
      statements.push(...statementsOf(call, record));
      const asked = byPurpose.get(category);
      if (asked) asked.add(record);
      else byPurpose.set(category, new Set([record]));
    }
    const choice = call.preferences?.[category];
    event.record = record;
    event.device = device;
    event.tied = consent === 'given' ? choice === true : choice !== false;
  }
  // What is said here and now is the newest word.
  const newest = new Map<string, Statement>();
  for (const statement of statements) {
    const what = `${statement.purpose}\n${statement.record}`;
    if ((newest.get(what)?.at ?? -Infinity) <= statement.at) newest.set(what, statement);
  }
  for (const [purpose, records] of byPurpose) {
    const refused = await refusals.of(purpose, [...records]);
    for (const event of events) {
      if (!event.tied || event.record === undefined || settings(event.call.sourceId).category !== purpose) continue;
      const now = newest.get(`${purpose}\n${event.record}`);
      if (now ? !now.granted && now.at <= event.call.at : refused.has(event.record)) event.tied = false;
    }
  }
  return statements;
}
