import { foldText } from './fold-text.ts';
import { HONORIFICS, type Honorific, SUFFIXES } from './honorifics.ts';
import { givenCount, guessOrder, type NameOrder, onlyGiven, onlySurname, surnameCount } from './name-order.ts';
import {
  ABBREVIATED_GIVEN,
  ABBREVIATED_SURNAME,
  foldWord,
  type Gender,
  GENDER,
  GIVEN,
  nameUnits,
  nameWords,
  showWord,
  SURNAME,
  type Unit,
} from './name-words.ts';
import type { Problem } from './problems.ts';

export interface Name {
  /** As written; for parts, the parts that were there with a space between. */
  original: string;
  /** Proper case, accents and particles kept, abbreviations spelled out: "María del Carmen". */
  given: string;
  /** With its particles: "de la Fuente". */
  surname1: string;
  /** What follows the first surname: "López", "y Gasset". '' when there is one surname. */
  surname2: string;
  /** Given name and surnames in that order. */
  display: string;
  /** For comparison: lower-case, no diacritics, no particles, no punctuation, abbreviations expanded. */
  key: { given: string; surname1: string; surname2: string };
  /** The title found before the name, in its usual short form. */
  honorific?: string;
  /** Jr., III … */
  suffix?: string;
  /** From the title or a known given name; absent when neither says. */
  gender?: Gender;
  /** False when the text cannot be a person's name. */
  valid: boolean;
  problem?: Problem;
}

export interface NameHints {
  /** Where no comma tells. Without it the order is guessed from the words, given name first when they do not tell. */
  order?: NameOrder;
}

export interface NameParts {
  given?: string | undefined;
  surname1?: string | undefined;
  surname2?: string | undefined;
  /** Both surnames in one column. */
  surname?: string | undefined;
  fullName?: string | undefined;
}

/**
 * A person's name as one text, in either order: "Mª del Carmen GARCÍA-SANZ de la Fuente", "GARCIA LOPEZ, JOSE LUIS",
 * "Dña. Ana Ruiz". Never throws; what cannot be a name comes back with `valid: false` and the reason.
 */
export function normaliseName(input: string, hints?: NameHints): Name {
  const problem = nameProblem(input);
  const title: Title = {};
  if (problem === 'placeholder' || problem === 'looks-like-email') return assemble(input, [], [], [], title, problem);
  const comma = input.indexOf(',');
  if (comma >= 0) {
    const before = nameWords(input.slice(0, comma).trim());
    const after = nameWords(
      input
        .slice(comma + 1)
        .replaceAll(',', ' ')
        .trim(),
    );
    takeTitle(before, title, 1);
    takeTitle(after, title, 0);
    takeSuffix(after, title, 0);
    if (before.length > 0 && after.length > 0) {
      const left = nameUnits(before, true);
      const right = nameUnits(after, false);
      if (isSwapped(left, right)) return buildName(input, left, nameUnits(after, true), title, problem);
      return buildName(input, right, left, title, problem);
    }
    return splitName(input, before.length > 0 ? before : after, hints?.order, title, problem);
  }
  const words = nameWords(input);
  takeTitle(words, title, 1);
  takeSuffix(words, title, 2);
  return splitName(input, words, hints?.order, title, problem);
}

/**
 * The same from columns: whichever are there. A first surname column that holds both surnames is split when there is
 * no second one; a full name fills the parts that are missing.
 */
export function normaliseNameParts(parts: NameParts): Name {
  const given = filled(parts.given);
  let surname1 = filled(parts.surname1);
  const surname2 = filled(parts.surname2);
  const surname = filled(parts.surname);
  const fullName = filled(parts.fullName);
  const original = joinWords(joinWords(given, surname1 === '' ? surname : surname1), surname2) || fullName;
  if (fullName !== '' && (given === '' || (surname1 === '' && surname === '' && surname2 === ''))) {
    return fromFullName(fullName, given, joinWords(surname1 || surname, surname2));
  }
  if (surname1 === '') surname1 = surname;

  const title: Title = {};
  const words = nameWords(given.includes(',') ? given.replaceAll(',', ' ').trim() : given);
  takeTitle(words, title, 1);
  const last = nameWords(surname1.includes(',') ? surname1.replaceAll(',', ' ').trim() : surname1);
  const units = nameUnits(last.length > 1 && surname2 === '' ? last.filter((word) => !FILLERS.has(foldWord(word))) : last, true);
  const second = surname2 === '' ? [] : nameUnits(nameWords(surname2.replaceAll(',', ' ').trim()), 'second');
  const first = second.length > 0 ? units : units.slice(0, 1);
  return assemble(original, nameUnits(words, false), first, second.length > 0 ? second : units.slice(1), title, nameProblem(original));
}

