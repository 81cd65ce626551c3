// What earlier files said of a whole that this file says anew: the lines of an order that are no longer in it.
import { FACT_KINDS, type FactKind } from './fact-kinds.ts';
import type { FactCommit } from './commit-facts.ts';

type Slice = (prefix: string) => string;

/** How many facts are there that this file replaces by saying nothing of them. Nothing is taken away yet. */
export async function countReplaced(commit: FactCommit, rows: string, slices: readonly Slice[]): Promise<number> {
  const { warehouse, staging, signal } = commit;
  const gone = await findReplaced(commit, rows, slices);
  if (!gone) return 0;
  const [counted] = await warehouse.rows<{ gone: number }>(`select count() as gone from ${staging}_gone`, {}, { signal });
  return counted?.gone ?? 0;
}

/** Takes them away. Doing it again after a kill finds the same, or nothing. */
export async function dropReplaced(commit: FactCommit, rows: string, slices: readonly Slice[]): Promise<void> {
  const { warehouse, staging, kind } = commit;
  const { table, key }: FactKind = FACT_KINDS[kind];
  if (!(await findReplaced(commit, rows, slices))) return;
  const [counted] = await warehouse.rows<{ gone: number }>(`select count() as gone from ${staging}_gone`);
  if (!counted?.gone) return;
  await warehouse.command(`delete from ${table} where (${key.join(', ')}) in (select ${key.join(', ')} from ${staging}_gone)`);
}

/**
 * Fills the table of what is gone. A whole with a rejected row is not whole: its rows are added and corrected, and nothing of
 * it is taken away; where a row could not even be cut into columns, nobody knows what it belongs to, so nothing is at all.
 */
async function findReplaced(commit: FactCommit, rows: string, slices: readonly Slice[]): Promise<boolean> {
  const { warehouse, staging, kind, reading, importId, signal } = commit;
  const { table, key, whole }: FactKind = FACT_KINDS[kind];
  if (!whole || !table || !reading.whole || !reading.columns.has('order_key')) return false;
  const shapeless = await warehouse.rows(`select 1 from import_error where import_id = {importId:UUID} and column = '' limit 1`, {
    importId,
  });
  if (shapeless.length > 0) return false;

  const by = whole.by(reading.timeZone).join(', ');
  await warehouse.command(`drop table if exists ${staging}_gone`);
  await warehouse.command(
    `create table ${staging}_gone (${key.map((name) => `${name} UUID`).join(', ')}) engine = MergeTree order by (${key.join(', ')})`,
  );
  for (const slice of slices) {
    await warehouse.command(
      `insert into ${staging}_gone
       select ${key.join(', ')} from ${table} final
        where source_id = {source:UUID} and ${slice('')}
          and (${by}) in (select ${by} from ${staging} where whole and not wrong and ${slice('')})
          and order_key not in (select order_key from ${staging} where wrong)
          and (${key.join(', ')}) not in (select ${key.join(', ')} from ${rows} where not wrong and ${slice('')})`,
      { source: reading.sourceId },
      { signal },
    );
  }
  return true;
}
