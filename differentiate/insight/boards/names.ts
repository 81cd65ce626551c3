// How keys are called: what a person reads for a source's id, a group, a month.
import { type Language, translator } from '@vinculo/languages';
import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import { UNKNOWN } from './conditions.ts';
import { type DimensionName, isTime } from './measures.ts';
import { bucketWords } from './periods.ts';

/** Ids that people named: of sources, segments, groups of needs. */
export interface Names {
  source: Map<string, string>;
  segment: Map<string, string>;
  needs: Map<string, string>;
}

export async function readNames({ db }: Store): Promise<Names> {
  const named = async (table: 'source' | 'segment' | 'needs_group', words: string) => {
    const { rows } = await sql<{ id: string; name: string }>`${sql.raw(`select id, ${words} order by lower(name)`)}`.execute(db);
    return new Map(rows.map(({ id, name }) => [id, name]));
  };
  const { rows } = await sql<{ segment: string | null; needs: string | null }>`
    select to_regclass('segment')::text as segment, to_regclass('needs_group')::text as needs`.execute(db);
  const none = new Map<string, string>();
  return {
    source: await named('source', 'label as name from source'),
    segment: rows[0]!.segment ? await named('segment', "name from segment where archived_at is null and kind <> 'prospects'") : none,
    needs: rows[0]!.needs ? await named('needs_group', 'name from needs_group') : none,
  };
}

const CATALOGUE: Partial<Record<DimensionName, string>> = {
  rfm_group: 'value:group',
  tier: 'value:tier',
  stage: 'value:stage',
  loyalty: 'value:loyalty',
  kind: 'customers:kind',
  channel: 'customers:channel',
};

/** What a key of a dimension is called. */
export function nameOf(dimension: DimensionName, key: string, names: Names, language: Language): string {
  const t = translator(language);
  if (key === '' || key === UNKNOWN || (dimension === 'decile' && key === '0'))
    return t(`boards:unknown.${dimension}`, { defaultValue: t('boards:unknown.any') });
  if (isTime(dimension)) return bucketWords(key, dimension, language);
  if (dimension === 'source' || dimension === 'segment' || dimension === 'needs')
    return names[dimension].get(key) ?? t('boards:unknown.gone');
  if (dimension === 'decile') return t('boards:decile', { decile: key });
  const words = CATALOGUE[dimension];
  return words ? t(`${words}.${key}`, { defaultValue: key }) : key;
}
