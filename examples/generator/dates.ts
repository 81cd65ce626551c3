// Dates are whole days since 1970-01-01: cheap to draw, compare and keep; text is made at the edge and remembered.

const DAY = 86_400_000;
const iso: string[] = [];
const dmy: string[] = [];

/** Days since 1970-01-01 of a civil date; `month` from 1 to 12. */
export function dayOf(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY;
}

/** Days since 1970-01-01 of an instant, in UTC. */
export function dayOfInstant(instant: Date): number {
  return Math.floor(instant.getTime() / DAY);
}

/** `2024-03-09` */
export function isoDate(day: number): string {
  // Days before 1970 are negative: shifted so that they index an array.
  return (iso[day + 60_000] ??= new Date(day * DAY).toISOString().slice(0, 10));
}

/** `09/03/2024` */
export function dmyDate(day: number): string {
  const known = dmy[day + 60_000];
  if (known !== undefined) return known;
  const text = isoDate(day);
  return (dmy[day + 60_000] = `${text.slice(8, 10)}/${text.slice(5, 7)}/${text.slice(0, 4)}`);
}

export const twoDigits: readonly string[] = Array.from({ length: 100 }, (_, i) => String(i).padStart(2, '0'));

/** `14:06:53` of seconds since midnight. */
export function clock(seconds: number): string {
  return `${twoDigits[Math.floor(seconds / 3600)]}:${twoDigits[Math.floor(seconds / 60) % 60]}:${twoDigits[seconds % 60]}`;
}
