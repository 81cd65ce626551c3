/** When something happens again, by the clock of a zone. */
export interface Rhythm {
  every: 'day' | 'week' | 'month';
  /** 1 (Monday) to 7 of the week; 1 to 28 of the month. */
  onDay: number;
  /** 0 to 23. */
  atHour: number;
}

/** The next such moment after `after`. An hour that the clocks skip comes as the next one there is. */
export function nextTime({ every, onDay, atHour }: Rhythm, timeZone: string, after: Date): Date {
  const today = localDay(after, timeZone);
  for (let ahead = 0; ahead <= 62; ahead++) {
    const day = new Date(today.getTime() + ahead * 86_400_000);
    const weekday = ((day.getUTCDay() + 6) % 7) + 1;
    const fits = every === 'day' || (every === 'week' ? weekday === Math.min(onDay, 7) : day.getUTCDate() === Math.min(onDay, 28));
    if (!fits) continue;
    const at = instantOf(day, atHour, timeZone);
    if (at > after) return at;
  }
  throw new RangeError('No such moment within two months');
}

/** The day it is there, as midnight UTC of that day. */
function localDay(at: Date, timeZone: string): Date {
  return new Date(`${new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at)}T00:00:00Z`);
}

/** Two looks settle the days on which the clocks change. */
function instantOf(day: Date, hour: number, timeZone: string): Date {
  const wanted = day.getTime() + hour * 3_600_000;
  let instant = wanted;
  for (let look = 0; look < 2; look++) instant = wanted - ahead(new Date(instant), timeZone);
  return new Date(instant);
}

/** How far the clocks of the zone are ahead of UTC, in milliseconds. */
function ahead(at: Date, timeZone: string): number {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
  return Date.parse(`${text.replace(' ', 'T')}Z`) - Math.floor(at.getTime() / 1000) * 1000;
}
