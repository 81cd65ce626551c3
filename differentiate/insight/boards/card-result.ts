// What a card answers: its numbers, what they are compared with, and the words for both, in the reader's language.
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { type Language, translator } from '@vinculo/languages';
import type { Card as CardShape, CardResult } from '../api/boards.ts';
import { parts, total } from './aggregate.ts';
import { againstNumber, againstParts } from './compare.ts';
import type { Filters } from './conditions.ts';
import type { FactsInForce } from './facts-in-force.ts';
import { type DimensionName, dimensionsOf, isTime, isTimeless, MEASURE, type MeasureName, NOTHING_OF, ofNothing } from './measures.ts';
import { nameOf, type Names } from './names.ts';
import { before, bucketWords, buckets, endOf, type Grain, inWords, type Stretch, stretchOf, wholeMonths } from './periods.ts';
import { cohorts, flowsOf, funnel, rfmMap } from './pictures.ts';
import { type Plan, plans } from './plan.ts';

export type Card = z.infer<typeof CardShape>;
export type Result = z.infer<typeof CardResult>;

/** What every part of an answer is made with. */
export interface Looking {
  context: Pick<Context, 'store' | 'warehouse' | 'settings'>;
  card: Card;
  measure: MeasureName;
  /** The board's filters, then the card's: the second narrow the first. */
  filters: readonly Filters[];
  stretch: Stretch;
  earlier: Stretch | undefined;
  facts: FactsInForce & { asOf: string };
  names: Names;
  language: Language;
}

/** Numbers a card has nothing to say of, and the title it goes by. */
export function emptyResult(card: Card, language: Language, currency: string, facts: FactsInForce | undefined): Result {
  const measure = card.measure ?? 'revenue';
  const t = translator(language);
  return {
    cardId: card.id,
    title: card.title || titleOf(card, language),
    definition:
      card.kind === 'cohort' || card.kind === 'funnel' || card.kind === 'rfm'
        ? t(`boards:cardDefinition.${card.kind}`)
        : card.kind === 'question'
          ? ''
          : t(`boards:definition.${measure}`),
    unit: card.kind === 'rfm' && measure !== 'revenue' ? 'count' : card.kind === 'cohort' ? 'count' : MEASURE[measure].unit,
    currency,
    computedAt: facts?.computedAt ?? null,
    advice: null,
    period: null,
    value: null,
    against: null,
    notAgainst: '',
    target: null,
    points: [],
    againstWords: '',
    flows: [],
    cells: [],
    table: null,
  };
}

/** «Ingresos por provincia». */
export function titleOf(card: Card, language: Language): string {
  const t = translator(language);
  if (card.kind === 'rfm' || card.kind === 'cohort') return t(`boards:cardTitle.${card.kind}`);
  if (card.kind === 'question') return t('boards:kind.question');
  if (card.kind === 'funnel') return t(`boards:cardTitle.funnel_${card.measure === 'campaign_contacts' ? 'campaigns' : 'customers'}`);
  const measure = t(`boards:measure.${card.measure ?? 'revenue'}`);
  const by = (name: DimensionName) => {
    const words = t(`boards:dimension.${name}`);
    return words.charAt(0).toLowerCase() + words.slice(1);
  };
  if (card.kind === 'sankey' && card.dimension && card.second)
    return t('boards:titleFlow', { measure, from: by(card.dimension), to: by(card.second) });
  const dimension = card.kind === 'map' ? 'province' : card.kind === 'number' ? undefined : (card.dimension ?? 'month');
  return dimension ? t('boards:titleBy', { measure, dimension: by(dimension) }) : measure;
}

