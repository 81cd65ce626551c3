import type { z } from 'zod';
import { sql } from 'kysely';
import type { Actor, Store } from '@vinculo/postgres';
import type { SearchHit, SearchQuery } from '../api/customers.ts';
import { byRelevance } from './list-customers.ts';
import { searchWords } from './search-words.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** ⌘K: the best few customers for whatever was typed. */
export async function searchCustomers(
  store: Store,
  actor: Actor,
  { q, limit }: z.infer<typeof SearchQuery>,
): Promise<z.infer<typeof SearchHit>[]> {
  if (UUID.test(q.trim())) {
    const { rows } = await sql<{ id: string; kind: 'person' | 'company'; display_name: string; city: string | null }>`
      select id, kind, display_name, city from customer where id = ${q.trim()}::uuid and merged_into is null`.execute(store.db);
    return rows.map((row) => ({ id: row.id, kind: row.kind, name: row.display_name, detail: row.city ?? '', corrected: false }));
  }
  const words = await searchWords(store, q);
  const { corrected } = words;
  const { items } = await byRelevance(store, actor, { limit }, words);
  return items.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    detail: [row.email, row.phone, row.city].filter(Boolean).join(' · '),
    corrected,
  }));
}
