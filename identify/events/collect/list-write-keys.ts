import { findSource } from '@vinculo/customer-file';
import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { WriteKey } from '../api/collect.ts';
import { writeKeysWhere } from './write-key-row.ts';

/** All keys of a source, those that no longer work too: somebody may look for the one a page still uses. @throws VIN_SOURCE_NOT_FOUND */
export async function listWriteKeys(store: Store, sourceId: string): Promise<z.infer<typeof WriteKey>[]> {
  await findSource(store, sourceId);
  return writeKeysWhere(store, sql`source_id = ${sourceId}`);
}
