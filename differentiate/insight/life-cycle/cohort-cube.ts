// What customers who began in one month did in each month since, summed while their orders go by.
import type { OrderRow } from './history-table.ts';

export interface CohortCell {
  cohort: number;
  month: number;
  source: number;
  channel: number;
  customers: number;
  orders: number;
  revenue: number;
  margin: number;
  known: number;
}

/**
 * Months as the lists of customers count them: what was only brought back or given away begins nothing and is no order; its money
 * counts in its month, and before the first purchase in that of the first.
 */
export function cohortCube() {
  const all: CohortCell[] = [];
  /** Of each beginning, the cells by months since. */
  const beginnings = new Map<number, (CohortCell | undefined)[]>();
  let since: (CohortCell | undefined)[] = [];
  let [cohort, lastMonth] = [NONE, NONE];
  const from = { source: 0, channel: 0 };
  const early = { revenue: 0, margin: 0, known: 0 };
  return {
    add(order: OrderRow): void {
      if (order.isFirst) {
        cohort = NONE;
        Object.assign(early, { revenue: 0, margin: 0, known: 0 });
      }
      const bought = order.amount > 0;
      const month = monthOfDay(order.day);
      if (cohort === NONE) {
        if (!bought) return money(early, order);
        begin(month, order);
      }
      const cell = (since[month - cohort] ??= newCell(month));
      if (bought) {
        if (month !== lastMonth) cell.customers++;
        lastMonth = month;
        cell.orders++;
      }
      money(cell, order);
    },
    cells: () => all,
  };

  /** The customer's first purchase. */
  function begin(month: number, { source, channel }: OrderRow): void {
    cohort = month;
    lastMonth = NONE;
    Object.assign(from, { source, channel });
    const key = (month * 256 + source) * 256 + channel;
    since = beginnings.get(key) ?? [];
    beginnings.set(key, since);
    const cell = (since[0] ??= newCell(month));
    cell.revenue += early.revenue;
    cell.margin += early.margin;
    cell.known += early.known;
  }

  function newCell(month: number): CohortCell {
    const none = { customers: 0, orders: 0, revenue: 0, margin: 0, known: 0 };
    const made = { cohort: yearMonth(cohort), month: yearMonth(month), ...from, ...none };
    all.push(made);
    return made;
  }
}

const NONE = -1;

function money(to: Pick<CohortCell, 'revenue' | 'margin' | 'known'>, { amount, margin }: OrderRow): void {
  to.revenue += amount;
  if (Number.isNaN(margin)) return;
  to.margin += margin;
  to.known += amount;
}

/** A day is 16 bits. */
const months = new Int16Array(65_536).fill(-1);
/** Months since January 1970 of a day since 1970-01-01. */
export function monthOfDay(day: number): number {
  const known = months[day]!;
  if (known >= 0) return known;
  const date = new Date(day * 86_400_000);
  months[day] = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
  return months[day]!;
}
/** 202603 */
const yearMonth = (month: number) => (1970 + Math.floor(month / 12)) * 100 + (month % 12) + 1;
