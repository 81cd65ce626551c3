import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '@vinculo/config';
import { notFound } from '@vinculo/errors';
import { detectOptions, type FileOptions as Options, HEAD_BYTES, readHead } from '@vinculo/files';
import { newId } from '@vinculo/postgres';

/** A file that was uploaded, as `upload.json` beside it says. */
export interface UploadedFile {
  id: string;
  /** As the person called it. */
  fileName: string;
  /** As it is called in its folder. */
  storedName: string;
  fileSize: number;
  /** SHA-256, hex. */
  fileHash: string;
  options: Options;
  /** User or API key that brought it: nobody else may import it. */
  by: string;
}

export const UPLOADS = 'uploads';

export function uploadFolder(config: Config, id: string): string {
  return join(config.dataFolder, UPLOADS, id);
}

/** When the files that are arriving now began to. */
const arriving = new Set<{ since: number }>();
/** A file that takes longer is not waited for: the line may be slow, or dead. */
const WORTH_WAITING_MS = 60_000;

/** Whether a file is on its way in that may soon be imported. */
export function uploadUnderWay(): boolean {
  return [...arriving].some(({ since }) => Date.now() - since < WORTH_WAITING_MS);
}

/**
 * Takes a file in as it arrives, of any size, and looks at how it is written. Nothing is left behind when it is refused.
 *
 * @throws VIN_IMPORT_EMPTY, VIN_IMPORT_FORMAT.
 */
export async function receiveUpload(config: Config, source: Readable, fileName: string, by: string): Promise<UploadedFile> {
  const id = newId();
  const folder = uploadFolder(config, id);
  const arrival = { since: Date.now() };
  arriving.add(arrival);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const storedName = safeName(fileName);
    const path = join(folder, storedName);
    const digest = createHash('sha256');
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        digest.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(source, hashing, createWriteStream(path, { mode: 0o600, highWaterMark: 1 << 20 }));
    const options = detectOptions(await readHead(path, HEAD_BYTES), fileName);
    const { size } = await stat(path);
    const upload: UploadedFile = { id, fileName, storedName, fileSize: size, fileHash: digest.digest('hex'), options, by };
    await keepUpload(config, upload);
    return upload;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  } finally {
    arriving.delete(arrival);
  }
}

export async function keepUpload(config: Config, upload: UploadedFile): Promise<void> {
  const file = join(uploadFolder(config, upload.id), 'upload.json');
  // A draft of its own: two readings of one upload may be kept at the same moment.
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(upload), { mode: 0o600 });
  await rename(draft, file);
}

/** @throws VIN_UPLOAD_NOT_FOUND */
export async function readUpload(config: Config, id: string): Promise<UploadedFile> {
  try {
    return JSON.parse(await readFile(join(uploadFolder(config, id), 'upload.json'), 'utf8')) as UploadedFile;
  } catch {
    throw notFound('upload', id);
  }
}

/** Deletes the uploads last touched before `before` that `keep` does not name. */
export async function dropOldUploads(config: Config, before: Date, keep: ReadonlySet<string>): Promise<number> {
  const folder = join(config.dataFolder, UPLOADS);
  let dropped = 0;
  for (const id of await readdir(folder).catch(() => [])) {
    if (keep.has(id)) continue;
    const touched = await stat(join(folder, id)).catch(() => undefined);
    if (!touched || touched.mtime >= before) continue;
    await rm(join(folder, id), { recursive: true, force: true });
    dropped++;
  }
  return dropped;
}

/** A name that no file system minds, that leads out of no folder and is none of ours. */
function safeName(fileName: string): string {
  const plain = basename(fileName.replaceAll('\\', '/'))
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._ -]/gu, '_')
    .replace(/^[.\s]+/, '')
    .slice(-100);
  return /^(upload\.json|rows.*)$/.test(plain) || plain === '' ? `file-${plain}` : plain;
}
