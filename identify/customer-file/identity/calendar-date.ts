import { isDay } from '@vinculo/normalise';

/** Whether this is a day written 2024-02-29 that there is: Postgres would refuse the 30th of February, and the whole load with it. */
export function isDate(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && isDay(Number(value.slice(0, 4)), Number(value.slice(5, 7)), Number(value.slice(8)));
}
