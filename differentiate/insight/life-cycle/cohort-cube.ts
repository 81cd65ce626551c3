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
  const cells = new Map<number, CohortCell>();
  let [cohort, source, channel, lastMonth] = [0, 0, 0, -1];
  let cell: CohortCell | undefined;
  return {
    add(order: OrderRow): void {
      const month = monthOfDay(order.day);
      if (order.isFirst) {
        cohort = month;
        source = order.source;
        channel = order.channel;
        lastMonth = -1;
      }
      if (month !== lastMonth) {
        cell = cellAt(month);
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
    cells: () => [...cells.values()],
  };

  function cellAt(month: number): CohortCell {
    // Months are counted from 1970 here: 10 bits each do for 85 years, and a byte each for where they began.
    const key = ((cohort * 1024 + month) * 256 + source) * 256 + channel;
    let found = cells.get(key);
    if (!found) {
      found = {
        cohort: yearMonth(cohort),
        month: yearMonth(month),
        source,
        channel,
        customers: 0,
        orders: 0,
        revenue: 0,
        margin: 0,
        known: 0,
      };
      cells.set(key, found);
    }
    return found;
  }
}

const months: number[] = [];
/** Months since January 1970 of a day since 1970-01-01. */
export function monthOfDay(day: number): number {
  let month = months[day];
  if (month === undefined) {
    const date = new Date(day * 86_400_000);
    month = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
    months[day] = month;
  }
  return month;
}
/** 202603 */
const yearMonth = (month: number) => (1970 + Math.floor(month / 12)) * 100 + (month % 12) + 1;
