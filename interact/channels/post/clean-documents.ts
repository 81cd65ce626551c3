import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import { dropFiles } from './document-files.ts';

const DAY_MS = 86_400_000;

/** Removes uploads that no letter took within a day, then files that no document names any more. */
export async function cleanDocuments({ config, store }: Context, now = new Date()): Promise<{ documents: number; files: number }> {
  const before = new Date(now.getTime() - DAY_MS);
  const { rows } = await sql`delete from document where entry_id is null and created_at < ${before} returning id`.execute(store.db);
  const files = await dropFiles(config, before, async (hashes) => {
    const known = await sql<{ hash: string }>`select distinct hash from document where hash = any(${hashes})`.execute(store.db);
    return new Set(known.rows.map(({ hash }) => hash));
  });
  return { documents: rows.length, files };
}
