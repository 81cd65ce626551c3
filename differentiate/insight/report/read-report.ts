// The six questions, answered with figures and in sentences.
import type { z } from 'zod';
import { notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Language } from '@vinculo/languages';
import { sql } from 'kysely';
import type { Report, ReportQuery } from '../api/report.ts';
import { readBuyers } from './read-buyers.ts';
import { readDuration } from './read-duration.ts';
import { readLoyalty } from './read-loyalty.ts';
import { readNormal } from './read-normal.ts';
import { readProfit } from './read-profit.ts';
import { readTiers } from './read-tiers.ts';
import { periodOf } from './period.ts';
import { scopeOf } from './scope.ts';
import { sentencesOf } from './sentences.ts';

type Stores = Pick<Context, 'store' | 'warehouse' | 'settings'>;
type Answer = z.infer<typeof Report>;
/** The answers before they are put in words. */
export type Figures = { [K in keyof Answer]: Answer[K] extends { sentences: string[] } ? Omit<Answer[K], 'sentences'> : Answer[K] };

/**
 * @throws VIN_REPORT_PERIOD the last day comes before the first.
 * @throws VIN_SEGMENT_NOT_FOUND there is no such segment.
 */
export async function readReport(context: Stores, query: z.infer<typeof ReportQuery>, language: Language): Promise<Answer> {
  const { store, warehouse, settings } = context;
  const { currency, timeZone } = await settings.get();
  const segment = query.segment ? await segmentOf(context, query.segment) : null;
  const period = await periodOf(warehouse, query, timeZone);
  const scope = scopeOf(period, query.segment, timeZone);
  const comparable = period.first !== null && period.first <= period.beforeTo;

  const { buyers, spread, volume, growth } = await readBuyers(warehouse, scope, comparable);
  const normal = await readNormal(warehouse, scope, spread, period);
  const loyalty = await readLoyalty(warehouse, scope);
  const duration = await readDuration(warehouse, scope, period);
  const profit = await readProfit(warehouse, scope, buyers, comparable);
  const tiers = await readTiers(warehouse, scope);
  const computed = await sql<{ at: Date | null }>`select max(computed_at) as at from value_snapshot`.execute(store.db);
  const { first: _first, ...days } = period;
  const figures: Figures = {
    computedAt: computed.rows[0]?.at?.toISOString() ?? null,
    currency,
    ...days,
    segment,
    buyers,
    normal,
    loyalty,
    volume,
    growth,
    duration,
    profit,
    tiers,
  };
  const sentences = sentencesOf(figures, language);
  return {
    ...figures,
    normal: { ...normal, sentences: sentences.normal },
    loyalty: { ...loyalty, sentences: sentences.loyalty },
    volume: { ...volume, sentences: sentences.volume },
    growth: { ...growth, sentences: sentences.growth },
    duration: { ...duration, sentences: sentences.duration },
    profit: { ...profit, sentences: sentences.profit },
  };
}

async function segmentOf({ store }: Stores, id: string): Promise<{ id: string; name: string }> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from segment where id = ${id}`.execute(store.db);
  if (!rows[0]) throw notFound('segment', id);
  return rows[0];
}
