// What cards can be made of, in the reader's words: measures with their definitions, dimensions, and the values there are.
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { type Language, translator } from '@vinculo/languages';
import { type BoardChoices, DIMENSIONS, MEASURES } from '../api/boards.ts';
import { type Advice, type DimensionName, dimensionsOf, MEASURE } from './measures.ts';
import { nameOf, readNames } from './names.ts';

const PERIODS = [
  'last_7_days',
  'last_30_days',
  'last_90_days',
  'last_12_months',
  'this_month',
  'last_month',
  'this_quarter',
  'last_quarter',
  'this_year',
  'last_year',
  'all',
] as const;
const OF_ORDERS = ['channel', 'store', 'source', 'province', 'kind', 'rfm_group', 'decile', 'tier', 'stage', 'loyalty', 'needs'] as const;
const MOST = 500;

export async function boardChoices(
  context: Pick<Context, 'store' | 'warehouse'>,
  language: Language,
): Promise<z.infer<typeof BoardChoices>> {
  const t = translator(language);
  const names = await readNames(context.store);
  const found = await context.warehouse.rows<{ name: DimensionName; keys: string[] }>(
    [
      ...OF_ORDERS.map((name) => `select '${name}' as name, groupUniqArray(${MOST})(toString(${name})) as keys from fact_order`),
      `select 'category', groupUniqArray(${MOST})(toString(category)) from fact_category`,
      `select 'campaign', groupUniqArray(${MOST})(toString(campaign)) from fact_contact where campaign != ''`,
    ].join(' union all '),
  );
  const values = Object.fromEntries(
    found.map(({ name, keys }) => [
      name,
      keys
        .map((key) => ({ key: key === '' || (name === 'decile' && key === '0') ? '?' : key, label: nameOf(name, key, names, language) }))
        .toSorted((a, b) => (a.key === '?' ? 1 : b.key === '?' ? -1 : a.label.localeCompare(b.label, language, { numeric: true }))),
    ]),
  );
  const missing = await missingScores(context);
  return {
    measures: MEASURES.map((key) => {
      const { unit, additive, advice } = MEASURE[key];
      return {
        key,
        label: t(`boards:measure.${key}`),
        definition: t(`boards:definition.${key}`),
        unit,
        additive,
        dimensions: [...dimensionsOf(key)],
        advice: missing.has(advice) ? advice : null,
      };
    }),
    dimensions: DIMENSIONS.map((key) => ({ key, label: t(`boards:dimension.${key}`) })),
    periods: PERIODS.map((key) => ({ key, label: t(`boards:period.${key}`) })),
    values,
    segments: [...names.segment].map(([key, label]) => ({ key, label })),
  };
}

/** What no scoring has found yet, or nobody has told: cards about it say so, and what to do. */
async function missingScores({ warehouse }: Pick<Context, 'warehouse'>): Promise<Set<Advice>> {
  const [found] = await warehouse.rows<Record<string, number>>(`
    select (select count() from fact_order) as no_purchases, (select countIf(isNotNull(margin)) from fact_order) as no_costs,
           (select count() from customer_forecast) as no_forecast, (select count() from customer_life_cycle) as no_life_cycle,
           (select count() from fact_contact) as no_contacts`);
  return new Set((Object.entries(found ?? {}) as [Advice, number][]).filter(([, rows]) => rows === 0).map(([advice]) => advice));
}
