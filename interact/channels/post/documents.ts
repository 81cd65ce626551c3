import type { Readable } from 'node:stream';
import { fail, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { type Actor, newId, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { LetterDocument } from '../api/letters.ts';
import { type KeptFile, keepFile } from './document-files.ts';
import { PAGES, shownAs } from './media-type.ts';

export interface DocumentRow {
  id: string;
  entry_id: string | null;
  place: number;
  name: string;
  media_type: string;
  size: number;
  hash: string | null;
  content_id: string | null;
  refused: 'too_large' | null;
  created_by: string;
}

export type Shown = z.infer<typeof LetterDocument>;

/** Of one scan. */
export const MOST_BYTES = 40 * 1024 * 1024;

/**
 * Keeps a scan that waits for its letter.
 *
 * @throws VIN_LETTER_FILE when it is no PDF, JPEG, PNG or TIFF, VIN_LETTER_FILE_LARGE
 */
export async function uploadDocument(context: Context, actor: Actor, file: Readable, fileName: string): Promise<Shown> {
  const kept = await keepFile(context.config, file, MOST_BYTES);
  if (kept === 'too_large') throw fail('VIN_LETTER_FILE_LARGE', { file: fileName, most: MOST_BYTES / 1024 / 1024 });
  if (!PAGES.includes(kept.mediaType)) throw fail('VIN_LETTER_FILE', { file: fileName });
  return context.store.transaction(actor, async (tx) => asDocument(await addDocument(tx, { ...kept, name: plainName(fileName) })));
}

export interface NewDocument extends Partial<KeptFile> {
  name: string;
  entry?: string;
  place?: number;
  contentId?: string | null;
  refused?: 'too_large' | null;
}

export async function addDocument(tx: Transaction, document: NewDocument): Promise<DocumentRow> {
  const {
    entry = null,
    place = 0,
    name,
    mediaType = 'application/octet-stream',
    size = 0,
    hash = null,
    contentId = null,
    refused = null,
  } = document;
  const { rows } = await sql<DocumentRow>`
    insert into document (id, entry_id, place, name, media_type, size, hash, content_id, refused, created_by)
    values (${newId()}, ${entry}, ${place}, ${name}, ${mediaType}, ${size}, ${hash}, ${contentId}, ${refused}, ${tx.actor.id}) returning *`.execute(
    tx,
  );
  return rows[0]!;
}

/**
 * Makes these the pages of a letter, in this order; pages it had and that are not named are let go.
 *
 * @throws VIN_LETTER_NOT_FOUND when one of them is not the actor's upload, nor a page of this letter.
 */
export async function setPages(tx: Transaction, entry: string, ids: readonly string[]): Promise<void> {
  await sql`update document set entry_id = null, created_by = ${tx.actor.id} where entry_id = ${entry} and not id = any(${ids}::uuid[])`.execute(
    tx,
  );
  const { rows } = await sql<{ id: string }>`
    update document d set entry_id = ${entry}, place = p.place
      from unnest(${ids}::uuid[]) with ordinality as p(id, place)
     where d.id = p.id and (d.entry_id = ${entry} or (d.entry_id is null and d.created_by = ${tx.actor.id})) returning d.id`.execute(tx);
  const missing = ids.find((id) => !rows.some((row) => row.id === id));
  if (missing) throw notFound('letter', missing);
}

/** Only of letters: a page that waits for its letter is seen by who brought it. @throws VIN_LETTER_NOT_FOUND */
export async function findDocument({ store }: Context, actor: Actor, id: string): Promise<DocumentRow & { hash: string }> {
  const { rows } = await sql<DocumentRow>`
    select * from document where id = ${id} and (entry_id is not null or created_by = ${actor.id})`.execute(store.db);
  const row = rows[0];
  if (!row?.hash) throw notFound('letter', id);
  return { ...row, hash: row.hash };
}

export async function documentsOf(db: Context['store']['db'], entry: string): Promise<DocumentRow[]> {
  const { rows } = await sql<DocumentRow>`select * from document where entry_id = ${entry} order by place, id`.execute(db);
  return rows;
}

export function asDocument({ id, name, media_type, size, refused }: DocumentRow): Shown {
  return { id, name, mediaType: media_type, size, shown: shownAs(media_type), refused };
}

/** A name that fits on a line and in a header, and leads nowhere. */
export function plainName(name: string): string {
  const plain = name
    .replaceAll('\\', '/')
    .split('/')
    .at(-1)!
    .normalize('NFC')
    // oxlint-disable-next-line no-control-regex -- they are what must go
    .replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069"<>|?*:]/g, '_')
    .replace(/^[.\s]+/, '')
    .slice(-150)
    .trim();
  return plain === '' ? 'documento' : plain;
}
