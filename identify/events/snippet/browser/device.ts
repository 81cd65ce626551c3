// Who this browser is, under the names that analytics.js uses: a site that comes from Segment keeps its visitors.
import { LONGEST_MS, readShared, removeShared, write, writeShared } from './storage.ts';

const ANONYMOUS = 'ajs_anonymous_id';
const USER = 'ajs_user_id';
const SINCE = 'vinculo_since';
/** What analytics.js leaves besides. Ours keeps no traits in the browser. */
const LEFT_BY_OTHERS = ['ajs_user_traits', 'ajs_group_id', 'ajs_group_properties'];

/** Analytics.js keeps texts as JSON in localStorage, and bare in cookies. */
function plain(kept: string | undefined): string | undefined {
  if (!kept || kept === 'null') return undefined;
  try {
    return kept[0] === '"' ? String(JSON.parse(kept)) : kept;
  } catch {
    return kept;
  }
}

/** RFC 9562, version 4. `crypto.randomUUID` is not there on pages without https. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  return Array.from(bytes, (byte, at) => (/^(4|6|8|10)$/.test(`${at}`) ? '-' : '') + (byte + 256).toString(16).slice(1)).join('');
}

/** The id of this browser, if it has one that is not too old. */
export function knownDevice(): string | undefined {
  const since = Number(readShared(SINCE));
  if (since && Date.now() - since > LONGEST_MS) forgetDevice();
  return plain(readShared(ANONYMOUS));
}

/** The id of this browser; it gets one if it has none. The 13 months count from the first time: visits do not draw them out. */
export function device(): string {
  const id = knownDevice() || newId();
  const since = Number(readShared(SINCE)) || Date.now();
  const left = since + LONGEST_MS - Date.now();
  writeShared(SINCE, `${since}`, left);
  writeShared(ANONYMOUS, id, left);
  return id;
}

export function forgetDevice(): void {
  [ANONYMOUS, SINCE, USER].concat(LEFT_BY_OTHERS).forEach(removeShared);
}

export const user = (): string | undefined => plain(readShared(USER));

/** Another person than before is another device too: what one did is never the other's. */
export function signIn(id: string): void {
  const before = user();
  if (before && before !== id) forgetDevice();
  write(USER, JSON.stringify(id));
}
