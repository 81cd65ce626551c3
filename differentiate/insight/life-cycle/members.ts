// The customers behind a number of this area: a cell of the cohorts, a move between stages, a month's losses, the risk.
import type { z } from 'zod';
import { type Context, decodeCursor, toPage } from '@vinculo/http';
import { sql } from 'kysely';
import type { LifeCycleRow, MembersQuery, RiskQuery } from '../api/life-cycle.ts';
import { readReasons } from './reasons.ts';
import { allOf, type Conditions, whose } from './whose.ts';

type Row = z.infer<typeof LifeCycleRow>;
type Stores = Pick<Context, 'store' | 'warehouse' | 'settings'>;
type Page = { items: Row[]; next: string | null };

interface Found {
  id: string;
  stage: Row['stage'];
  since: string;
  silent_days: number;
  rhythm_days: number;
  last_day: string;
  brought: number;
  period_value: number;
  churn_risk: number;
  expected_loss: number;
  reasons: number[];
}

const SORTS = { '-expected_loss': 'l.expected_loss', '-churn_risk': 'toFloat64(l.churn_risk)', '-brought': 'l.brought' } as const;

/** Those who can still be lost, whom it would cost most to lose first. */
export function riskList(stores: Stores, { stage, sort, cursor, limit }: z.infer<typeof RiskQuery>): Promise<Page> {
  const conditions: Conditions = stage
    ? { sql: ['l.stage = {stage:String}'], params: { stage } }
    : { sql: [`l.stage not in ('prospect', 'lost')`], params: {} };
  return listed(stores, conditions, SORTS[sort], cursor, limit);
}

/** The page asked for, those who bring most first, and how many there are in all. */
export async function members(stores: Stores, query: z.infer<typeof MembersQuery>): Promise<Page & { count: number }> {
  const conditions = whose(query);
  const { timeZone } = await stores.settings.get();
  const add = (text: string, params: Record<string, unknown> = {}) => {
    conditions.sql.push(text);
    Object.assign(conditions.params, params);
  };
  if (query.before) add('l.stage_before = {before:String}', { before: query.before });
  if (query.after) add('l.stage = {after:String}', { after: query.after });
  if (query.lostIn)
    add('arrayExists(day -> toYYYYMM(day) = {lostIn:UInt32}, l.spell_until)', { lostIn: Number(query.lostIn.replace('-', '')) });
  if (query.cohort) {
    const { start, width } = cohortMonths(query.cohort);
    const began = 'toUInt32(toYear(v.first_purchase_at, {timeZone:String}) * 12 + toMonth(v.first_purchase_at, {timeZone:String}) - 1)';
    const bought =
      query.since === undefined
        ? // Who only ever brought something back, or was given it, began in no month.
          'and notEmpty(v.months)'
        : `and has(v.months, intDiv(${began} + {since:UInt32}, 12) * 100 + (${began} + {since:UInt32}) % 12 + 1)`;
    add(
      `l.customer_id in (select v.customer_id from customer_value v where ${began} >= {start:UInt32} and ${began} < {start:UInt32} + {width:UInt32} ${bought})`,
      {
        start,
        width,
        timeZone,
        ...(query.since === undefined ? {} : { since: query.since }),
      },
    );
  }
  const [page, counted] = [
    await listed(stores, conditions, SORTS['-brought'], query.cursor, query.limit),
    await stores.warehouse.rows<{ count: number }>(
      `select toUInt32(count()) as count from customer_life_cycle l where ${allOf(conditions.sql)}`,
      conditions.params,
    ),
  ];
  return { ...page, count: counted[0]?.count ?? 0 };
}

/** `2026-03` or `2026-Q1` as the first month, since year 0, and how many. */
function cohortMonths(cohort: string): { start: number; width: number } {
  const year = Number(cohort.slice(0, 4)) * 12;
  const quarter = cohort.includes('Q');
  return quarter ? { start: year + (Number(cohort.slice(6)) - 1) * 3, width: 3 } : { start: year + Number(cohort.slice(5)) - 1, width: 1 };
}

async function listed(
  { store, warehouse }: Stores,
  { sql: conditions, params }: Conditions,
  order: string,
  cursor: string | undefined,
  limit: number,
): Promise<Page> {
  const after = decodeCursor(cursor, 2) as [number, string] | undefined;
  const further = after ? [`(${order}, l.customer_id) < ({value:Float64}, {id:UUID})`] : [];
  const found = await warehouse.rows<Found & { place: number }>(
    `select toString(l.customer_id) as id, l.stage as stage, l.stage_since as since, l.silent_days as silent_days, l.rhythm_days as rhythm_days, l.last_day as last_day,
            l.brought as brought, l.period_value as period_value, l.churn_risk as churn_risk, l.expected_loss as expected_loss, l.reasons as reasons, ${order} as place
       from customer_life_cycle l where ${allOf([...conditions, ...further])}
      order by place desc, l.customer_id desc limit ${limit + 1}`,
    { ...params, ...(after ? { value: after[0], id: after[1] } : {}) },
  );
  const names = await customerNames(
    store,
    found.map(({ id }) => id),
  );
  const { items, next } = toPage(found, limit, (row) => [row.place, row.id]);
  return { items: items.map((row) => shown(row, names.get(row.id) ?? '')), next };
}

const shown = (row: Found, name: string): Row => ({
  id: row.id,
  name,
  stage: row.stage,
  since: row.since,
  silentDays: row.silent_days,
  rhythmDays: row.rhythm_days || null,
  lastDay: row.stage === 'prospect' ? null : row.last_day,
  brought: row.brought,
  periodValue: row.period_value,
  churnRisk: row.churn_risk,
  expectedLoss: row.expected_loss,
  reasons: readReasons(row.reasons),
});

/** Names by id, as the desk has them now. */
export async function customerNames({ db }: Pick<Context['store'], 'db'>, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, display_name as name from customer where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
