// What visitors choose in the banner: context.consent.categoryPreferences of the Segment spec. Pure.
import { type Call, isObject, type Json } from '../read/call.ts';

/** By category whether they said yes. @param context of the event. */
export function preferencesOf({ consent }: Json): Record<string, boolean> | undefined {
  if (!isObject(consent) || !isObject(consent.categoryPreferences)) return undefined;
  const said: Record<string, boolean> = {};
  for (const [category, choice] of Object.entries(consent.categoryPreferences))
    if (typeof choice === 'boolean' && category !== '' && category.length <= MOST_CATEGORY) said[category] = choice;
  return said;
}
const MOST_CATEGORY = 60;

/** A choice somebody who is known made, by when. */
export interface Statement {
  record: string;
  purpose: string;
  granted: boolean;
  /** Milliseconds since 1970. */
  at: number;
  messageId: string;
}

const PREFERENCE_EVENT = /^segment consent preference( updated)?$/i;

/** What the call says for good: identify, and the event that consent managers send when the choice changes. */
export function statementsOf(call: Call, record: string): Statement[] {
  const tells = call.type === 'identify' || (call.type === 'track' && PREFERENCE_EVENT.test(call.name));
  const said = tells ? call.preferences : undefined;
  if (!said) return [];
  return Object.entries(said).map(([purpose, granted]) => ({ record, purpose, granted, at: call.at, messageId: call.messageId }));
}
