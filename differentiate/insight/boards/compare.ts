// What a card is compared with: an earlier time, the plan, another store, the average of all, a figure somebody typed in.
import { translator } from '@vinculo/languages';
import { parts, total } from './aggregate.ts';
import type { Looking, Result } from './card-result.ts';
import { dayOf, type Filters } from './conditions.ts';
import { type DimensionName, dimensionsOf, isTime, isTimeless, MEASURE, ofNothing, scaling } from './measures.ts';
import { nameOf } from './names.ts';
import { addMonths, before, buckets, endOf, type Grain, inWords, type Stretch, yearBefore } from './periods.ts';
import type { Plan } from './plan.ts';

/** Whether anything can be said of the other side: what customers are now has no past here, and contacts have no store. */
export function comparable({ card, measure }: Looking): boolean {
  const { kind } = card.comparison;
  if (kind === 'none') return false;
  if (isTimeless(measure) && ['previous', 'last_year', 'plan'].includes(kind)) return false;
  return kind !== 'average_store' || dimensionsOf(measure).includes('store');
}

/** An earlier time, with the first day there is anything of: before it nobody knows. */
interface Earlier {
  stretch: Stretch;
  firstDay: string;
  words: string;
}
/** Why there is nothing to compare with, in the reader's language. */
interface Missing {
  missing: string;
}

/** Undefined where the card is compared with something else. */
async function earlierTime(looking: Looking): Promise<Earlier | Missing | undefined> {
  const { context, card, measure, stretch, language } = looking;
  if (card.comparison.kind !== 'previous' && card.comparison.kind !== 'last_year') return undefined;
  const t = translator(language);
  const other = card.comparison.kind === 'previous' ? before(stretch) : yearBefore(stretch);
  if (!other) return undefined;
  const { table } = MEASURE[measure];
  // Half a month of one who is known by the month cannot be told from the whole one.
  if (table === 'customer_month' && stretch.to !== endOf(stretch.to, 'month')) return { missing: t('boards:notAgainst.unfinished') };
  const [first] = await context.warehouse.rows<{ day: string; some: number }>(
    `select toString(min(${dayOf(table)})) as day, count() as some from ${table}`,
  );
  const firstDay = first?.some ? first.day : stretch.to;
  if (other.to < firstDay) return { missing: t('boards:notAgainst.nothing', { period: inWords(other, language) }) };
  const known = other.from < firstDay ? { ...other, from: firstDay } : other;
  return { stretch: other, firstDay, words: inWords(known, language) };
}

/** The filters with another store instead of theirs. */
const ofStore = (filters: readonly Filters[], store: string): Filters[] => [
  ...filters.map(({ store: _own, ...rest }) => rest),
  { store: [store] },
];
const ofAnyStore = (filters: readonly Filters[]): Filters[] => filters.map(({ store: _own, ...rest }) => rest);

interface Other {
  value: number;
  words: string;
  /** Not as long, or not over: neither better nor worse. */
  unlike?: boolean;
}

/** The number beside another, or why there is no other. */
export async function againstNumber(
  looking: Looking,
  value: number,
  plan: Plan | undefined,
): Promise<Pick<Result, 'against' | 'notAgainst'>> {
  const other = comparable(looking) ? await otherNumber(looking, plan) : undefined;
  if (!other) return { against: null, notAgainst: '' };
  if ('missing' in other) return { against: null, notAgainst: other.missing };
  const { better, unit } = MEASURE[looking.measure];
  const difference = value - other.value;
  const against = {
    value: other.value,
    change: unit === 'share' || other.value === 0 ? null : difference / Math.abs(other.value),
    points: unit === 'share' ? difference * 100 : null,
    better: better === 'neither' || difference === 0 || other.unlike ? null : better === 'more' ? difference > 0 : difference < 0,
    words: other.words,
  };
  return { against, notAgainst: '' };
}

