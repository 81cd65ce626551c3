import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Connection, ConnectionDetail } from '../api/pulls.ts';
import { credentialParts } from '../credentials/credentials.ts';
import { type ConnectionRow, placeOf } from './connection-row.ts';
import { asRun, latestRuns, rowsBrought } from './run-row.ts';

type View = z.infer<typeof Connection>;

/** Connections with how their last run went, in the order given. */
export async function connectionViews(
  { store }: Pick<Context, 'store'>,
  rows: readonly ConnectionRow[],
  language: 'es' | 'en',
): Promise<View[]> {
  const ids = rows.map(({ id }) => id);
  const [runs, brought] = await Promise.all([latestRuns(store.db, ids), rowsBrought(store.db, ids)]);
  return rows.map((row) => {
    const last = runs.get(row.id);
    return {
      id: row.id,
      name: row.name,
      kind: row.kind,
      place: placeOf(row.settings),
      sourceId: row.source_id,
      sourceLabel: row.source_label,
      importKind: row.import_kind,
      schedule: row.schedule,
      enabled: row.enabled,
      nextAt: row.enabled ? (row.next_at?.toISOString() ?? null) : null,
      state: stateOf(row, last?.state),
      failures: row.failures,
      lastRun: last ? asRun(last, language) : null,
      rowsNew: brought.get(row.id) ?? 0,
    };
  });
}

function stateOf(row: ConnectionRow, last: string | undefined): View['state'] {
  if (last === 'running') return 'running';
  if (!row.enabled) return 'paused';
  if (row.failures > 0) return 'failing';
  if (row.drift) return 'drifted';
  return last === undefined ? 'waiting' : 'fine';
}

export async function connectionDetail(
  context: Pick<Context, 'store' | 'config'>,
  row: ConnectionRow,
  language: 'es' | 'en',
): Promise<z.infer<typeof ConnectionDetail>> {
  const [view] = await connectionViews(context, [row], language);
  const { rows: people } = await sql<{ id: string; name: string }>`
    select id, name from person where id = any(${row.alert_to}::uuid[]) order by lower(name), id`.execute(context.store.db);
  return {
    ...view!,
    settings: row.settings,
    // A secret of the installation that was changed makes them unreadable, which the next run says; the screen still opens.
    secrets: row.credential_id ? await credentialParts(context, row.credential_id).catch(() => []) : [],
    columns: row.columns,
    options: row.options,
    customersOf: row.customers_of,
    whole: row.whole,
    alertAfter: row.alert_after,
    alertTo: people,
    cursor: row.cursor,
    drift: row.drift,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
  };
}
