import { companyMark } from './company-mark.ts';
import { fingerprint } from './fingerprint.ts';
import type { LearnedNames } from './learned.ts';
import { isGivenName } from './nicknames.ts';
import { cleaners } from './prepare-values.ts';
import type { Column } from './table.ts';

/** The parts of a name in one column. Where it is a company's, the person's parts are empty, and the other way round. */
export interface NameParts {
  given: string;
  surname: string;
  'second-surname': string;
  'company-part': string;
}

const particles = new Set('de del la las los da do dos das di du van von der den ter le mc mac san santa bin al el e y'.split(' '));
const nothing: NameParts = { given: '', surname: '', 'second-surname': '', 'company-part': '' };

/**
 * Splits full names (`GARCIA LOPEZ, Ana María`, `Ana Maria Garcia Lopez`, `Garcia Lopez Ana`) by what the columns themselves tell: words
 * that stand after a comma or first are given names as often as they stand there; the order of names without a comma is the one
 * that agrees best with it. Second surnames only where many names have four words or more, or two before a comma.
 */
export function nameSplitter(columns: readonly Column[]): NameSplitter {
  const { givenness, surnameFirst, twoSurnames } = learn(columns);
  const isGiven = (word: string): boolean => (givenness.get(word) ?? 0) > 0;
  const isSurely = (word: string): boolean => (givenness.get(word) ?? 0) > SURELY;
  const prints = (is: (word: string) => boolean): number[] => [...givenness.keys()].filter(is).map(fingerprint);
  return {
    split: splitter({ isGiven, isSurely, surnameFirst, twoSurnames }),
    learned: () => ({ surnameFirst, twoSurnames, given: prints(isGiven), surely: prints(isSurely) }),
  };
}

export interface NameSplitter {
  split(name: string): NameParts;
  /** What a model keeps of it; {@link knownSplitter} makes the same of that. */
  learned(): Omit<LearnedNames, 'from'>;
}

/** The splitter of a model. Words that its file did not have are surnames. */
export function knownSplitter({ surnameFirst, twoSurnames, given, surely }: Omit<LearnedNames, 'from'>): NameSplitter['split'] {
  const [givens, sure] = [new Set(given), new Set(surely)];
  return splitter({
    isGiven: (word) => givens.has(fingerprint(word)),
    isSurely: (word) => sure.has(fingerprint(word)),
    surnameFirst,
    twoSurnames,
  });
}

/** A word is much likelier a given name than a surname. */
const SURELY = 1.5;

interface NameKnowledge {
  isGiven(word: string): boolean;
  isSurely(word: string): boolean;
  surnameFirst: boolean;
  twoSurnames: boolean;
}

function splitter({ isGiven, isSurely, surnameFirst, twoSurnames }: NameKnowledge): NameSplitter['split'] {
  return (name) => {
    if (name === '') return nothing;
    if (companyMark(name)) return { ...nothing, 'company-part': name };
    const comma = name.indexOf(',');
    if (comma > 0) {
      const before = cleaners.name(name.slice(0, comma));
      const after = cleaners.name(name.slice(comma + 1));
      if (after !== '' && !/^(jr|sr|ii|iii|iv|phd|md|esq)$/.test(after)) return parts(after, grouped(before.split(' ')), twoSurnames);
    }
    const words = grouped(cleaners.name(name.replace(/,.*/, '')).split(' '));
    if (words.length === 1) return isGiven(words[0]!) ? { ...nothing, given: words[0]! } : { ...nothing, surname: words[0]! };
    let cut: number;
    if (surnameFirst) {
      cut = words.length - 1;
      while (cut > 1 && isGiven(words[cut - 1]!) && words.length - cut < 2) cut--;
      return parts(words.slice(cut).join(' '), words.slice(0, cut), twoSurnames);
    }
    cut = 1;
    // Middle names and compounds go with the given name: all but the last word, or the last two where people have two surnames.
    const least = twoSurnames ? 2 : 1;
    while (
      cut < words.length - 1 &&
      (isGiven(words[cut]!) || words[cut]!.length === 1 || words.length - cut > least + (twoSurnames ? 1 : 0))
    ) {
      if (twoSurnames && words.length - cut <= 2 && !isSurely(words[cut]!)) break;
      cut++;
    }
    return parts(words.slice(0, cut).join(' '), words.slice(cut), twoSurnames);
  };
}

