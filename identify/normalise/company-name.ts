import { foldText } from './fold-text.ts';
import { joinLetters, LEGAL_FORMS, LONGEST_FORM, WEAK_FORMS } from './legal-forms.ts';
import { SURNAME, showWord } from './name-words.ts';
import type { Problem } from './problems.ts';

export interface CompanyName {
  original: string;
  /** Name and legal form: "Talleres García, S.L.". */
  display: string;
  /** Without the legal form; proper case when it was written all in capitals or all small. */
  name: string;
  /** "S.L.", "S.A.S.", "GmbH" …; '' when none is written. */
  legalForm: string;
  /** Folded name without legal form, articles and "and", for comparison. */
  key: string;
  valid: boolean;
  problem?: Problem;
}

/** The name of a company with its legal form set apart, wherever the file put it: at the end, in front or in brackets. */
export function normaliseCompanyName(input: string): CompanyName {
  const text = input.replace(/\s+/g, ' ').trim();
  const pieces = cut(text);
  const legal = findForm(pieces);
  const kept = legal === undefined ? pieces : pieces.slice(legal.from, legal.to);
  const name = showCompany(kept.length === pieces.length ? text.replace(EDGES, '') : between(text, kept));
  const legalForm = legal?.form ?? '';
  const key = companyKey(kept.length > 0 ? kept : pieces);
  const company: CompanyName = {
    original: input,
    display: legalForm === '' ? name : `${name}, ${legalForm}`,
    name,
    legalForm,
    key,
    valid: true,
  };
  const problem = key === '' ? 'empty' : FILLERS.has(key) ? 'placeholder' : undefined;
  if (problem !== undefined) {
    company.valid = false;
    company.problem = problem;
  }
  return company;
}

/** The legal form in a text that may be a company's name; `undefined` if there is none. */
export function legalFormOf(input: string): string | undefined {
  return findForm(cut(input.replace(/\s+/g, ' ').trim()))?.form;
}

interface Piece {
  folded: string;
  start: number;
  end: number;
}

/** Words with their place in the text; S.L.U., S. L. and S/A fold to single letters that join later. */
function cut(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const match of text.matchAll(WORDS)) {
    const folded = foldText(match[0].replace(/[’'´`]/g, ''));
    if (folded !== '') pieces.push({ folded, start: match.index, end: match.index + match[0].length });
  }
  return pieces;
}

const WORDS = /[\p{L}\p{M}\p{N}]+(?:[’'´`][\p{L}\p{M}\p{N}]+)*/gu;
const EDGES = /^[\s,;:()"«»“”-]+|[\s,;:()"«»“”-]+$/g;

function findForm(pieces: readonly Piece[]): { form: string; from: number; to: number } | undefined {
  const most = Math.min(LONGEST_FORM, pieces.length - 1);
  // The longest writing wins: "S.A. de C.V." before "C.V.".
  for (let length = most; length > 0; length--) {
    const at = pieces.length - length;
    const written = writing(pieces, at, pieces.length);
    const form = LEGAL_FORMS.get(written);
    if (form !== undefined && (!WEAK_FORMS.has(written) || pieces.length - length >= (written.length === 2 ? 1 : 2)))
      return { form, from: 0, to: at };
  }
  for (let length = most; length > 0; length--) {
    const written = writing(pieces, 0, length);
    const form = LEGAL_FORMS.get(written);
    if (form !== undefined && !WEAK_FORMS.has(written)) return { form, from: length, to: pieces.length };
  }
  return undefined;
}

function writing(pieces: readonly Piece[], from: number, to: number): string {
  return joinLetters(pieces.slice(from, to).map(({ folded }) => folded)).join(' ');
}

function between(text: string, kept: readonly Piece[]): string {
  const first = kept[0];
  const last = kept.at(-1);
  return first === undefined || last === undefined ? text : text.slice(first.start, last.end);
}

const NO_WORDS = new Set('y e i and und et de del la las los el the of do da dos das d l a en para por'.split(' '));
const FILLERS = new Set(
  'na|n a|null|none|nan|test|prueba|desconocido|sin nombre|sin empresa|particular|ninguna|ninguno|no consta|no aplica|xxx|empresa'.split(
    '|',
  ),
);
const SPELLED = new Map(
  Object.entries({
    hnos: 'hermanos',
    hno: 'hermano',
    cia: 'compania',
    distrib: 'distribuciones',
    const: 'construcciones',
    constr: 'construcciones',
    rtes: 'representantes',
    ind: 'industrias',
    asoc: 'asociados',
    asociats: 'asociados',
    bros: 'hermanos',
    brothers: 'hermanos',
    intl: 'international',
    int: 'internacional',
    serv: 'servicios',
    svcs: 'services',
    mfg: 'manufacturing',
    tech: 'tecnologia',
    co: 'compania',
    company: 'compania',
    rest: 'restaurante',
    com: 'comercial',
    exp: 'exportacion',
    imp: 'importacion',
    gral: 'general',
    nac: 'nacional',
    tpte: 'transportes',
    tptes: 'transportes',
    transp: 'transportes',
    suc: 'sucesores',
    sucs: 'sucesores',
    vda: 'viuda',
    aytmo: 'ayuntamiento',
    ayto: 'ayuntamiento',
    asoci: 'asociacion',
  }),
);

function companyKey(pieces: readonly Piece[]): string {
  const words = joinLetters(pieces.map(({ folded }) => folded));
  const kept = words.length > 1 ? words.filter((word) => !NO_WORDS.has(word)) : words;
  return (kept.length > 0 ? kept : words).map((word) => SPELLED.get(word) ?? word).join(' ');
}

/** SEAT, ZARA: one short word in capitals is more often initials than a shout. */
const SHORT_NAME = /^\p{L}{1,4}$/u;

/** Proper case when the whole name is in one case; words that look like initials stay in capitals. */
function showCompany(name: string): string {
  const shouted = name === name.toUpperCase();
  if ((!shouted && name !== name.toLowerCase()) || (shouted && SHORT_NAME.test(name))) return name;
  let first = true;
  return name.replace(WORDS, (word) => {
    const folded = foldText(word);
    const opening = first;
    first = false;
    if (!opening && NO_WORDS.has(folded) && folded.length > 1 && folded !== 'the') return word.toLowerCase();
    if (!opening && (folded === 'y' || folded === 'e')) return word.toLowerCase();
    if (shouted && isInitials(folded)) return word;
    return showWord(word, folded, SURNAME);
  });
}

/** BBVA, 3M, IT, TXT: no vowel, a figure, at most two letters, or three consonants that open no Spanish or English word. */
function isInitials(folded: string): boolean {
  if (folded.length <= 2 || /\d/.test(folded)) return !SHORT_WORDS.has(folded);
  return !/[aeiouy]/.test(folded) || /^(?!sch|chr|str|spl|spr|scr|thr|shr|phr|phl)[^aeiouy]{3}/.test(folded);
}

const SHORT_WORDS = new Set(['mi', 'tu', 'su', 'lo', 'al', 'un', 'se', 'si', 'no', 'my', 'we', 'go', 'be', 'le', 'sa']);