/** Of a card that is no question. */
export async function computeCard(
  context: Looking['context'],
  card: Card,
  boardFilters: Filters,
  language: Language,
  facts: FactsInForce | undefined,
  names: Names,
): Promise<Result> {
  const { currency } = await context.settings.get();
  const result = emptyResult(card, language, currency, facts);
  if (!facts?.asOf) return { ...result, advice: 'no_purchases' };
  const measure = card.measure ?? 'revenue';
  const period = card.filters.period ?? boardFilters.period ?? 'last_12_months';
  const asked = stretchOf(period, facts.asOf);
  const stretch = MEASURE[measure].table === 'customer_month' ? wholeMonths(asked, facts.asOf) : asked;
  const looking: Looking = {
    context,
    card,
    measure,
    filters: [boardFilters, card.filters],
    stretch,
    earlier: before(stretch),
    facts: { ...facts, asOf: facts.asOf },
    names,
    language,
  };
  const timeless = isTimeless(measure) && !(card.kind === 'funnel' && measure === 'customers');
  if (!timeless && card.kind !== 'rfm' && card.kind !== 'cohort')
    result.period = { from: stretch.from, to: stretch.to, words: inWords(stretch, language) };

  switch (card.kind) {
    case 'number':
      return { ...result, ...(await number(looking)) };
    case 'trend':
      return { ...result, ...(await trend(looking)) };
    case 'bar':
    case 'pareto':
    case 'map':
      return { ...result, ...(await bars(looking)) };
    case 'rfm':
      return { ...result, ...(await rfmMap(looking)) };
    case 'cohort':
      return { ...result, ...(await cohorts(looking)) };
    case 'funnel':
      return { ...result, unit: 'count', ...(await funnel(looking)) };
    case 'sankey':
      return { ...result, ...(await flowsOf(looking)) };
    default:
      return result;
  }
}

const asked = ({ measure, stretch, earlier, filters }: Looking) => ({ measure, stretch, earlier, filters });

async function number(looking: Looking): Promise<Partial<Result>> {
  const { context, measure, stretch, filters } = looking;
  const value = await total(context.warehouse, asked(looking));
  if (value === null) return { advice: MEASURE[measure].advice };
  const [plan] = isTimeless(measure) ? [] : await plans(context.store, measure, filters, [stretch]);
  return { value, ...(await againstNumber(looking, value, plan)), target: plan ? targetOf(looking, value, plan) : null };
}

function targetOf({ measure, language, stretch }: Looking, value: number, plan: Plan): Result['target'] {
  const less = MEASURE[measure].better === 'less';
  return {
    value: plan.value,
    // Of a planned loss, or of nothing, there is no part to reach.
    reached: plan.value > 0 ? value / plan.value : null,
    onPace: plan.due === null ? null : less ? value <= plan.due : value >= plan.due,
    words: inWords({ from: stretch.from, to: stretch.end }, language),
  };
}

async function trend(looking: Looking): Promise<Partial<Result>> {
  const { context, card, measure, stretch, filters } = looking;
  const grain = grainOf(card, stretch, measure);
  if (!grain) return { advice: 'no_data' };
  const found = new Map((await parts(context.warehouse, asked(looking), grain)).map(({ key, value }) => [key, value]));
  if (found.size === 0) return { advice: MEASURE[measure].advice };
  const first = stretch.from < '1970-02' ? [...found.keys()].toSorted()[0]! : stretch.from;
  const starts = buckets({ from: first, to: stretch.to }, grain);
  // The first and the last may be shown in part: their targets are those of the days shown.
  const shown = starts.map((start) => ({
    ...stretch,
    from: max(start, stretch.from),
    to: min(stretch.to, endOf(start, grain)),
    end: min(stretch.end, endOf(start, grain)),
  }));
  const [other, targets] = await Promise.all([againstParts(looking, grain, starts), plans(context.store, measure, filters, shown)]);
  const against = other && 'missing' in other ? undefined : other;
  const none = ofNothing(measure);
  const label = axisNames(looking, grain, starts);
  const points = starts.map((start, n) => ({
    key: start,
    label: label(start),
    value: found.has(start) ? found.get(start)! : none,
    share: null,
    cumulative: null,
    against: against?.byKey.get(start) ?? null,
    target: targets[n]?.due ?? null,
  }));
  const value = MEASURE[measure].additive ? sum(points) : await total(context.warehouse, asked(looking));
  const [plan] = await plans(context.store, measure, filters, [stretch]);
  return {
    value,
    points,
    againstWords: against?.words ?? '',
    ...(value === null ? {} : await againstNumber(looking, value, plan)),
    target: value !== null && plan ? targetOf(looking, value, plan) : null,
  };
}

