import { isAscii, isUtf8 } from 'node:buffer';

/** How text becomes bytes. UTF-16 files are turned into UTF-8 as they are opened, so nothing else meets them. */
export type TextEncoding = 'utf-8' | 'latin1' | 'windows-1252';

export interface EncodingFound {
  encoding: TextEncoding;
  /** Bytes of the mark at the start, to be left out. */
  mark: number;
  /** The file is UTF-16 and has to be turned into UTF-8 while it is read. */
  utf16?: 'utf16le' | 'utf16be';
}

/**
 * The encoding of the first bytes of a text file: its byte order mark, else UTF-8 where that fits but for a few bytes (which are
 * read as what they are, see recordText), else Windows-1252 or Latin-1.
 */
export function detectEncoding(head: Buffer): EncodingFound {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-8', mark: 2, utf16: 'utf16le' };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-8', mark: 2, utf16: 'utf16be' };
  const whole = withoutTornCharacter(head);
  if (isAscii(whole) || isUtf8(whole)) return { encoding: 'utf-8', mark: 0 };
  const { characters, strays } = countUtf8(whole);
  if (characters > strays) return { encoding: 'utf-8', mark: 0 };
  // Latin-1 has only control characters where Windows-1252 has the euro sign, curly quotes and dashes.
  return { encoding: head.some((byte) => byte >= 0x80 && byte <= 0x9f) ? 'windows-1252' : 'latin1', mark: 0 };
}

/** A character of two to four bytes in UTF-8, over a text whose characters are bytes. */
export const UTF8_CHARACTER = /[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}/g;

function countUtf8(bytes: Buffer): { characters: number; strays: number } {
  let characters = 0;
  const rest = bytes.toString('latin1').replace(UTF8_CHARACTER, () => {
    characters++;
    return '';
  });
  return { characters, strays: rest.match(/[\u0080-\u00ff]/g)?.length ?? 0 };
}

/** The head without the UTF-8 character that its end may have cut in two. */
function withoutTornCharacter(head: Buffer): Buffer {
  let end = head.length;
  while (end > 0 && head.length - end < 3 && (head[end - 1]! & 0xc0) === 0x80) end--;
  return end > 0 && head[end - 1]! >= 0xc0 ? head.subarray(0, end - 1) : head;
}
