import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Config } from '@vinculo/config';
import { HEAD_BYTES, mediaType } from './media-type.ts';

export interface KeptFile {
  /** SHA-256, hex: also where it lies. */
  hash: string;
  /** Bytes. */
  size: number;
  mediaType: string;
}

type Where = Pick<Config, 'dataFolder'>;

const folder = (config: Where) => join(config.dataFolder, 'documents');
const arriving = (config: Where) => join(folder(config), 'arriving');
const pathOf = (config: Where, hash: string) => join(folder(config), hash.slice(0, 2), hash);

/**
 * Keeps a file under its hash, as it arrives and whatever its size; the same file twice is kept once. It is on the disk when this
 * resolves, whole or not at all.
 *
 * @returns `too_large` when there was more than `most` bytes: nothing is kept, the stream is read to its end.
 */
export async function keepFile(config: Where, source: Readable | AsyncIterable<Uint8Array>, most: number): Promise<KeptFile | 'too_large'> {
  await mkdir(arriving(config), { recursive: true, mode: 0o700 });
  const draft = join(arriving(config), randomUUID());
  const file = await open(draft, 'wx', 0o600);
  try {
    const digest = createHash('sha256');
    const heads: Buffer[] = [];
    let size = 0;
    for await (const piece of source) {
      const chunk = Buffer.from(piece as Uint8Array);
      if (size < HEAD_BYTES) heads.push(chunk.subarray(0, HEAD_BYTES));
      size += chunk.length;
      if (size > most) continue;
      digest.update(chunk);
      await file.write(chunk);
    }
    if (size > most) return 'too_large';
    await file.datasync();
    const hash = digest.digest('hex');
    const path = pathOf(config, hash);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rename(draft, path);
    return { hash, size, mediaType: mediaType(Buffer.concat(heads)) };
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
}

/** @throws Error ENOENT when the file is gone. */
export async function openFile(config: Where, hash: string): Promise<ReadStream> {
  const path = pathOf(config, hash);
  await access(path);
  return createReadStream(path);
}

/** Removes the files that were last written before `before` and that `kept` does not know. Returns how many. */
export async function dropFiles(config: Where, before: Date, kept: (hashes: string[]) => Promise<ReadonlySet<string>>): Promise<number> {
  let dropped = 0;
  for (const part of await readdir(folder(config)).catch(() => [])) {
    const place = join(folder(config), part);
    const names = await readdir(place).catch(() => []);
    const old: string[] = [];
    for (const name of names) {
      const seen = await stat(join(place, name)).catch(() => undefined);
      if (seen && seen.mtime < before) old.push(name);
    }
    // What never arrived whole has a name that is no hash, which nobody keeps.
    const known = old.length > 0 ? await kept(old) : new Set<string>();
    for (const name of old) {
      if (known.has(name)) continue;
      await rm(join(place, name), { force: true });
      dropped++;
    }
  }
  return dropped;
}