function parts(given: string, surnames: readonly string[], twoSurnames: boolean): NameParts {
  const two = twoSurnames && surnames.length > 1;
  return {
    given,
    surname: two ? surnames.slice(0, -1).join(' ') : surnames.join(' '),
    'second-surname': two ? surnames.at(-1)! : '',
    'company-part': '',
  };
}

/** The first and the second of two surnames in one value; one alone is the first. */
export function twoSurnames(value: string): [string, string] {
  const words = grouped(cleaners.name(value).split(' '));
  return words.length > 1 ? [words.slice(0, -1).join(' '), words.at(-1)!] : [words[0]!, ''];
}

/** Particles go with the word after them: `de la cruz` is one word. */
function grouped(words: readonly string[]): string[] {
  const out: string[] = [];
  let held = '';
  for (const [k, word] of words.entries()) {
    if (particles.has(word) && k < words.length - 1 && (k > 0 || held !== '')) held += `${word} `;
    else {
      out.push(held + word);
      held = '';
    }
  }
  return out;
}

const SAMPLE = 20_000;

function learn(columns: readonly Column[]) {
  const asGiven = new Map<string, number>();
  const asSurname = new Map<string, number>();
  const plain: string[][] = [];
  let commas = 0;
  let twoBefore = 0;
  const count = (map: Map<string, number>, word: string, by = 1): void => void map.set(word, (map.get(word) ?? 0) + by);
  for (const { values } of columns) {
    const step = Math.max(1, Math.floor(values.length / SAMPLE));
    for (let code = 1; code < values.length; code += step) {
      const value = values[code]!;
      if (companyMark(value)) continue;
      const comma = value.indexOf(',');
      if (comma > 0) {
        const before = grouped(cleaners.name(value.slice(0, comma)).split(' '));
        const after = cleaners.name(value.slice(comma + 1)).split(' ');
        if (after[0] === '') continue;
        commas++;
        if (before.length > 1) twoBefore++;
        for (const word of after) count(asGiven, word, 3);
        for (const word of before) count(asSurname, word, 3);
      } else {
        const words = grouped(cleaners.name(value).split(' '));
        if (words.length > 1) plain.push(words);
      }
    }
  }
  const known = (word: string): number => {
    const score = Math.log(((asGiven.get(word) ?? 0) + 0.5) / ((asSurname.get(word) ?? 0) + 0.5));
    return score + (isGivenName(word) ? 1 : 0);
  };
  let first = 0;
  let last = 0;
  for (const words of plain) {
    first += known(words[0]!) > 0 ? 1 : 0;
    last += known(words.at(-1)!) > 0 ? 1 : 0;
  }
  const surnameFirst = last > first * 1.3;
  for (const words of plain) {
    count(asGiven, surnameFirst ? words.at(-1)! : words[0]!);
    count(asSurname, surnameFirst ? words[0]! : words.at(-1)!);
  }
  const long = plain.filter((words) => words.length >= 3).length;
  const veryLong = plain.filter((words) => words.length >= 4).length;
  const twoSurnames = commas > 20 ? twoBefore > commas * 0.3 : long > plain.length * 0.4 && veryLong > plain.length * 0.06;
  const givenness = new Map<string, number>();
  for (const word of new Set([...asGiven.keys(), ...asSurname.keys()])) givenness.set(word, known(word));
  return { givenness, surnameFirst, twoSurnames };
}
