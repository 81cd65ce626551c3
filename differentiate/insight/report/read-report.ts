// The six questions, answered with figures and in sentences.
import type { z } from 'zod';
import { notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Language } from '@vinculo/languages';
import { sql } from 'kysely';
import type { Report, ReportQuery } from '../api/report.ts';
import { factsInForce } from '../boards/facts-in-force.ts';
import { keptAnswer } from './kept-answers.ts';
import { readBuyers, readMonths } from './read-buyers.ts';
import { readSurvival } from './read-duration.ts';
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
  const { store, settings } = context;
  const [{ currency, timeZone }, segment, facts] = await Promise.all([
    settings.get(),
    query.segment ? segmentOf(context, query.segment) : null,
    factsInForce(store),
  ]);
  const asked = { from: query.from, to: query.to, against: query.against };
  const work = () => figuresOf(context, query, segment, currency);
  // Who is in a segment changes with every event; the whole base only with the next scoring, and at midnight where nobody ever bought.
  const figures =
    segment || !facts
      ? await work()
      : await keptAnswer(store, facts, { ...asked, currency, timeZone, ...(facts.asOf ? {} : { day: new Date().toDateString() }) }, work);
  const sentences = sentencesOf(figures, language);
  const { normal, loyalty, volume, growth, duration, profit } = figures;
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

async function figuresOf(
  { store, warehouse }: Stores,
  query: z.infer<typeof ReportQuery>,
  segment: Figures['segment'],
  currency: string,
): Promise<Figures> {
  const { comparable, ...period } = await periodOf(warehouse, query);
  const scope = scopeOf(period, query.segment);

  const bought = readBuyers(warehouse, scope, comparable);
  const buying = bought.then(({ buyers }) => buyers);
  const [{ buyers, spread, volume, growth, loyalty, tenure }, profit, normal, byMonth, survival, tiers, computed] = await Promise.all([
    bought,
    readProfit(warehouse, scope, buying, comparable),
    readNormal(
      warehouse,
      scope,
      buying.then(({ now }) => now),
    ),
    readMonths(warehouse, scope, comparable),
    readSurvival(warehouse, scope),
    readTiers(warehouse, scope),
    sql<{ at: Date | null }>`select max(computed_at) as at from value_snapshot`.execute(store.db),
  ]);
  return {
    computedAt: computed.rows[0]?.at?.toISOString() ?? null,
    currency,
    ...period,
    segment,
    buyers,
    normal: { ...normal, ...spread },
    loyalty,
    volume: { ...volume, byMonth },
    growth,
    duration: { ...tenure, survival },
    profit,
    tiers,
  };
}

async function segmentOf({ store }: Stores, id: string): Promise<{ id: string; name: string }> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from segment where id = ${id}`.execute(store.db);
  if (!rows[0]) throw notFound('segment', id);
  return rows[0];
}

/** After a scoring, what the screen asks first is worked out before anybody waits for it. */
export async function warmReport(context: Stores, signal: AbortSignal): Promise<void> {
  const { language } = await context.settings.get();
  for (const against of ['before', 'year'] as const) {
    signal.throwIfAborted();
    await readReport(context, { against }, language);
  }
}
