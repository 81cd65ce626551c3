// What somebody typed, as a tsquery over customer.search: each word by its beginning, and words nobody has are
// replaced by the nearest ones that somebody does have.
import { foldText } from '@vinculo/normalise';
import { sql } from 'kysely';
import type { Store } from '@vinculo/postgres';

export interface SearchWords {
  /** For `customer.search @@ …::tsquery`; undefined when nothing searchable was typed. */
  query: string | undefined;
  /**
   * The same with whole words only: each as it was typed where many are called so, or else with its commonest endings. The index
   * answers it many times faster than beginnings, which it has to gather from every word that begins so.
   */
  whole: string | undefined;
  /** Customers that `whole` should find, if names were given without regard to each other; zero where nothing is known. */
  expected: number;
  /** Whether a word was replaced because nobody is called that. */
  corrected: boolean;
}

const MOST_WORDS = 6;
/** Endings of one beginning that `whole` tries. */
const ENDINGS = 3;
/** A word that fewer have may be the beginning of what is meant, or a slip of the pen. */
const ENOUGH = 400;

const NOTHING: SearchWords = { query: undefined, whole: undefined, expected: 0, corrected: false };

export async function searchWords(store: Store, typed: string): Promise<SearchWords> {
  const words = wordsOf(typed);
  if (words.length === 0) return NOTHING;

  const names = words.filter((word) => /^[a-z]+$/.test(word));
  const { endings, customers } = await knownEndings(store, names);
  const terms: string[] = [];
  const whole: string[] = [];
  let share = 1;
  let corrected = false;
  for (const word of words) {
    const known = endings.get(word);
    const near = known || !names.includes(word) || word.length < 3 ? [] : await nearestWords(store, word);
    if (near.length > 0) corrected = true;
    // Somebody may have come who is called just so since it was looked up what is near.
    terms.push(
      near.length > 0 ? `(${[...near.map(({ word: other }) => quote(other)), `${quote(word)}:*`].join(' | ')})` : `${quote(word)}:*`,
    );
    const likely = known ?? near;
    if (likely.length > 0) whole.push(anyOf(likely.map(({ word: other }) => other)));
    share *= Math.min(1, likely.reduce((sum, { frequency }) => sum + frequency, 0) / Math.max(1, customers));
  }
  const complete = whole.length === words.length;
  return {
    query: terms.join(' & '),
    whole: complete ? whole.join(' & ') : undefined,
    expected: complete ? share * customers : 0,
    corrected,
  };
}

/** The words of a search: names folded; an e-mail whole; a phone or an id without its spaces, dots and dashes. */
export function wordsOf(typed: string): string[] {
  const text = typed.trim().toLowerCase();
  if (/^\S+@\S*$/.test(text)) return [text];
  const compact = text.replace(/[\s().-]/g, '');
  if (/^\+?\d{5,}$/.test(compact)) return [compact.replace(/^\+|^00/, '')];
  if (/^[a-z]?\d{5,}[a-z0-9]?$/.test(compact)) return [compact];
  return foldText(text)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
}

interface KnownWord {
  word: string;
  /** Customers that have it. */
  frequency: number;
}

/** How common words are changes slowly; while somebody types, the same few are asked for again and again. */
const KNOWN_MS = 60_000;
const MOST_KNOWN = 500;
interface Known {
  since: number;
  customers: number;
  endings: Map<string, KnownWord[]>;
  near: Map<string, KnownWord[]>;
}
const knownOf = new WeakMap<Store, Known>();

/**
 * By word typed: itself where many have it, or else the commonest words that begin so too; and about how many customers there are.
 * Words nobody has are asked for every time: somebody may have come who is called so.
 */
async function knownEndings(store: Store, words: string[]): Promise<Pick<Known, 'endings' | 'customers'>> {
  const kept = keptOf(store);
  const { endings } = kept;
  const asked = words.filter((word) => !endings.has(word));
  if (asked.length === 0) return kept;
  const { rows } = await sql<KnownWord & { typed: string; customers: number }>`
    select typed.word as typed, known.word, known.frequency, (select greatest(reltuples, 0) from pg_class where oid = 'customer'::regclass) as customers
      from unnest(${asked}::text[]) as typed(word)
      cross join lateral (
        select w.word, w.frequency from search_word w
         where w.word >= typed.word collate "C" and w.word < (typed.word || '~') collate "C"
         order by w.word = typed.word desc, w.frequency desc limit ${ENDINGS}
      ) known`.execute(store.db);
  const found = new Map<string, KnownWord[]>();
  for (const { typed, word, frequency } of rows) {
    const list = found.get(typed) ?? found.set(typed, []).get(typed)!;
    if (!(list[0]?.word === typed && list[0].frequency >= ENOUGH)) list.push({ word, frequency });
  }
  // Only what many are called is kept: of a rare word the next search shall see who came meanwhile.
  kept.customers = rows[0]?.customers ?? kept.customers;
  for (const [word, list] of found) if ((list[0]?.frequency ?? 0) >= ENOUGH) endings.set(word, list);
  return { endings: new Map([...endings, ...found]), customers: kept.customers };
}

/** What is remembered, begun anew every minute. */
function keptOf(store: Store): Known {
  const kept = knownOf.get(store);
  if (kept && Date.now() - kept.since < KNOWN_MS && kept.endings.size + kept.near.size < MOST_KNOWN) return kept;
  const now: Known = { since: Date.now(), customers: 0, endings: new Map(), near: new Map() };
  knownOf.set(store, now);
  return now;
}

/** Up to five words that somebody has, nearest first by trigrams; among equals the commoner. */
async function nearestWords(store: Store, word: string): Promise<KnownWord[]> {
  const { near } = keptOf(store);
  const kept = near.get(word);
  if (kept) return kept;
  const { rows } = await sql<KnownWord>`
    select word, frequency from search_word where word % ${word}
     order by similarity(word, ${word}) desc, frequency desc limit 5`.execute(store.db);
  if (rows.length > 0) near.set(word, rows);
  return rows;
}

const anyOf = (words: readonly string[]) => `(${words.map(quote).join(' | ')})`;

const quote = (word: string) => `'${word.replace(/[\\']/g, '\\$&')}'`;
