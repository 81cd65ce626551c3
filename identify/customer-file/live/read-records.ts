import type { Context } from '@vinculo/http';
import { type Kysely, sql } from 'kysely';
import type { Reason } from '../identity/current-links.ts';
import type { Kind } from '../identity/customer-record.ts';
import type { DecidedPair } from '../identity/linkage.worker.ts';
import { MATCH_FIELDS } from '../records/normalise-record.ts';
import type { OwnedRecord } from './live.worker.ts';

/** Records as the stores have them now, whose they are, and what people decided about them. Those the warehouse lacks are gone. */
export async function ownedRecords(
  { store, warehouse }: Pick<Context, 'store' | 'warehouse'>,
  ids: readonly string[],
): Promise<[OwnedRecord[], DecidedPair[]]> {
  const compared = await matchRecords({ warehouse }, ids);
  const { rows: links } = await sql<{ record_id: string; customer_id: string; reason: Reason }>`
    select record_id, customer_id, reason from link where record_id = any(${ids}::uuid[]) and valid_to is null`.execute(store.db);
  const { rows: decided } = await sql<DecidedPair>`
    select record_a as a, record_b as b, same from decision
     where undone_at is null and (record_a = any(${ids}::uuid[]) or record_b = any(${ids}::uuid[]))`.execute(store.db);
  const owners = new Map(links.map((link) => [link.record_id, link]));
  const known = new Map(compared.map((record) => [record.record, record]));
  const records = ids.map((record): OwnedRecord => {
    const owner = owners.get(record);
    const now = known.get(record) ?? { record, kind: 'person', match: null, version: 0 };
    return { ...now, customer: owner?.customer_id ?? null, reason: owner?.reason ?? 'alone' };
  });
  return [records, decided];
}

/** What linkage compares of these records. */
export async function matchRecords({ warehouse }: Pick<Context, 'warehouse'>, ids: readonly string[]) {
  const found: { record: string; kind: Kind; match: Record<string, string>; version: number }[] = [];
  for (let from = 0; from < ids.length; from += 1_000) {
    const rows = await warehouse.rows<Record<string, string> & { version: number }>(
      `select toString(record_id) as id, toString(kind) as kind, version, ${MATCH_FIELDS.join(', ')}
         from match_record final where record_id in {ids:Array(UUID)}`,
      { ids: ids.slice(from, from + 1_000) },
    );
    for (const { id, kind, version, ...match } of rows)
      found.push({ record: id!, kind: kind as Kind, match: match as Record<string, string>, version: Number(version) });
  }
  return found;
}

/** Changes whenever people decide about records, or withdraw what they decided. */
export async function decisionStamp(db: Kysely<unknown>): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select concat_ws(' ', count(*), max(decided_at), max(undone_at)) as stamp from decision`.execute(db);
  return rows[0]!.stamp;
}
