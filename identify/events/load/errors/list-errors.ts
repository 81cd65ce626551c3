import { seesPersonal } from '@vinculo/customer-file';
import { notFound } from '@vinculo/errors';
import { decodeCursor, toPage } from '@vinculo/http';
import type { Actor, Store } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { EventError, EventErrorCounts, EventErrorDetail, EventErrorFilter } from '../../api/load.ts';

export type Filter = z.infer<typeof EventErrorFilter>;
type Shown = z.infer<typeof EventError>;

interface Row {
  id: string;
  source_id: string;
  label: string | null;
  message_id: string;
  type: string;
  name: string;
  reason: Shown['reason'];
  field: string;
  value: string;
  received_at: Date;
  times: number;
  state: Shown['state'];
  changed_at: Date;
}

const COLUMNS = sql`
  e.id, e.source_id, s.label, e.message_id, e.type, e.name, e.reason, e.field, e.value, e.received_at, e.times, e.state, e.changed_at`;

/** The rejected events a filter finds. */
export const found = ({ source, reason, state }: Filter): RawBuilder<unknown> => sql`
  e.state = ${state ?? 'open'}
  and (${source ?? null}::uuid is null or e.source_id = ${source ?? null}) and (${reason ?? null}::text is null or e.reason = ${reason ?? null})`;

/** Newest first; open ones unless another state is asked for. */
export async function listErrors(
  store: Store,
  actor: Actor,
  { cursor, limit, ...filter }: Filter & { cursor?: string; limit: number },
): Promise<{ items: Shown[]; next: string | null }> {
  const before = decodeCursor(cursor, 2) as [string, string] | undefined;
  const { rows } = await sql<Row>`
    select ${COLUMNS} from event_error e left join source s on s.id = e.source_id
     where ${found(filter)}
       and (${before?.[0] ?? null}::timestamptz is null
            or (e.received_at, e.id) < (${before?.[0] ?? null}::timestamptz, ${before?.[1] ?? null}::uuid))
     order by e.received_at desc, e.id desc limit ${limit + 1}`.execute(store.db);
  const { items, next } = toPage(rows, limit, (row) => [row.received_at.toISOString(), row.id]);
  return { items: items.map((row) => shown(row, actor)), next };
}

/** How many there are for each reason, the most frequent first. */
export async function countErrors(store: Store, { source, state }: Filter): Promise<z.infer<typeof EventErrorCounts>> {
  const { rows } = await sql<{ reason: Shown['reason']; count: number }>`
    select e.reason, count(*) as count from event_error e where ${found({ source, state })} group by e.reason order by count desc, e.reason`.execute(
    store.db,
  );
  return { total: rows.reduce((sum, { count }) => sum + count, 0), reasons: rows };
}

/** @throws VIN_EVENT_ERROR_NOT_FOUND */
export async function showError(store: Store, actor: Actor, id: string): Promise<z.infer<typeof EventErrorDetail>> {
  const { rows } = await sql<Row & { body: unknown }>`
    select ${COLUMNS}, e.body from event_error e left join source s on s.id = e.source_id where e.id = ${id}`.execute(store.db);
  if (!rows[0]) throw notFound('event_error', id);
  return { ...shown(rows[0], actor), body: seesPersonal(actor) ? rows[0].body : null };
}

function shown(row: Row, actor: Actor): Shown {
  const { id, type, name, reason, field, value, times, state } = row;
  return {
    id,
    sourceId: row.source_id,
    sourceLabel: row.label ?? '',
    messageId: row.message_id,
    type,
    name,
    reason,
    field,
    value: value === '' || seesPersonal(actor) ? value : '•••',
    receivedAt: row.received_at.toISOString(),
    times,
    state,
    changedAt: row.changed_at.toISOString(),
  };
}
