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

/** Months as the lists of customers count them: every order counts, also one that only brings something back. */
export function cohortCube() {
  const all: CohortCell[] = [];
  /** Of each beginning, the cells by months since. */
  const beginnings = new Map<number, (CohortCell | undefined)[]>();
  let since: (CohortCell | undefined)[] = [];
  let [cohort, source, channel, lastMonth] = [0, 0, 0, -1];
  let cell: CohortCell | undefined;
  return {
    add(order: OrderRow): void {
      const month = monthOfDay(order.day);
      if (order.isFirst) begin(month, order);
      if (month !== lastMonth) {
        cell = since[month - cohort] ??= newCell(month);
        cell.customers++;
        lastMonth = month;
      }
      cell!.orders++;
      cell!.revenue += order.amount;
      if (!Number.isNaN(order.margin)) {
        cell!.margin += order.margin;
        cell!.known += order.amount;
      }
    },
    cells: () => all,
  };

  function begin(month: number, order: OrderRow): void {
    cohort = month;
    source = order.source;
    channel = order.channel;
    lastMonth = -1;
    const key = (month * 256 + source) * 256 + channel;
    since = beginnings.get(key) ?? [];
    beginnings.set(key, since);
  }

  function newCell(month: number): CohortCell {
    const none = { customers: 0, orders: 0, revenue: 0, margin: 0, known: 0 };
    const made = { cohort: yearMonth(cohort), month: yearMonth(month), source, channel, ...none };
    all.push(made);
    return made;
  }
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
