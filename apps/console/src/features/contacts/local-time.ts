// Days and times of the company's clock, as date and time boxes want them.

/** `2026-03-01T09:30`, there and now. */
export function localTime(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at).replace(' ', 'T');
}

/** The day it is there in so many days: `2026-03-01`. */
export function localDay(days: number, timeZone: string, now = new Date()): string {
  const today = localTime(now, timeZone).slice(0, 10);
  return new Date(Date.parse(`${today}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The instant of what a box of date and time says. Two looks settle the days on which the clocks change. */
export function instantOf(local: string, timeZone: string): string {
  const asked = Date.parse(`${local}Z`);
  let at = asked;
  for (let look = 0; look < 2; look++)
    at = asked - (Date.parse(`${localTime(new Date(at), timeZone)}Z`) - Math.floor(at / 60_000) * 60_000);
  return new Date(at).toISOString();
}
