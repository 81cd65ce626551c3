import { foldText } from './fold-text.ts';
import { FEMALE_NAMES, GIVEN_ABBREVIATIONS, MALE_NAMES, NEUTRAL_NAMES } from './given-names.ts';
import { SURNAME_ABBREVIATIONS, SURNAMES } from './surnames.ts';

export type Gender = 'f' | 'm';

/** A word that carries meaning with the particles before it: "de la Fuente" is one unit with the head "fuente". */
export interface Unit {
  /** Particles as shown, with a space after each; '' when there are none. */
  particles: string;
  /** The word as written. */
  raw: string;
  /** The folded word; '' for a unit of particles only. */
  head: string;
}

/** Folded given name → with accents. */
export const GIVEN = new Map<string, string>();
/** Folded surname → with accents. */
export const SURNAME = new Map<string, string>();
export const GENDER = new Map<string, Gender>();
export const ABBREVIATED_GIVEN = new Map<string, string>();
export const ABBREVIATED_SURNAME = new Map(Object.entries(SURNAME_ABBREVIATIONS));

for (const [names, gender] of [
  [NEUTRAL_NAMES, undefined],
  [MALE_NAMES, 'm'],
  [FEMALE_NAMES, 'f'],
] as const) {
  for (const name of names.trim().split(/\s+/)) {
    const folded = foldText(name);
    if (GIVEN.has(folded)) continue;
    GIVEN.set(folded, name);
    if (gender !== undefined) GENDER.set(folded, gender);
  }
}
for (const name of SURNAMES.trim().split(/\s+/)) {
  const folded = foldText(name);
  if (!SURNAME.has(folded)) SURNAME.set(folded, name);
}
for (const [short, full] of Object.entries(GIVEN_ABBREVIATIONS)) ABBREVIATED_GIVEN.set(foldText(short), full);

/** Written in lower case within a name, whatever the file does, and left out of the key. */
const SPANISH_PARTICLES = new Set('de del la las los y da das do dos'.split(' '));
/** Left out of the key; a capital that someone typed on purpose stays (Van Damme, El Amrani). */
const FOREIGN_PARTICLES = new Set('el e i di du des von van der den het ter ten zu zur le lo al della degli dello af av'.split(' '));
/** Grouped with the next word but part of the name: San Martín, Ben Ali. */
const PREFIXES = new Map([
  ['san', 'San'],
  ['santa', 'Santa'],
  ['santo', 'Santo'],
  ['sta', 'Santa'],
  ['sto', 'Santo'],
  ['ben', 'Ben'],
  ['bin', 'Bin'],
  ['ibn', 'Ibn'],
  ['abu', 'Abu'],
  ['mac', 'Mac'],
]);

