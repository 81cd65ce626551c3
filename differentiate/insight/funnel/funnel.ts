// How many have come how far, by the table that scoring fills: a count of numbers, whoever is asked for.
import type { z } from 'zod';
import { type Context, decodeCursor, toPage } from '@vinculo/http';
import { sql } from 'kysely';
import type { Funnel, FunnelPreview, FunnelQuery, StuckQuery, StuckRow } from '../api/funnel.ts';
import { sourceLabels } from '../life-cycle/churn.ts';
import { customerNames } from '../life-cycle/members.ts';
import { allOf } from '../life-cycle/whose.ts';
import { latestSummary } from '../life-cycle/summary.ts';
import { warehouseTime } from '../scores/score-step.ts';
import { compileFunnel } from './compile-funnel.ts';
import { DEFAULT_FUNNEL, type Definition, funnelChanges, funnelDefinition } from './definition.ts';

type Stores = Pick<Context, 'store' | 'warehouse' | 'settings'>;
type Query = z.infer<typeof FunnelQuery>;

const MOST_PERIODS = 12;
const TREND_DAYS = 400;

function asked({ source, from, to }: Query) {
  const conditions: string[] = [];
  if (source) conditions.push('has(sources, {source:String})');
  if (from) conditions.push('first_seen >= {from:Date}');
  if (to) conditions.push('first_seen <= {to:Date}');
  return { where: allOf(conditions), params: { ...(source ? { source } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) } };
}

/** Customers by the step they have reached, from 0, as counts at each step or further. */
function cumulated(rows: readonly { reached: number; customers: number }[], steps: number) {
  const at = Array.from({ length: steps + 1 }, () => 0);
  for (const { reached, customers } of rows) at[Math.min(reached, steps)]! += customers;
  const further = (from: number) => at.slice(from).reduce((sum, customers) => sum + customers, 0);
  return {
    people: further(0),
    before: at[0]!,
    steps: Array.from({ length: steps }, (_, i) => ({ customers: further(i + 1), stuck: at[i + 1]! })),
  };
}

interface Grouped {
  key: string;
  reached: number;
  customers: number;
}

export async function funnel({ store, warehouse }: Stores, query: Query): Promise<z.infer<typeof Funnel>> {
  const { id, definition } = await funnelDefinition(store);
  const { where, params } = asked(query);
  const steps = definition.steps.length;
  const [all, bySource, byPeriod, labels, trend] = [
    await warehouse.rows<{ reached: number; customers: number }>(
      `select reached, toUInt32(count()) as customers from funnel_reach where ${where} group by reached`,
      params,
    ),
    await warehouse.rows<Grouped>(
      `select arrayJoin(sources) as key, reached, toUInt32(count()) as customers from funnel_reach where ${where} group by key, reached`,
      params,
    ),
    await warehouse.rows<Grouped>(
      `select concat(toString(toYear(first_seen)), '-Q', toString(toQuarter(first_seen))) as key, reached, toUInt32(count()) as customers
         from funnel_reach where ${where} and first_seen > toDate('1970-01-02') group by key, reached order by key`,
      params,
    ),
    await sourceLabels(store),
    await sql<{ day: string; counts: number[] }>`
      select day, counts from funnel_snapshot
       where definition_id is not distinct from ${id} and day > now() - make_interval(days => ${TREND_DAYS}) order by day`.execute(
      store.db,
    ),
  ];
  const grouped = (rows: readonly Grouped[]) =>
    [...new Set(rows.map(({ key }) => key))].map((key) => {
      const { people, steps: reached } = cumulated(
        rows.filter((row) => row.key === key),
        steps,
      );
      return { key, people, steps: reached.map(({ customers }) => customers) };
    });
  return {
    definition,
    defaults: DEFAULT_FUNNEL,
    computedAt: (await latestSummary(store))?.computedAt ?? null,
    ...cumulated(all, steps),
    sources: grouped(bySource)
      .flatMap(({ key, ...rest }) => (labels.has(key) ? [{ id: key, label: labels.get(key)!, ...rest }] : []))
      .toSorted((a, b) => b.people - a.people),
    periods: grouped(byPeriod)
      .map(({ key, ...rest }) => ({ period: key, ...rest }))
      .slice(-MOST_PERIODS),
    trend: trend.rows.map(({ day, counts }) => ({ day, steps: counts })),
    changes: await funnelChanges(store),
  };
}

/** The counts another definition would give, on the facts of the last scoring; nothing is written. */
export async function previewFunnel({ warehouse, settings }: Stores, definition: Definition): Promise<z.infer<typeof FunnelPreview>> {
  const { timeZone } = await settings.get();
  const compiled = compileFunnel(definition, warehouseTime(new Date()), timeZone);
  const rows = await warehouse.rows<{ reached: number; customers: number }>(
    `select reached, toUInt32(count()) as customers from (${compiled.sql}) group by reached`,
    compiled.params,
  );
  const { people, steps } = cumulated(rows, definition.steps.length);
  return { people, steps };
}

/** Who stands at a step and no further, those who bring most first. */
export async function stuckAt({ store, warehouse }: Stores, query: z.infer<typeof StuckQuery>) {
  const { where, params } = asked(query);
  const after = decodeCursor(query.cursor, 2) as [number, string] | undefined;
  const further = after ? 'and (l.brought, f.customer_id) < ({brought:Float64}, {id:UUID})' : '';
  interface Row {
    id: string;
    first_seen: string;
    province: string;
    stage: string;
    last_day: string;
    brought: number;
  }
  const rows = await warehouse.rows<Row>(
    `select toString(f.customer_id) as id, f.first_seen as first_seen, f.province as province, l.stage as stage, l.last_day as last_day, l.brought as brought
       from (select * from funnel_reach where reached = {step:UInt8} and ${where}) f
       left join (select customer_id, stage, last_day, brought from customer_life_cycle) l on l.customer_id = f.customer_id
      where true ${further}
      order by brought desc, f.customer_id desc limit ${query.limit + 1}
     settings join_use_nulls = 0`,
    { ...params, step: query.step, ...(after ? { brought: after[0], id: after[1] } : {}) },
  );
  const names = await customerNames(
    store,
    rows.map(({ id }) => id),
  );
  const { items, next } = toPage(rows, query.limit, ({ brought, id }) => [brought, id]);
  return {
    next,
    items: items.map((row) => ({
      id: row.id,
      name: names.get(row.id) ?? '',
      firstSeen: row.first_seen,
      province: row.province,
      stage: row.stage === '' ? null : (row.stage as z.infer<typeof StuckRow>['stage']),
      lastDay: row.stage === '' || row.stage === 'prospect' ? null : row.last_day,
      brought: row.brought,
    })),
  };
}