/** Days and weeks of several years are told apart by their year; a week of which only the end is shown begins there. */
function axisNames({ stretch, names, language }: Looking, grain: Grain, starts: readonly string[]): (start: string) => string {
  if (grain !== 'day' && grain !== 'week') return (start) => nameOf(grain, start, names, language);
  const years = new Set([max(starts[0]!, stretch.from), stretch.to].map((day) => day.slice(0, 4)));
  return (start) => bucketWords(max(start, stretch.from), grain, language, years.size > 1);
}

/** As asked, or the finest that still reads: days of a month, weeks of a quarter, months of a year. */
function grainOf(card: Card, stretch: Stretch, measure: MeasureName): Grain | undefined {
  const possible = dimensionsOf(measure).filter(isTime);
  const wanted = card.dimension && isTime(card.dimension) ? card.dimension : 'month';
  return possible.includes(wanted) ? wanted : possible.includes('month') ? 'month' : undefined;
}

async function bars(looking: Looking): Promise<Partial<Result>> {
  const { context, card, measure, language, names } = looking;
  const dimension = card.kind === 'map' ? 'province' : (card.dimension ?? 'channel');
  if (!dimensionsOf(measure).includes(dimension)) return { advice: 'no_data' };
  const all = (await parts(context.warehouse, asked(looking), dimension)).filter(
    ({ key, value }) => value !== null && (dimension !== 'segment' || names.segment.has(key)),
  );
  const known = all.filter(({ key }) => key !== '' && !(dimension === 'decile' && key === '0'));
  if (known.length === 0)
    return {
      advice: (all.length > 0 || NOTHING_OF[dimension] === 'no_segments' ? NOTHING_OF[dimension] : undefined) ?? MEASURE[measure].advice,
    };
  const { additive } = MEASURE[measure];
  // People may be in several segments: their parts are more than the whole.
  const adds = additive && dimension !== 'segment';
  const value = adds ? sum(all) : await total(context.warehouse, asked(looking));
  const ordered = dimension === 'decile' ? all.toSorted((a, b) => Number(a.key) - Number(b.key)) : all;
  const top = card.kind === 'map' || isTime(dimension) ? ordered : ordered.slice(0, card.top);
  const rest = ordered.slice(top.length);
  const other = await againstParts(
    looking,
    dimension,
    top.map(({ key }) => key),
  );
  const against = other && 'missing' in other ? undefined : other;
  let running = 0;
  const points = top.map(({ key, value: own }) => {
    running += own ?? 0;
    return {
      key,
      label: nameOf(dimension, key, names, language),
      value: own,
      share: adds && value ? (own ?? 0) / value : null,
      cumulative: adds && value ? running / value : null,
      against: against?.byKey.get(key) ?? null,
      target: null,
    };
  });
  if (adds && rest.length > 0) {
    const own = sum(rest);
    const label = translator(language)('boards:others', { count: rest.length });
    points.push({ key: OTHERS, label, value: own, share: value ? own / value : null, cumulative: 1, against: null, target: null });
  }
  return { value, points, againstWords: against?.words ?? '', notAgainst: other && 'missing' in other ? other.missing : '' };
}

/** The bar of all that have none of their own. */
export const OTHERS = '…';

const sum = (list: readonly { value: number | null }[]): number => list.reduce((all, { value }) => all + (value ?? 0), 0);
const max = (a: string, b: string): string => (a > b ? a : b);
const min = (a: string, b: string): string => (a < b ? a : b);