/** The words of one part of a name. Brackets and their content, quotes and stray punctuation are left out. */
export function nameWords(text: string): string[] {
  if (!ODD.test(text)) return text.split(' ');
  return text
    .normalize('NFC')
    .replace(BRACKETED, ' ')
    .replace(/[’`´ʼ‘]/g, "'")
    .replaceAll('°', 'º')
    .replace(/[^\p{L}\p{M}\p{N}'·ªº?\ufffd.\-\s]|[?\ufffd](?!\p{L})|(?<!\p{L})[?\ufffd]/gu, ' ')
    .replace(/(^|[\s.-])m[.]?\s?[ªº]\.?/giu, '$1Mª ')
    .replace(/(?<![\p{L}\p{M}ªº])\./gu, ' ')
    .replace(/\.(?=[^\s.])/g, '. ')
    .replace(/\s*-[\s-]*/g, '-')
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+/u, '').replace(/[^\p{L}\p{M}\p{N}ªº]+$/u, (tail) => (tail[0] === '.' ? '.' : '')))
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
}

// Anything but the letters of Western European names and single spaces between them goes the long way.
const ODD = /[^A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017e ]|^ | $| {2}|^$/;
const BRACKETED = /\([^)]*\)|\[[^\]]*\]|\{[^}]*\}|"[^"]*"|«[^»]*»|“[^”]*”/g;

/** A word of a name folded: apostrophes, middle dots and full stops close up, hyphens become spaces. */
export function foldWord(word: string): string {
  return foldText(CLOSING.test(word) ? word.replace(CLOSING_ALL, '') : word);
}

const CLOSING = /['·.?\ufffd]/;
const CLOSING_ALL = /['·.?\ufffd]/g;

/**
 * Groups words into units. `lead` says whether a particle may open the part: yes for surnames ("De la Fuente López,
 * Ana"), no where a given name comes first (Ben Affleck, Al Pacino) except for the unmistakable de, del and la. A second surname by itself may open with its y or i.
 */
export function nameUnits(words: readonly string[], lead: boolean | 'second'): Unit[] {
  const units: Unit[] = [];
  let particles = '';
  let prefix = '';
  let prefixHead = '';
  for (let i = 0; i < words.length; i++) {
    const raw = words[i]!;
    const head = foldWord(raw);
    if (head === '') continue;
    const last = i === words.length - 1;
    if (!last && head.length <= 5) {
      if (SPANISH_PARTICLES.has(head) && (head !== 'y' || ((units.length > 0 || lead === 'second') && !raw.endsWith('.')))) {
        particles += `${head} `;
        continue;
      }
      if (lead !== false || units.length > 0) {
        if (FOREIGN_PARTICLES.has(head) && (head.length > 1 || joins(raw, units.length, lead))) {
          particles += `${isShouted(raw) ? raw.toLowerCase() : raw} `;
          continue;
        }
        const full = PREFIXES.get(head);
        if (full !== undefined) {
          prefix += `${full} `;
          prefixHead += `${foldText(full)} `;
          continue;
        }
      }
    }
    units.push({ particles: particles + prefix, raw, head: prefixHead + head });
    particles = prefix = prefixHead = '';
  }
  return units;
}

/** e and i join two surnames when written small, or in capitals after two words; otherwise they are initials. */
function joins(raw: string, before: number, lead: boolean | 'second'): boolean {
  if (raw.endsWith('.') || (before === 0 && lead !== 'second')) return false;
  return raw === raw.toLowerCase() || before >= 2;
}

function isShouted(word: string): boolean {
  return word === word.toUpperCase();
}

/** A word in proper case. Written all in capitals or all small it also gets back the accents the dictionary knows; otherwise it stays as typed. */
export function showWord(raw: string, head: string, accents: ReadonlyMap<string, string>): string {
  let lower = raw.toLowerCase();
  // The Turkish İ is the one letter whose small form is longer.
  if (lower.length !== raw.length) lower = raw.replaceAll('İ', 'I').toLowerCase();
  if (raw === lower || raw === raw.toUpperCase()) {
    const known = accents.get(head);
    if (known !== undefined && isAscii(raw)) return known;
    return capitalise(lower, accents);
  }
  if (raw[0] !== lower[0]) return raw;
  const raised = upperFirst(raw);
  return raised === raised.toUpperCase() ? capitalise(lower, accents) : raised;
}

function capitalise(lower: string, accents: ReadonlyMap<string, string>): string {
  if (lower.includes('-')) {
    return lower
      .split('-')
      .map((piece) => showWord(piece, foldWord(piece), accents))
      .join('-');
  }
  const quote = lower.indexOf("'");
  if (quote > 0 && quote <= 2 && quote < lower.length - 1)
    return `${upperFirst(lower.slice(0, quote))}'${upperFirst(lower.slice(quote + 1))}`;
  if (lower.length > 4 && lower.startsWith('mc')) return `Mc${upperFirst(lower.slice(2))}`;
  if (lower.endsWith('.') && (lower.length === 2 || foldWord(lower).length === 1)) return upperFirst(lower);
  return upperFirst(lower.endsWith('.') ? lower.slice(0, -1) : lower);
}

/** Letters whose capital is more than one letter (ß, ŉ) stay small: their capital would not come back. */
function upperFirst(word: string): string {
  const first = word.codePointAt(0);
  if (first === undefined) return word;
  const char = String.fromCodePoint(first);
  const upper = char.toUpperCase();
  return upper.length === char.length && upper.toLowerCase() === char ? upper + word.slice(char.length) : word;
}

function isAscii(word: string): boolean {
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) > 127) return false;
  return true;
}
