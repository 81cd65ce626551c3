/**
 * Text as it is compared: lower-case, without diacritics (ñ becomes n), punctuation and any white space as one
 * space, no space at either end. Letters of other scripts stay; ª and º become a and o, as people write Mª or nº.
 *
 * Folding folded text changes nothing. Plain ASCII never reaches `String.normalize`.
 */
export function foldText(text: string): string {
  let upper = false;
  let space = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) space = false;
    else if (code >= 65 && code <= 90) {
      space = false;
      upper = true;
    } else if (code === 32 && !space) space = true;
    else return foldByTable(text);
  }
  const clean = space && text.length > 0 ? text.slice(0, -1) : text;
  return upper ? clean.toLowerCase() : clean;
}

/** The folded form of one UTF-16 code below 592 (Latin-1, Latin Extended A and B): letters, or a space for anything else. */
const FOLDED: string[] = [];

const LIGATURES: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  '°': 'o',
};
const COMBINING = /[\u0300-\u036f]/g;
const LETTER = /[\p{L}\p{N}\p{M}]/u;

for (let code = 0; code < 0x250; code++) {
  const bare = String.fromCharCode(code).toLowerCase().normalize('NFKD').replace(COMBINING, '').toLowerCase();
  const plain = Array.from(bare, (char) => LIGATURES[char] ?? char).join('');
  FOLDED.push(code === 0xad ? '' : LETTER.test(plain) ? plain.replace(/[^a-z0-9\p{L}]/gu, '') : ' ');
}

function foldByTable(text: string): string {
  let out = '';
  let pending = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    let piece: string;
    if (code < 0x250) piece = FOLDED[code]!;
    else if (code <= 0x36f && code >= 0x300) continue;
    else {
      const point = String.fromCodePoint(text.codePointAt(i)!);
      if (point.length === 2) i++;
      piece = foldOther(point);
    }
    if (piece === ' ') pending = true;
    else if (piece !== '') {
      if (pending && out !== '') out += ' ';
      pending = false;
      out += piece;
    }
  }
  return out;
}

/** Anything beyond Latin: compatibility forms (full-width, mathematical) come down to plain letters, the rest stays or is a space. */
function foldOther(point: string): string {
  if (ZERO_WIDTH.test(point)) return '';
  let out = '';
  for (const char of point.normalize('NFKD').toLowerCase().normalize('NFKD').replaceAll('ς', 'σ')) {
    const code = char.codePointAt(0)!;
    if (code >= 0x300 && code <= 0x36f) continue;
    const piece = code < 0x250 ? FOLDED[code]! : LETTER.test(char) ? char : ' ';
    if (piece !== ' ') out += piece;
  }
  return out === '' ? ' ' : out;
}

const ZERO_WIDTH = /[\u200b-\u200d\u2060\ufeff]/;