async function otherNumber(looking: Looking, plan: Plan | undefined): Promise<Other | Missing | undefined> {
  const { context, card, measure, stretch, earlier, filters, names, language } = looking;
  const t = translator(language);
  const asked = { measure, stretch, earlier, filters };
  const { comparison } = card;
  const other = await earlierTime(looking);
  if (other && 'missing' in other) return other;
  if (other) {
    const value = await total(context.warehouse, { ...asked, stretch: other.stretch, earlier: before(other.stretch) });
    return value === null
      ? { missing: t('boards:notAgainst.nothing', { period: other.words }) }
      : { value, words: t('boards:against.period', { period: other.words }), unlike: other.stretch.from < other.firstDay };
  }
  switch (comparison.kind) {
    case 'plan': {
      if (!plan) return { missing: t('boards:notAgainst.plan') };
      if (plan.due === null) return { value: plan.value, words: t('boards:against.plan'), unlike: true };
      return { value: plan.due, words: t(stretch.to < stretch.end ? 'boards:against.planSoFar' : 'boards:against.plan') };
    }
    case 'store': {
      const value = await total(context.warehouse, { ...asked, filters: ofStore(filters, comparison.store) });
      const store = nameOf('store', comparison.store, names, language);
      return value === null ? { missing: t('boards:notAgainst.store', { store }) } : { value, words: t('boards:against.store', { store }) };
    }
    case 'average_store': {
      const stores = (await parts(context.warehouse, { ...asked, filters: ofAnyStore(filters) }, 'store')).filter(
        ({ key, value }) => key !== '' && value !== null,
      );
      if (stores.length === 0) return undefined;
      const value = stores.reduce((sum, one) => sum + one.value!, 0) / stores.length;
      return { value, words: t('boards:against.averageStore', { stores: stores.length }) };
    }
    case 'figure':
      // Beside each point of a trend it is a figure of that month: it says nothing of their sum.
      if (card.kind === 'trend' && scaling(measure) !== 'same') return undefined;
      return { value: comparison.value, words: t('boards:against.figure', { source: comparison.source }) };
    default:
      return undefined;
  }
}

/** The other side part by part, under the keys of this one: the first month stands beside the first. */
export async function againstParts(
  looking: Looking,
  dimension: DimensionName,
  keys: readonly string[],
): Promise<{ byKey: Map<string, number | null>; words: string } | Missing | undefined> {
  if (!comparable(looking)) return undefined;
  const { context, card, measure, stretch, earlier, filters, names, language } = looking;
  const read = async (over: { stretch: Stretch; earlier: Stretch | undefined; filters: readonly Filters[] }) =>
    new Map((await parts(context.warehouse, { measure, ...over }, dimension)).map(({ key, value }) => [key, value]));
  const none = isTime(dimension) ? ofNothing(measure) : null;
  const { comparison } = card;
  const other = await earlierTime(looking);
  if (other && 'missing' in other) return other;
  if (other) {
    const found = await read({ stretch: other.stretch, earlier: before(other.stretch), filters });
    if (!isTime(dimension)) return { byKey: found, words: other.words };
    const beside = besideEach(stretch, other.stretch, dimension, comparison.kind === 'last_year');
    const value = (key: string | undefined) =>
      key === undefined || endOf(key, dimension) < other.firstDay ? null : found.has(key) ? found.get(key)! : none;
    return { byKey: new Map(keys.map((key) => [key, value(beside.get(key))])), words: other.words };
  }
  switch (comparison.kind) {
    case 'store': {
      if (dimension === 'store') return undefined;
      const found = await read({ stretch, earlier, filters: ofStore(filters, comparison.store) });
      const words = translator(language)('boards:againstStore', { store: nameOf('store', comparison.store, names, language) });
      return { byKey: new Map(keys.map((key) => [key, found.has(key) ? found.get(key)! : none])), words };
    }
    case 'figure':
      return isTime(dimension) ? { byKey: new Map(keys.map((key) => [key, comparison.value])), words: comparison.source } : undefined;
    default:
      return undefined;
  }
}

/** Which bucket of the other stretch stands beside each: the first beside the first; of a year ago, the same day, and none beside a 29 February. */
function besideEach(own: Stretch, other: Stretch, grain: Grain, yearAgo: boolean): Map<string, string | undefined> {
  const starts = buckets(own, grain);
  const others = buckets(other, grain);
  if (!yearAgo || grain !== 'day') return new Map(starts.map((start, n) => [start, others[n]]));
  return new Map(
    starts.map((start) => {
      const then = addMonths(start, -12);
      return [start, then.slice(5) === start.slice(5) && others.includes(then) ? then : undefined];
    }),
  );
}