interface Title {
  honorific?: Honorific;
  suffix?: string;
}

function splitName(original: string, words: string[], order: NameOrder | undefined, title: Title, problem: Problem | undefined): Name {
  const units = nameUnits(words, order === 'surname-first');
  if (units.length === 1) {
    const head = units[0]!.head;
    const surnameOnly = GIVEN.has(head) ? false : SURNAME.has(head) || title.honorific?.with === 'surname' || order === 'surname-first';
    return surnameOnly ? assemble(original, [], units, [], title, problem) : assemble(original, units, [], [], title, problem);
  }
  if ((order ?? guessOrder(units)) === 'surname-first') {
    const grouped = order === 'surname-first' ? units : nameUnits(words, true);
    const count = surnameCount(grouped);
    return buildName(original, grouped.slice(count), grouped.slice(0, count), title, problem);
  }
  const count = givenCount(units);
  return buildName(original, units.slice(0, count), units.slice(count), title, problem);
}

/** "Juan, García López": a comma that separates the wrong way round. */
function isSwapped(left: readonly Unit[], right: readonly Unit[]): boolean {
  return left.every(onlyGiven) && right.every(onlySurname);
}

function fromFullName(fullName: string, given: string, surnames: string): Name {
  const whole = normaliseName(fullName);
  if (given !== '') {
    // The given name is known for sure: the rest of the full name is the surnames.
    const words = nameWords(fullName.replaceAll(',', ' ').trim());
    const known = nameWords(given).map(foldWord);
    const rest = words.map(foldWord);
    const at = rest.findIndex((_, i) => known.length > 0 && known.every((word, j) => rest[i + j] === word));
    if (at < 0) return normaliseNameParts({ given, surname: surnames || joinWords(whole.surname1, whole.surname2) });
    words.splice(at, known.length);
    return { ...normaliseNameParts({ given, surname: surnames || words.join(' ') }), original: fullName };
  }
  if (surnames === '') return whole;
  const known = new Set(nameWords(surnames).map(foldWord));
  const rest = nameWords(fullName.replaceAll(',', ' ').trim()).filter((word) => !known.has(foldWord(word)));
  return { ...normaliseNameParts({ given: rest.join(' ') || whole.given, surname: surnames }), original: fullName };
}

/** Takes titles off the front, as many as there are ("Sra. Dña. Ana"), while at least `keep` words stay. */
function takeTitle(words: string[], title: Title, keep: number): void {
  while (words.length > keep) {
    const raw = words[0]!;
    if (raw.length > 10) return;
    const folded = foldWord(raw);
    const found = HONORIFICS.get(folded);
    if (found === undefined) return;
    if (found.needs !== undefined && keep > 0 && words.length <= found.needs && !isGivenWord(foldWord(words[1]!))) return;
    if (folded === 'da' && raw.length === 2 && !raw.endsWith('ª')) return;
    title.honorific ??= found;
    words.shift();
  }
}

const isGivenWord = (folded: string) => GIVEN.has(folded) || ABBREVIATED_GIVEN.has(folded);

function takeSuffix(words: string[], title: Title, keep: number): void {
  if (words.length <= keep) return;
  const last = words.at(-1)!;
  if (last.length > 6) return;
  const suffix = SUFFIXES.get(foldWord(last));
  if (suffix === undefined) return;
  title.suffix = suffix;
  words.pop();
}

function buildName(original: string, given: Unit[], surnames: Unit[], title: Title, problem: Problem | undefined): Name {
  return assemble(original, given, surnames.slice(0, 1), surnames.slice(1), title, problem);
}

