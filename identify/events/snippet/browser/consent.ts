// What the visitor allows, by category: `analytics` to be followed, `personalise` to be greeted.
import type { Settings } from './settings.ts';
import { LONGEST_MS, readShared, writeShared } from './storage.ts';

export type Choice = Record<string, boolean>;

const KEY = 'vinculo_consent';

/** What they chose; undefined until they do, and again after 13 months. */
export function choice(): Choice | undefined {
  try {
    const { at, chosen } = JSON.parse(readShared(KEY)!) as { at: number; chosen: Choice };
    return Date.now() - at < LONGEST_MS ? chosen : undefined;
  } catch {
    return undefined;
  }
}

/** Adds to what they chose before. Anything but true and false is no choice. */
export function choose(wish: Record<string, unknown>): Choice {
  const chosen: Choice = { ...choice() };
  for (const category of Object.keys(wish)) {
    const answer = wish[category];
    if (answer === true || answer === false) chosen[category] = answer;
  }
  writeShared(KEY, JSON.stringify({ at: Date.now(), chosen }));
  return chosen;
}

/** Whether events may leave; undefined: they wait in this page until the visitor has chosen. */
export function allowed({ asks, category }: Settings): boolean | undefined {
  const answer = (choice() || {})[category];
  return answer === undefined && !asks ? true : answer;
}
