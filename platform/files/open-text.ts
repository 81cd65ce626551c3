import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { detectEncoding, type EncodingFound } from './text-encoding.ts';

/**
 * The bytes of a text file from `startByte` on, without compression and byte order mark; UTF-16 comes as UTF-8.
 * `startByte` counts the bytes this function gives, so a stream can be taken up where another left it.
 */
export async function* openText(path: string, compression: 'none' | 'gzip', startByte = 0, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const { mark, utf16 } = await findEncoding(path, compression);
  const seekable = compression === 'none' && !utf16;
  let skip = seekable ? 0 : startByte;
  for await (const bytes of decoded(path, compression, seekable ? mark + startByte : 0, seekable ? 0 : mark, utf16, signal)) {
    if (skip >= bytes.length) {
      skip -= bytes.length;
      continue;
    }
    yield skip === 0 ? bytes : bytes.subarray(skip);
    skip = 0;
  }
}

async function* decoded(
  path: string,
  compression: 'none' | 'gzip',
  start: number,
  mark: number,
  utf16: EncodingFound['utf16'],
  signal?: AbortSignal,
): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { start, highWaterMark: 1 << 20, signal });
  const gunzip = compression === 'gzip' ? createGunzip({ chunkSize: 1 << 20 }) : undefined;
  if (gunzip) {
    file.on('error', (error) => gunzip.destroy(error));
    file.pipe(gunzip);
  }
  const decoder = utf16 ? new TextDecoder(utf16 === 'utf16le' ? 'utf-16le' : 'utf-16be') : undefined;
  let before = decoder ? 0 : mark;
  try {
    for await (const chunk of gunzip ?? file) {
      const bytes = chunk as Buffer;
      if (decoder) yield Buffer.from(decoder.decode(bytes, { stream: true }));
      else if (before >= bytes.length) before -= bytes.length;
      else {
        yield before === 0 ? bytes : bytes.subarray(before);
        before = 0;
      }
    }
  } finally {
    file.destroy();
    gunzip?.destroy();
  }
}

async function findEncoding(path: string, compression: 'none' | 'gzip'): Promise<EncodingFound> {
  if (compression === 'none') return detectEncoding(await readHead(path, 4));
  const file = createReadStream(path);
  const gunzip = file.pipe(createGunzip());
  file.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of gunzip) return detectEncoding((chunk as Buffer).subarray(0, 4));
    return { encoding: 'utf-8', mark: 0 };
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}

/** The first bytes of a file as they are on disk. */
export async function readHead(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await file.read(buffer, 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
