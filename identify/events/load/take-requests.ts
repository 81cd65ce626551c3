import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { Request } from './read/open-request.ts';

/** What a round takes at most, so that memory stays flat and nobody waits long for the process. */
const MOST = { rows: 8_000, bytes: 16 * 2 ** 20, events: 24_000 };

/** How often it is looked from the beginning: what another process wrote may be there later than what came after it. */
const WHOLE_LOOK_MS = 2_000;

/**
 * Takes the oldest of what waits; it stays in the inbox until its round is over. Looks behind what the last round took: what was
 * there before leaves thousands of dead entries in the index until they are cleared away.
 */
export function requestsOf(store: Store): { take(): Promise<Request[]> } {
  let passed = 0;
  let looked = -Infinity;
  return {
    async take() {
      const whole = performance.now() - looked > WHOLE_LOOK_MS;
      if (whole) looked = performance.now();
      const { rows } = await store.pool.query<Request>({
        name: 'inbox-take',
        text: `
          select id, source_id, type, received_at, body, replay
            from (select *, row_number() over w as nth, sum(octet_length(body)) over w as bytes, sum(events) over w as total
                    from (select * from inbox where id > $4 order by id limit $1) oldest
                  window w as (order by id)) waiting
           where nth = 1 or (bytes <= $2 and total <= $3)
           order by id`,
        values: [MOST.rows, MOST.bytes, MOST.events, whole ? 0 : passed],
      });
      passed = Math.max(passed, rows.at(-1)?.id ?? 0);
      return rows;
    },
  };
}

/** When rejected events that come again first came, milliseconds since 1970, by their ids. */
export async function firstArrivals(store: Store, requests: readonly Request[]): Promise<Map<string, number>> {
  const ids = requests.flatMap(({ replay }) => replay ?? []);
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; at: Date }>`
    select id, received_at as at from event_error where id = any(${ids}::uuid[])`.execute(store.db);
  return new Map(rows.map(({ id, at }) => [id, at.getTime()]));
}

/** The newest id that waits; 0 where nothing does. */
export async function lastRequest(store: Store): Promise<number> {
  const { rows } = await sql<{ id: number | null }>`select max(id) as id from inbox`.execute(store.db);
  return rows[0]!.id ?? 0;
}
