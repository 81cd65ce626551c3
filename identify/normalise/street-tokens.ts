import { foldText } from './fold-text.ts';

/** A word or a figure of a street line with what stood before it. */
export interface StreetToken {
  raw: string;
  folded: string;
  /** Begins with a figure. */
  figure: boolean;
  /** A figure with º, ª or an English or Spanish ordinal ending. */
  ordinal: boolean;
  /** A comma, a semicolon or a bracket stood before it. */
  comma: boolean;
  /** A hyphen or a slash stood right before it. */
  dash: boolean;
}

const WORD = 1;
const FIGURE = 2;
const MARK = 3;
const COMMA = 4;
const DASH = 5;
const HASH = 6;

const CLASS = new Uint8Array(128);
for (let i = 48; i < 58; i++) CLASS[i] = FIGURE;
for (let i = 65; i < 91; i++) CLASS[i] = CLASS[i + 32] = WORD;
for (const char of "'`") CLASS[char.charCodeAt(0)] = WORD;
for (const char of ',;()|[]') CLASS[char.charCodeAt(0)] = COMMA;
for (const char of '-/_') CLASS[char.charCodeAt(0)] = DASH;
CLASS[35] = HASH;

function classOf(code: number): number {
  if (code < 128) return CLASS[code]!;
  if (code === 0xba || code === 0xaa || code === 0xb0) return MARK;
  if (code === 0x2013 || code === 0x2014) return DASH;
  return code === 0xa0 || code === 0xd7 || code === 0xf7 || (code < 0xc0 && code !== 0xb7) || (code >= 0x2000 && code < 0x2070) ? 0 : WORD;
}

/** Cuts a street line into words and figures: "C/ Mayor, nº 12-3ºB" → c · Mayor · nº · 12 · 3º · B. "s/n" is one word. */
export function streetTokens(text: string): StreetToken[] {
  const tokens: StreetToken[] = [];
  let comma = false;
  let dash = false;
  let i = 0;
  while (i < text.length) {
    const kind = classOf(text.charCodeAt(i));
    if (kind === COMMA) comma = true;
    if (kind === DASH) dash = true;
    if (kind !== WORD && kind !== FIGURE && kind !== HASH) {
      i++;
      continue;
    }
    let end = i + 1;
    let ordinal = false;
    if (kind === FIGURE) {
      while (end < text.length && classOf(text.charCodeAt(end)) === FIGURE) end++;
      const digits = end;
      while (end < text.length && classOf(text.charCodeAt(end)) === WORD) end++;
      if (end > digits) {
        const tail = text.slice(digits, end).toLowerCase();
        if (ORDINAL_ENDINGS.has(tail)) {
          tokens.push(token(text.slice(i, digits), true, true, comma, dash));
          comma = dash = false;
          i = end;
          continue;
        }
        // 12bis, 34apto: a word without its space.
        if (tail.length > 1) end = digits;
      }
      const digitsOnly = end === digits;
      if (digitsOnly && end < text.length && classOf(text.charCodeAt(end)) === MARK) {
        ordinal = true;
        const mark = end;
        end++;
        tokens.push(token(text.slice(i, mark), true, ordinal, comma, dash));
        comma = dash = false;
        i = end;
        continue;
      }
    } else if (kind === WORD) {
      while (end < text.length && (classOf(text.charCodeAt(end)) === WORD || classOf(text.charCodeAt(end)) === MARK)) end++;
      if (
        end - i === 1 &&
        text.charCodeAt(end) === 47 &&
        (text.charCodeAt(i) | 32) === 115 &&
        (text.charCodeAt(end + 1) | 32) === 110 &&
        !(classOf(text.charCodeAt(end + 2)) === WORD && end + 2 < text.length)
      ) {
        tokens.push({ raw: 's/n', folded: 'sn', figure: false, ordinal: false, comma, dash });
        comma = dash = false;
        i = end + 2;
        continue;
      }
    }
    const piece = token(text.slice(i, end), kind === FIGURE, ordinal, comma, dash);
    if (piece.folded !== '') {
      tokens.push(piece);
      comma = dash = false;
    }
    i = end;
  }
  return tokens;
}

const ORDINAL_ENDINGS = new Set(['er', 'ero', 'era', 'do', 'da', 'to', 'ta', 'mo', 'ma', 'st', 'nd', 'rd', 'th', 'º', 'ª']);

function token(raw: string, figure: boolean, ordinal: boolean, comma: boolean, dash: boolean): StreetToken {
  return { raw, folded: raw === '#' ? '#' : foldText(raw), figure, ordinal, comma, dash };
}
