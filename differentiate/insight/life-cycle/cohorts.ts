// What became of the customers of each beginning: out of the sums that scoring keeps, a few thousand rows however many customers.
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import type { CohortQuery, Cohorts } from '../api/life-cycle.ts';
import { sourceLabels } from './churn.ts';
import { latestSummary } from './summary.ts';

type View = z.infer<typeof Cohorts>;
type Query = z.infer<typeof CohortQuery>;

interface Cell {
  cohort: number;
  month: number;
  customers: number;
  orders: number;
  revenue: number;
  margin: number;
  known: number;
}

/** Beginnings shown: three years of months, six of quarters. */
const SHOWN = { month: 36, quarter: 24 };
/** The months of the oldest of them, until now. */
export const COHORT_MONTHS = Math.max(SHOWN.month, SHOWN.quarter * 3);

export async function cohorts({ store, warehouse }: Pick<Context, 'store' | 'warehouse'>, { size, source, channel }: Query): Promise<View> {
  const summary = await latestSummary(store);
  const [labels, places] = [
    await sourceLabels(store),
    await warehouse.rows<{ sources: string[]; channels: string[] }>(
      `select groupUniqArray(toString(source_id)) as sources, arraySort(groupUniqArrayIf(toString(channel), channel != '')) as channels from cohort_cell`,
    ),
  ];
  const cells = await warehouse.rows<Cell>(
    `select cohort, month, toUInt32(sum(customers)) as customers, toUInt32(sum(orders)) as orders, sum(revenue) as revenue, sum(margin) as margin, sum(known) as known
       from cohort_cell
      where ({source:String} = '' or toString(source_id) = {source:String}) and ({channel:String} = '' or channel = {channel:String})
      group by cohort, month order by cohort, month`,
    { source: source ?? '', channel: channel ?? '' },
  );
  return {
    sources: (places[0]?.sources ?? []).flatMap((id) => (labels.has(id) ? [{ id, label: labels.get(id)! }] : [])),
    channels: places[0]?.channels ?? [],
    cohorts: summary ? inCohorts(cells, size, indexOf(Number(summary.asOf.slice(0, 7).replace('-', '')))) : [],
  };
}

/** Rows by month of the first purchase as cohorts by month or quarter; `now` is the month that is not over. */
export function inCohorts(cells: readonly Cell[], size: Query['size'], now: number): View['cohorts'] {
  const width = size === 'month' ? 1 : 3;
  const began = new Map<number, number>(); // customers by month of their first purchase
  for (const { cohort, month, customers } of cells) if (cohort === month) began.set(indexOf(cohort), customers);
  const first = Math.floor(now / width) * width - (SHOWN[size] - 1) * width;
  const found = new Map<number, View['cohorts'][number]>();
  for (const cell of cells) {
    const start = indexOf(cell.cohort);
    const group = Math.floor(start / width) * width;
    if (group < first) continue;
    const since = indexOf(cell.month) - start;
    const cohort = found.get(group) ?? found.set(group, emptyCohort(group, width, began, now)).get(group)!;
    const to = cohort.cells[since];
    if (!to) continue;
    to.customers += cell.customers;
    to.orders += cell.orders;
    to.revenue += cell.revenue;
    if (cell.known !== 0) to.margin = (to.margin ?? 0) + cell.margin;
  }
  return [...found.values()];
}

function emptyCohort(group: number, width: number, began: ReadonlyMap<number, number>, now: number): View['cohorts'][number] {
  const starts = Array.from({ length: width }, (_, i) => group + i).filter((start) => began.has(start));
  const year = Math.floor(group / 12);
  return {
    cohort: width === 1 ? `${year}-${String((group % 12) + 1).padStart(2, '0')}` : `${year}-Q${Math.floor((group % 12) / 3) + 1}`,
    customers: starts.reduce((sum, start) => sum + began.get(start)!, 0),
    cells: Array.from({ length: Math.max(0, now - Math.min(...starts) + 1) }, (_, since) => ({
      since,
      of: starts.reduce((sum, start) => sum + (start + since <= now ? began.get(start)! : 0), 0),
      customers: 0,
      orders: 0,
      revenue: 0,
      margin: null,
      // Of a quarter, also where only its later months have not come so far.
      running: starts.some((start) => start + since >= now),
    })),
  };
}

/** 202603 as months since year 0. */
const indexOf = (yearMonth: number) => Math.floor(yearMonth / 100) * 12 + (yearMonth % 100) - 1;
