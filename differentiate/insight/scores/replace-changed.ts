// Tables of scoring that are only made again when what they are made of has changed: whoever changes a price or a weight and waits
// for the scores need not wait for ten million lines to be joined once more.
import { createHash } from 'node:crypto';
import type { Warehouse } from '@vinculo/warehouse';
import { replaceTable, type ScoreTable } from './replace-table.ts';

/**
 * A fingerprint of what tables hold and whatever else counts: another one after anything was written to them. The engine never changes
 * a part of a table but puts another in its place, and knows a checksum of each.
 *
 * @returns nothing of a server of the company's own: which parts there are is told there to whom its administrator lets see that.
 */
export async function fingerprintOf(warehouse: Warehouse, tables: readonly string[], others: unknown): Promise<string | undefined> {
  if (!warehouse.embedded) return undefined;
  const parts = await warehouse.rows<{ table: string; content: string }>(
    `select table, toString(sipHash64(arraySort(groupArray(hash_of_all_files)))) as content from system.parts
      where database = currentDatabase() and active and table in {tables:Array(String)} group by table order by table`,
    { tables },
  );
  return fingerprint([parts, others]);
}

/** What the table in force was made of; nothing where that is not known, or where it is not as it was made. */
export async function madeOf(warehouse: Warehouse, table: ScoreTable): Promise<string | undefined> {
  if (!warehouse.embedded) return undefined;
  const [found] = await warehouse.rows<{ comment: string; rows: string }>(
    `select comment, toString(total_rows) as rows from system.tables where database = currentDatabase() and name = {table:String}`,
    { table },
  );
  const [content, rows] = found?.comment.split(' ') ?? [];
  return content && rows === found?.rows ? content : undefined;
}

/**
 * Makes the table anew unless it was made of just this. What it is made of stands in its comment, which is exchanged with it.
 *
 * @param content of `fingerprintOf`; the table is made anew where it is nothing.
 */
export async function replaceChanged(
  warehouse: Warehouse,
  table: ScoreTable,
  content: string | undefined,
  fill: Parameters<typeof replaceTable>[2],
): Promise<void> {
  if (content === undefined) return replaceTable(warehouse, table, fill);
  if ((await madeOf(warehouse, table)) === content) return;
  await replaceTable(warehouse, table, async (next) => {
    await fill(next);
    const [made] = await warehouse.rows<{ rows: string }>(`select toString(count()) as rows from ${next}`);
    await warehouse.command(`alter table ${next} modify comment '${content} ${made!.rows}'`);
  });
}

export const fingerprint = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
