// CDNOW: purchases of 23,570 customers who first bought in the first quarter of 1997.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Days since 1970 with a purchase, and the money of each, by customer. */
export type Buyers = { day: number; money: number }[][];

/** Undefined where the data is not there. */
export function readCdnow(data: string): Buyers | undefined {
  const path = join(data, 'cdnow', 'CDNOW_master.txt');
  if (!existsSync(path)) return undefined;
  const customers = new Map<string, Map<number, number>>();
  for (const line of readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1)) {
    const [id, date, , money] = line.trim().split(/\s+/);
    const days = customers.get(id!) ?? new Map<number, number>();
    const day = dayOf(date!);
    days.set(day, (days.get(day) ?? 0) + Number(money));
    customers.set(id!, days);
  }
  return [...customers.values()].map((days) => [...days].map(([day, money]) => ({ day, money })).toSorted((a, b) => a.day - b.day));
}

/** 19970930 */
export const dayOf = (date: string) =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8))) / 86_400_000;

/** As known on a day, in weeks, and what came until another one. */
export function splitAt(buyers: Buyers, cut: string, until: string) {
  const [end, last] = [dayOf(cut), dayOf(until)];
  const known = buyers.map((days) => days.filter(({ day }) => day <= end)).filter((days) => days.length > 0);
  const after = buyers.filter(([first]) => first!.day <= end).map((days) => days.filter(({ day }) => day > end && day <= last).length);
  const column = (of: (days: Buyers[number]) => number) => Float64Array.from(known, of);
  return {
    calibration: {
      x: column((days) => days.length - 1),
      tx: column((days) => (days.at(-1)!.day - days[0]!.day) / 7),
      T: column((days) => (end - days[0]!.day) / 7),
    },
    heldOut: Float64Array.from(after),
    length: (last - end) / 7,
    /** Of repeat purchases; 0 without one. */
    meanSpend: column((days) => (days.length > 1 ? days.slice(1).reduce((sum, { money }) => sum + money, 0) / (days.length - 1) : 0)),
  };
}
