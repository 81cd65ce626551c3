// What somebody typed, as a tsquery over customer.search: each word by its beginning, and words nobody has are
// replaced by the nearest ones that somebody does have.
import { foldText } from '@vinculo/normalise';
import { sql } from 'kysely';
import type { Store } from '@vinculo/postgres';

export interface SearchWords {
  /** For `customer.search @@ …::tsquery`; undefined when nothing searchable was typed. */
  query: string | undefined;
  /** Whether a word was replaced because nobody is called that. */
  corrected: boolean;
}

const MOST_WORDS = 6;

export async function searchWords(store: Store, typed: string): Promise<SearchWords> {
  const words = wordsOf(typed);
  if (words.length === 0) return { query: undefined, corrected: false };

  const names = words.filter((word) => /^[a-z]{3,}$/.test(word));
  const known = names.length ? await knownBeginnings(store, names) : new Set<string>();
  const terms: string[] = [];
  let corrected = false;
  for (const word of words) {
    if (!names.includes(word) || known.has(word)) {
      terms.push(`${quote(word)}:*`);
      continue;
    }
    const near = await nearestWords(store, word);
    if (near.length) corrected = true;
    terms.push(near.length ? `(${near.map(quote).join(' | ')})` : `${quote(word)}:*`);
  }
  return { query: terms.join(' & '), corrected };
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

async function knownBeginnings(store: Store, words: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ word: string }>`
    select word from unnest(${words}::text[]) as typed(word)
     where exists (select 1 from search_word w where w.word >= typed.word collate "C" and w.word < (typed.word || '~') collate "C")`.execute(
    store.db,
  );
  return new Set(rows.map((row) => row.word));
}

/** Up to five words that somebody has, nearest first by trigrams; among equals the commoner. */
async function nearestWords(store: Store, word: string): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select word from search_word where word % ${word}
     order by similarity(word, ${word}) desc, frequency desc limit 5`.execute(store.db);
  return rows.map((row) => row.word);
}

const quote = (word: string) => `'${word.replace(/[\\']/g, '\\$&')}'`;