function assemble(original: string, given: Unit[], first: Unit[], second: Unit[], title: Title, problem: Problem | undefined): Name {
  let shownGiven = '';
  let keyGiven = '';
  let firstGender: Gender | undefined;
  // From the last to the first: what an M. stands for depends on the name after it.
  let next = '';
  for (let i = given.length - 1; i >= 0; i--) {
    const unit = given[i]!;
    const full = given.length > 1 || unit.head !== 'ma' ? expandGiven(unit.head, next) : undefined;
    const head = full ?? unit.head;
    const shown = full === undefined ? showWord(unit.raw, head, GIVEN) : (GIVEN.get(full) ?? full);
    shownGiven = `${unit.particles}${shown}${shownGiven === '' ? '' : ` ${shownGiven}`}`;
    keyGiven = keyGiven === '' ? head : `${head} ${keyGiven}`;
    firstGender = GENDER.get(head) ?? firstGender;
    next = head;
  }
  const gender = title.honorific?.gender ?? firstGender;
  const shown1 = showSurname(first);
  const shown2 = showSurname(second);
  const name: Name = {
    original,
    given: shownGiven,
    surname1: shown1,
    surname2: shown2,
    display: joinWords(joinWords(shownGiven, shown1), shown2),
    key: { given: keyGiven, surname1: surnameKey(first), surname2: surnameKey(second) },
    valid: true,
  };
  if (title.honorific !== undefined) name.honorific = title.honorific.shown;
  if (title.suffix !== undefined) name.suffix = title.suffix;
  if (gender !== undefined) name.gender = gender;
  if (problem !== undefined) {
    name.valid = false;
    name.problem = problem;
  } else if (name.display === '') {
    name.valid = false;
    name.problem = 'empty';
  } else if (shown1 === '') name.problem = 'surname-missing';
  else if (shownGiven === '') name.problem = 'given-name-missing';
  return name;
}

/** Mª → maria, Fco. → francisco; a lone M. is María before a woman's name (M. Carmen) and Miguel before Ángel. */
function expandGiven(head: string, next: string): string | undefined {
  if (head.length > 6) return undefined;
  if (head === 'm' && next !== '') return next === 'angel' ? 'miguel' : GENDER.get(next) === 'f' ? 'maria' : undefined;
  return ABBREVIATED_GIVEN.get(head);
}

function showSurname(units: readonly Unit[]): string {
  let out = '';
  for (const { particles, raw, head } of units) {
    const full = ABBREVIATED_SURNAME.get(head);
    const word = head.includes(' ') ? foldWord(raw) : head;
    out += (out === '' ? '' : ' ') + particles + (full === undefined ? showWord(raw, word, SURNAME) : SURNAME.get(full)!);
  }
  return out;
}

function surnameKey(units: readonly Unit[]): string {
  if (units.length === 1) return ABBREVIATED_SURNAME.get(units[0]!.head) ?? units[0]!.head;
  let out = '';
  for (const { head } of units) out += (out === '' ? '' : ' ') + (ABBREVIATED_SURNAME.get(head) ?? head);
  return out;
}

const FILLERS = new Set(
  (
    'n a|nan|null|none|undefined|no consta|no aplica|desconocido|desconocida|unknown|sin nombre|sin apellido|sin apellidos|test|prueba|pruebas|asdf|' +
    'anonimo|anonima|anonymous|cliente|cliente contado|clientes varios|cliente final|consumidor final|publico general|publico en general|varios|nn|no name|name|nombre|apellidos'
  ).split('|'),
);

/** What makes the text no name at all. */
function nameProblem(text: string): Problem | undefined {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 64) return 'looks-like-email';
    if (code >= 48 && code <= 57) return text.includes('@') ? 'looks-like-email' : 'digits';
    if ((code === 63 || code === 0xfffd) && BROKEN.test(text)) return 'broken-characters';
  }
  if (text.length > LONGEST_FILLER) return undefined;
  const folded = foldText(text);
  if (folded === '') return 'empty';
  return FILLERS.has(folded) || ONE_LETTER.test(folded) ? 'placeholder' : undefined;
}

const LONGEST_FILLER = 18;
const BROKEN = /[?\ufffd]\p{L}/u;
const ONE_LETTER = /^(.)(?: ?\1)+$/;

function filled(part: string | undefined): string {
  if (part === undefined) return '';
  const trimmed = part.trim();
  return trimmed.length <= LONGEST_FILLER && trimmed !== '' && FILLERS.has(foldText(trimmed)) ? '' : trimmed;
}

function joinWords(a: string, b: string): string {
  return a === '' ? b : b === '' ? a : `${a} ${b}`;
}
