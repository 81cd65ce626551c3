// The catalogue as the builder reads it, and the values it suggests.
import { fail } from '@vinculo/errors';
import { fold } from '@vinculo/languages';
import type { Actor } from '@vinculo/postgres';
import type { z } from 'zod';
import type { Catalogue, Suggestions, SuggestQuery } from './api.ts';
import { linesFrom } from './bases.ts';
import type { Segments } from './environment.ts';
import { factKind, FACTS, type FactKind } from './facts.ts';
import { OPERATORS } from './fields.ts';
import { quickTables } from './lines.ts';
import { RULE_VERSION } from './rule.ts';

/** What a reader may ask by. */
export function catalogue(segments: Segments, actor: Pick<Actor, 'permissions'>): z.infer<typeof Catalogue> {
  const worth = actor.permissions.has('value.read');
  return {
    version: RULE_VERSION,
    fields: [...segments.catalogue.values()]
      .filter((field) => worth || !field.worth)
      .map(({ id, group, kind, choices, choicesAs, labels }) => ({
        id,
        group,
        kind,
        operators: [...OPERATORS[kind]],
        choices: choices ? [...choices] : null,
        choicesAs: choicesAs ?? '',
        labelled: labels !== undefined,
      })),
    facts: Object.entries<FactKind>(FACTS).map(([id, { by, measures }]) => ({
      id,
      by: Object.entries(by).map(([name, { closed }]) => ({ id: name, choices: closed ? [...closed] : null })),
      measures: Object.entries(measures)
        .filter(([, measure]) => worth || !measure.worth)
        .map(([name, { kind, none }]) => ({
          id: name,
          kind,
          operators: OPERATORS[kind].filter((op) => none === null || (op !== 'known' && op !== 'unknown')),
        })),
    })),
  };
}

const MOST = 30;
/** Events looked at for a suggestion. */
const SAMPLE = 2_000_000;

/** Values there are, the commonest first. */
export async function suggest(
  segments: Segments,
  actor: Actor,
  query: z.output<typeof SuggestQuery>,
): Promise<z.infer<typeof Suggestions>> {
  const { context, catalogue: fields } = segments;
  const field = fields.get(query.of);
  if (field) {
    if (field.worth && !actor.permissions.has('value.read')) throw fail('VIN_ACCESS_DENIED', { permission: 'value.read' });
    if (field.labels) return ofLabels(await field.labels(context.store), query);
    const list = field.kind === 'list';
    const from = field.table ?? 'customer_profile as p final where p.alive';
    return ofRows(segments, `select ${list ? `arrayJoin(${field.sql})` : `toString(${field.sql})`} as value from ${from}`, query);
  }
  const [fact = '', by = ''] = query.of.split('.');
  const kind = factKind(fact);
  const narrowed = kind && Object.hasOwn(kind.by, by) ? kind.by[by]! : undefined;
  if (!kind || !narrowed) throw fail('VIN_SEGMENT_RULE', { detail: { es: `no conocemos «${query.of}»`, en: `there is no "${query.of}"` } });
  if (by === 'product') return ofProducts(segments, query);
  if (by === 'campaign') return ofCampaigns(segments, query);
  const { column } = narrowed;
  if (['category', 'subcategory', 'brand'].includes(column)) return ofRows(segments, `select ${column} as value from product final`, query);
  if (kind.base === 'order') {
    const { line } = await quickTables(context, segments.quick);
    return ofRows(segments, `select ${column} as value from ${line ?? `(${linesFrom()})`}`, query);
  }
  // Records are in no order of time or kind: the first of them are a sample as good as any.
  if (kind.base === 'event') return ofRows(segments, `select ${column} as value from event where not gone limit ${SAMPLE}`, query);
  return ofRows(segments, `select ${column} as value from ${kind.base}`, query);
}

/** As {@link fold} does, in the warehouse. */
const has = (text: string) => `position(replaceRegexpAll(normalizeUTF8NFD(lowerUTF8(${text})), '\\\\p{M}', ''), {search:String}) > 0`;

function ofLabels(labels: { value: string; label: string }[], { search, values }: z.output<typeof SuggestQuery>) {
  const wanted = values?.split(',');
  const typed = fold(search ?? '');
  return {
    items: labels
      .filter(({ value, label }) => (wanted ? wanted.includes(value) : fold(label).includes(typed)))
      .slice(0, wanted ? undefined : MOST),
  };
}

async function ofRows(
  { context }: Segments,
  rows: string,
  { search, values }: z.output<typeof SuggestQuery>,
): Promise<z.infer<typeof Suggestions>> {
  // Open values are their own labels.
  if (values !== undefined) return { items: values.split(',').map((value) => ({ value, label: value })) };
  const { currency } = await context.settings.get();
  const items = await context.warehouse.rows<{ value: string; customers: number }>(
    `select value, count() as customers from (${rows})
      where value != ''
      group by value ${search ? `having ${has('value')}` : ''} order by customers desc, value limit ${MOST}`,
    { search: fold(search ?? ''), currency },
  );
  return { items: items.map(({ value }) => ({ value, label: value })) };
}

async function ofProducts({ context }: Segments, { search, values }: z.output<typeof SuggestQuery>): Promise<z.infer<typeof Suggestions>> {
  const items = await context.warehouse.rows<{ value: string; name: string }>(
    `select product_key as value, name from product final
      where ${values === undefined ? `{search:String} = '' or ${has("concat(name, ' ', product_key)")}` : 'product_key in {values:Array(String)}'}
      order by name, value limit ${values === undefined ? MOST : 500}`,
    { search: fold(search ?? ''), values: values?.split(',') ?? [] },
  );
  return { items: items.map(({ value, name }) => ({ value, label: name || value })) };
}

async function ofCampaigns({ context }: Segments, { search, values }: z.output<typeof SuggestQuery>): Promise<z.infer<typeof Suggestions>> {
  const items = await context.warehouse.rows<{ value: string; name: string }>(
    `select campaign_key as value, name from campaign final
      where ${values === undefined ? `{search:String} = '' or ${has("concat(name, ' ', campaign_key)")}` : 'campaign_key in {values:Array(String)}'}
      order by ifNull(starts_on, toDate('1970-01-01')) desc, value limit ${values === undefined ? MOST : 500}`,
    { search: fold(search ?? ''), values: values?.split(',') ?? [] },
  );
  return { items: items.map(({ value, name }) => ({ value, label: name || value })) };
}
