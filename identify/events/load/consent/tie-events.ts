// Which events may be tied to a person or a device, and to whom.
import { recordId } from '@vinculo/postgres';
import type { ReadEvent } from '../read/read-round.ts';
import type { SourceSettings } from '../source-settings.ts';
import { preferencesOf, type Statement, statementsOf } from './preferences.ts';
import type { Refusals } from './refusals.ts';

export interface TiedEvent extends ReadEvent {
  /** False without consent: a statistic, of nobody. */
  tied: boolean;
  /** The record of the person it names. */
  record: string | undefined;
  device: string | undefined;
}

export interface TiedRound {
  events: TiedEvent[];
  statements: Statement[];
}

/** Keyed like a record, so that it can become one when somebody leaves an e-mail on it and never signs in. */
export const deviceKey = (anonymousId: string): string => `device:${anonymousId}`;

/**
 * Asks each event and the desk. A refusal on the desk holds whatever the browser says: it may have been given by phone; it ends with the
 * next yes that is written down.
 */
export async function tieEvents(
  read: readonly ReadEvent[],
  settings: (source: string) => SourceSettings,
  refusals: Refusals,
): Promise<TiedRound> {
  const ids = new Map<string, string>();
  const idOf = (source: string, key: string): string => {
    const name = `${source}\n${key}`;
    let id = ids.get(name);
    if (id === undefined) ids.set(name, (id = recordId(source, key)));
    return id;
  };
  const statements: Statement[] = [];
  const byPurpose = new Map<string, Set<string>>();
  const events = read.map((event): TiedEvent => {
    const { call } = event;
    const { category, consent } = settings(call.sourceId);
    const record = call.userId === undefined ? undefined : idOf(call.sourceId, call.userId);
    const device = call.anonymousId === undefined ? undefined : idOf(call.sourceId, deviceKey(call.anonymousId));
    if (record !== undefined) {
      statements.push(...statementsOf(call, record));
      const asked = byPurpose.get(category);
      if (asked) asked.add(record);
      else byPurpose.set(category, new Set([record]));
    }
    const choice = preferencesOf(call)?.[category];
    return { ...event, record, device, tied: consent === 'given' ? choice === true : choice !== false };
  });
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
  return { events, statements };
}
