// What was told and not yet acknowledged. It is kept until the server says that it has it: through a page change, a lost connection, a closed
// browser. It may then be sent twice; the server knows a messageId that it has seen.
import type { Settings } from './settings.ts';
import { keysOf, read, remove, write } from './storage.ts';

const PREFIX = 'vinculo_event_';
/** Events a browser keeps at most; the oldest go first. */
const MOST_KEPT = 300;
/** A request holds at most so many events and characters (the server takes 500 KB)… */
const MOST_SENT = 100;
const MOST_CHARACTERS = 150_000;
/** …or so many when the page is closing: browsers finish at most 64 KB for it. */
const MOST_CHARACTERS_LEAVING = 30_000;
/** The server takes events of up to 32 KB. */
const LARGEST_EVENT = 32_768;
/** Events of one moment leave together. */
const TOGETHER_MS = 200;

export interface Queue {
  /** Sends it soon; with `keep` false it does not survive the page. */
  add(id: string, message: unknown, keep?: boolean): void;
  /** Sends what waits now. */
  flush(leaving?: boolean): void;
  clear(): void;
}

export function createQueue({ key, server }: Settings): Queue {
  const waiting: Record<string, string> = {};
  /** What is under way, and goes on if the page ends. */
  let flying: string[] = [];
  let sending = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function later(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(flush, ms);
  }

  function drop(id: string): void {
    delete waiting[id];
    remove(PREFIX + id);
  }

  function flush(leaving?: boolean | void): void {
    if (sending && leaving !== true) return;
    const most = leaving === true ? MOST_CHARACTERS_LEAVING : MOST_CHARACTERS;
    const ids: string[] = [];
    let size = 0;
    for (const id of Object.keys(waiting)) {
      if (flying.indexOf(id) >= 0) continue;
      size += waiting[id]!.length;
      if (ids.length === MOST_SENT || (ids.length && size > most)) break;
      ids.push(id);
    }
    if (!ids.length) return;
    const body = `{"writeKey":${JSON.stringify(key)},"sentAt":"${new Date().toISOString()}","batch":[${ids.map((id) => waiting[id]).join()}]}`;
    const url = `${server}/v1/batch`;
    if (leaving === true && !('keepalive' in Request.prototype)) {
      navigator.sendBeacon(url, body);
      return;
    }
    const keepalive = body.length <= MOST_CHARACTERS_LEAVING * 1.5;
    sending = true;
    if (keepalive) flying = flying.concat(ids);
    void send(url, body, ids, keepalive);
  }

  async function send(url: string, body: string, ids: string[], keepalive: boolean): Promise<void> {
    let pause = 0;
    try {
      // As text it is a simple request: no question to the server beforehand.
      const reply = await fetch(url, { method: 'POST', body, credentials: 'omit', keepalive });
      // Refused for good: the same again would be refused again.
      const refused = reply.status === 400 || reply.status === 413;
      if (refused) console.warn('Vínculo:', reply.status, await reply.text());
      if (reply.ok || refused) {
        ids.forEach(drop);
        flying = flying.filter((id) => ids.indexOf(id) < 0);
        sending = false;
        failures = 0;
        later(0);
        return;
      }
      pause = Number(reply.headers.get('retry-after'));
    } catch {
      // No connection.
    }
    flying = [];
    again(pause || 0);
  }

  /** After one second, two, four… at most a minute, never all visitors at once. */
  function again(seconds: number): void {
    sending = false;
    const wait = Math.min(60, 2 ** failures++) * (0.5 + Math.random() / 2);
    later(Math.max(wait, seconds) * 1000);
  }

  const left = keysOf(PREFIX);
  left.forEach((name) => {
    waiting[name.slice(PREFIX.length)] = read(name)!;
  });
  if (left.length) later(TOGETHER_MS);

  addEventListener('online', () => {
    failures = 0;
    flush();
  });
  addEventListener('pagehide', () => flush(true));
  addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && flush(true));

  return {
    add(id, message, keep = true) {
      const text = JSON.stringify(message);
      if (new Blob([text]).size > LARGEST_EVENT) {
        console.warn('Vínculo: an event larger than 32 KB was not sent.');
        return;
      }
      waiting[id] = text;
      if (keep) write(PREFIX + id, text);
      const ids = Object.keys(waiting);
      if (ids.length > MOST_KEPT) drop(ids[0]!);
      if (!sending && !failures) later(TOGETHER_MS);
    },
    flush,
    clear: () => Object.keys(waiting).forEach(drop),
  };
}
