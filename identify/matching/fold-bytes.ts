import { fold } from './table.ts';

/** What the next cell folds to, as UTF-8: `bytes[0 … length)`. Good until the next call. */
export interface Folder {
  bytes: Uint8Array;
  length: number;
  /** Folds UTF-8 bytes. */
  cell(from: Uint8Array, start: number, end: number): void;
  text(value: string): void;
}

/**
 * {@link fold} without strings: ASCII and Latin letters by table, anything else by the function itself. Folding strings is most of what reading a
 * large file would cost.
 */
export function folder(): Folder {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let bytes = new Uint8Array(256);

  const slowly = (value: string): void => {
    const folded = encoder.encode(fold(value));
    room(folded.length);
    bytes.set(folded);
    self.length = folded.length;
  };
  const room = (length: number): void => {
    if (length > bytes.length) self.bytes = bytes = new Uint8Array(length * 2);
  };

  const self: Folder = {
    bytes,
    length: 0,
    cell(from, start, end) {
      room(end - start);
      let to = 0;
      let space = false;
      for (let at = start; at < end; at++) {
        let letter = from[at]!;
        if (letter >= 128) {
          const next = from[at + 1]!;
          // Two bytes that begin so are a letter below U+0100.
          if ((letter !== 0xc2 && letter !== 0xc3) || at + 1 >= end || (next & 0xc0) !== 0x80)
            return slowly(decoder.decode(from.slice(start, end)));
          letter = ((letter & 3) << 6) | (next & 63);
          at++;
        }
        const folded = LATIN[letter]!;
        if (folded === SPACE) space = true;
        else {
          if (space) {
            if (to > 0) bytes[to++] = SPACE;
            space = false;
          }
          if (folded < 128) bytes[to++] = folded;
          else {
            bytes[to++] = 0xc0 | (folded >> 6);
            bytes[to++] = 0x80 | (folded & 63);
          }
        }
      }
      self.length = to;
    },
    text(value) {
      room(value.length * 2);
      let to = 0;
      let space = false;
      for (let at = 0; at < value.length; at++) {
        const letter = value.charCodeAt(at);
        if (letter > 255) return slowly(value);
        const folded = LATIN[letter]!;
        if (folded === SPACE) space = true;
        else {
          if (space) {
            if (to > 0) bytes[to++] = SPACE;
            space = false;
          }
          if (folded < 128) bytes[to++] = folded;
          else {
            bytes[to++] = 0xc0 | (folded >> 6);
            bytes[to++] = 0x80 | (folded & 63);
          }
        }
      }
      self.length = to;
    },
  };
  return self;
}

const SPACE = 32;
/** What each letter below U+0100 folds to: one of them again. */
const LATIN = Uint8Array.from({ length: 256 }, (_, letter) => {
  const folded = fold(String.fromCharCode(letter));
  return folded === '' ? SPACE : folded.charCodeAt(0);
});
