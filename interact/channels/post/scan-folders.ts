// Folders into which a scanner or a fax server puts files: each becomes a letter that waits for somebody to say whose it is.
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@vinculo/config';
import type { Context } from '@vinculo/http';
import { newId, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { keepFile } from './document-files.ts';
import { addDocument, MOST_BYTES, plainName } from './documents.ts';
import { PAGES } from './media-type.ts';
import { nextNumber, writeLetter } from './register-letter.ts';

const KINDS = ['post', 'fax'] as const;
type Kind = (typeof KINDS)[number];

/** A file that has not changed for so long is whole. */
const STILL_MS = 3_000;
const UUID = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})~(.+)$/;

/** Where the files are put, and where they go: `taken` or `refused` beside them. */
export function scanFolders({ dataFolder }: Pick<Config, 'dataFolder'>): Record<Kind, string> {
  return { post: join(dataFolder, 'scans', 'post'), fax: join(dataFolder, 'scans', 'fax') };
}

export async function makeScanFolders(config: Pick<Config, 'dataFolder'>): Promise<void> {
  for (const folder of Object.values(scanFolders(config)))
    for (const part of ['', 'taking', 'taken', 'refused']) await mkdir(join(folder, part), { recursive: true, mode: 0o770 });
}

/**
 * Takes what lies there, each file once, however often it is killed: a file is first moved aside under the id of the letter it will be.
 * One process at a time: whoever watches the mailboxes.
 *
 * @returns how many letters were made.
 */
export async function takeScans(context: Context, now = Date.now()): Promise<number> {
  let taken = 0;
  for (const kind of KINDS) {
    const folder = scanFolders(context.config)[kind];
    for (const name of (await readdir(folder).catch(() => [])).toSorted()) {
      if (name.startsWith('.')) continue;
      const seen = await stat(join(folder, name)).catch(() => undefined);
      if (!seen?.isFile() || now - seen.mtimeMs < STILL_MS || seen.size === 0) continue;
      await rename(join(folder, name), join(folder, 'taking', `${newId()}~${name}`));
    }
    for (const name of (await readdir(join(folder, 'taking')).catch(() => [])).toSorted()) {
      const [, id, own] = UUID.exec(name) ?? [];
      if (id && own && (await takeOne(context, kind, folder, { id, own, name }))) taken++;
    }
  }
  return taken;
}

async function takeOne(
  context: Context,
  kind: Kind,
  folder: string,
  { id, own, name }: { id: string; own: string; name: string },
): Promise<boolean> {
  const path = join(folder, 'taking', name);
  const kept = await keepFile(context.config, createReadStream(path), MOST_BYTES);
  const good = kept !== 'too_large' && PAGES.includes(kept.mediaType);
  if (good) {
    const { mtime } = await stat(path);
    const { timeZone } = await context.settings.get();
    const year = Number(new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(mtime));
    await context.store.transaction(SYSTEM, async (tx) => {
      const there = await sql`select from letter where entry_id = ${id}`.execute(tx);
      // Killed after the commit, before the file was moved on.
      if (there.rows.length > 0) return;
      const title = plainName(own)
        .replace(/\.[^.]+$/, '')
        .slice(0, 200);
      const number = await nextNumber(tx, 'in', year);
      await writeLetter(tx, {
        id,
        kind,
        direction: 'in',
        form: 'letter',
        record: null,
        at: mtime,
        number,
        senderName: '',
        senderAddress: '',
        topic: title,
        note: '',
      });
      await addDocument(tx, { ...kept, name: plainName(own), entry: id, place: 1 });
    });
  } else {
    context.log.warn({ file: own, kind }, 'A file of a scan folder is no PDF, JPEG, PNG or TIFF, or is too large; it lies under refused');
  }
  await rename(path, join(folder, good ? 'taken' : 'refused', `${id}~${own}`));
  return good;
}
