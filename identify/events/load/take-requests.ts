import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { Request } from './read/open-request.ts';

/** What a round takes at most, so that memory stays flat and nobody waits long for the process. */
const MOST = { rows: 8_000, bytes: 16 * 2 ** 20, events: 24_000 };

/** The oldest of what waits. It stays in the inbox until the round is over. */
export async function takeRequests(store: Store): Promise<Request[]> {
  const { rows } = await store.pool.query<Request>({
    name: 'inbox-take',
    text: `
      select i.id, i.source_id, i.type, i.received_at, i.body, i.replay
        from (select id, row_number() over w as nth, sum(size) over w as bytes, sum(events) over w as events
                from (select id, events, octet_length(body) as size from inbox order by id limit $1) oldest
              window w as (order by id)) waiting
        join inbox i on i.id = waiting.id
       where waiting.nth = 1 or (waiting.bytes <= $2 and waiting.events <= $3)
       order by i.id`,
    values: [MOST.rows, MOST.bytes, MOST.events],
  });
  return rows;
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
