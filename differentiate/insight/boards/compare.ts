// What a card is compared with: an earlier time, the plan, another store, the average of all, a figure somebody typed in.
import { translator } from '@vinculo/languages';
import { parts, total } from './aggregate.ts';
import type { Looking, Result } from './card-result.ts';
import type { Filters } from './conditions.ts';
import { type DimensionName, isTime, MEASURE, ofNothing } from './measures.ts';
import { before, buckets, type Grain, inWords, type Stretch, yearBefore } from './periods.ts';
import type { Plan } from './targets.ts';

/** The stretch a comparison in time looks at. */
function otherStretch({ card, stretch }: Looking): Stretch | undefined {
  if (card.comparison.kind === 'previous') return before(stretch);
  return card.comparison.kind === 'last_year' ? yearBefore(stretch) : undefined;
}

/** Whether anything can be said of the other side: what customers are now has no past here. */
export const comparable = ({ card, measure }: Looking): boolean =>
  card.comparison.kind !== 'none' &&
  (MEASURE[measure].table !== 'fact_customer' || !['previous', 'last_year', 'plan'].includes(card.comparison.kind));

/** The filters with another store instead of theirs. */
const ofStore = (filters: readonly Filters[], store: string): Filters[] => [
  ...filters.map(({ store: _own, ...rest }) => rest),
  { store: [store] },
];
const ofAnyStore = (filters: readonly Filters[]): Filters[] => filters.map(({ store: _own, ...rest }) => rest);

export async function againstNumber(looking: Looking, value: number, plan: Plan | undefined): Promise<Result['against']> {
  const other = await otherNumber(looking, plan);
  if (!other) return null;
  const { better, unit } = MEASURE[looking.measure];
  const difference = value - other.value;
  return {
    value: other.value,
    change: unit === 'share' || other.value === 0 ? null : difference / Math.abs(other.value),
    points: unit === 'share' ? difference * 100 : null,
    better: better === 'neither' || difference === 0 ? null : better === 'more' ? difference > 0 : difference < 0,
    words: other.words,
  };
}

async function otherNumber(looking: Looking, plan: Plan | undefined): Promise<{ value: number; words: string } | undefined> {
  if (!comparable(looking)) return undefined;
  const { context, card, measure, stretch, earlier, filters, language } = looking;
  const t = translator(language);
  const asked = { measure, stretch, earlier, filters };
  const { comparison } = card;
  switch (comparison.kind) {
    case 'previous':
    case 'last_year': {
      const other = otherStretch(looking);
      const value = other && (await total(context.warehouse, { ...asked, stretch: other, earlier: before(other) }));
      return other && typeof value === 'number' && (value !== 0 || MEASURE[measure].unit === 'share')
        ? { value, words: t('boards:against.period', { period: inWords(other, language) }) }
        : undefined;
    }
    case 'plan':
      return plan && { value: plan.due, words: t(plan.due === plan.value ? 'boards:against.plan' : 'boards:against.planSoFar') };
    case 'store': {
      const value = await total(context.warehouse, { ...asked, filters: ofStore(filters, comparison.store) });
      return value === null ? undefined : { value, words: t('boards:against.store', { store: comparison.store }) };
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
      return { value: comparison.value, words: t('boards:against.figure', { source: comparison.source }) };
    default:
      return undefined;
  }
}

/** The other side part by part: by key, and of time in order, so that the first month stands beside the first. */
export async function againstParts(
  looking: Looking,
  dimension: DimensionName,
): Promise<{ byKey: Map<string, number | null>; inOrder?: (number | null)[]; words: string } | undefined> {
  if (!comparable(looking)) return undefined;
  const { context, card, measure, stretch, earlier, filters, language } = looking;
  const t = translator(language);
  const read = async (over: { stretch: Stretch; earlier: Stretch | undefined; filters: readonly Filters[] }) =>
    new Map((await parts(context.warehouse, { measure, ...over }, dimension)).map(({ key, value }) => [key, value]));
  const ordered = (of: Stretch, byKey: Map<string, number | null>) =>
    isTime(dimension) ? { inOrder: buckets(of, dimension as Grain).map((start) => byKey.get(start) ?? ofNothing(measure)) } : {};
  const other = otherStretch(looking);
  if (other) {
    const byKey = await read({ stretch: other, earlier: before(other), filters });
    if (byKey.size === 0) return undefined;
    return { byKey, ...ordered(other, byKey), words: inWords(other, language) };
  }
  if (card.comparison.kind === 'store' && dimension !== 'store') {
    const byKey = await read({ stretch, earlier, filters: ofStore(filters, card.comparison.store) });
    return { byKey, ...ordered(stretch, byKey), words: t('boards:againstStore', { store: card.comparison.store }) };
  }
  if (card.comparison.kind === 'figure' && isTime(dimension)) {
    const { value, source } = card.comparison;
    return { byKey: new Map(), inOrder: buckets(stretch, dimension as Grain).map(() => value), words: source };
  }
  return undefined;
}
