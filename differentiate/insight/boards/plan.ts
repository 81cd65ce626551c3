// What was planned for a stretch of days, out of the targets that lie over it.
import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { Filters } from './conditions.ts';
import { type MeasureName, scaling } from './measures.ts';
import { addDays, daysBetween, type Stretch } from './periods.ts';

export interface Plan {
  value: number;
  /** For as much of the stretch as is over: a third of the month, a third of its target. Null where that cannot be said. */
  due: number | null;
}

interface Target {
  scope_key: string;
  starts_on: string;
  ends_on: string;
  value: number;
}

const SCOPES = ['store', 'channel', 'source'];

/**
 * What the targets of a card are set for: the company without filters, else the stores, channels or sources that its filters leave.
 * Undefined for any other part of the company: nobody sets targets for it.
 */
function scopeOf(filters: readonly Filters[]): { scope: string; keys: string[] } | undefined {
  const asked = filters.flatMap((set) => Object.entries(set).filter(([name, value]) => name !== 'period' && value !== undefined));
  const [first] = asked;
  if (!first) return { scope: 'company', keys: [''] };
  if (!SCOPES.includes(first[0]) || asked.some(([name]) => name !== first[0])) return undefined;
  // A card narrows its board.
  const lists = asked.map(([, values]) => values as string[]);
  return { scope: first[0], keys: [...new Set(lists[0])].filter((key) => lists.every((list) => list.includes(key))) };
}

/**
 * The plan of a measure over each stretch; undefined where the targets do not cover the whole of it. Of what adds up, those of
 * several stores do too; of the rest, nobody knows.
 */
export async function plans(
  { db }: Pick<Store, 'db'>,
  measure: MeasureName,
  filters: readonly Filters[],
  stretches: readonly Stretch[],
): Promise<(Plan | undefined)[]> {
  const asked = scopeOf(filters);
  const way = scaling(measure);
  if (!asked || asked.keys.length === 0 || (asked.keys.length > 1 && way !== 'adds')) return stretches.map(() => undefined);
  const { rows } = await sql<Target>`
    select scope_key, starts_on, ends_on, value from target
     where measure = ${measure} and scope = ${asked.scope} and scope_key = any(${asked.keys})
     order by ends_on - starts_on, starts_on`.execute(db);
  const scopes = asked.keys.map((key) => {
    const targets = rows.filter(({ scope_key }) => scope_key === key);
    return way === 'adds' ? sharedOut(targets) : targets.map((target) => ({ ...target, daily: target.value }));
  });
  return stretches.map((stretch) => {
    const each = scopes.map((targets) => planOf(targets, stretch, way));
    if (each.some((plan) => plan === undefined)) return undefined;
    return each.length === 1 ? each[0] : { value: sum(each.map((plan) => plan!.value)), due: sum(each.map((plan) => plan!.due ?? 0)) };
  });
}

interface Daily extends Target {
  /** What a day counts over which there is no shorter target. */
  daily: number;
}

/** What a year leaves to the days for which no quarter or month has a target of its own. Shortest first, as they come. */
function sharedOut(targets: readonly Target[]): Daily[] {
  return targets.map((target) => {
    const inside = targets.filter((one) => one !== target && one.starts_on >= target.starts_on && one.ends_on <= target.ends_on);
    const largest = inside.filter(
      (one) => !inside.some((other) => other !== one && covers(other, one.starts_on) && span(other) > span(one)),
    );
    const days = span(target) - sum(largest.map(span));
    const left = target.value - sum(largest.map(({ value }) => value));
    // Months that promise more than their year leave nothing to the others, but take nothing from them.
    return { ...target, daily: days === 0 ? 0 : (target.value < 0 ? left : Math.max(0, left)) / days };
  });
}

function planOf(targets: readonly Daily[], { from, to, end }: Stretch, way: ReturnType<typeof scaling>): Plan | undefined {
  // What somebody set for just this time holds, whatever its months say.
  const own = targets.find(({ starts_on, ends_on }) => starts_on === from && ends_on === end);
  if (way === 'none') return own && { value: own.value, due: to < end ? null : own.value };
  if (own && (way === 'same' || to >= end)) return { value: own.value, due: own.value };
  const value = overDays(targets, from, end);
  if (value === undefined) return undefined;
  if (way === 'same') {
    const mean = value / (daysBetween(from, end) + 1);
    return { value: mean, due: mean };
  }
  const due = overDays(targets, from, to)!;
  if (!own) return { value, due };
  return { value: own.value, due: value === 0 ? 0 : (own.value * due) / value };
}

/** What the days count together, each by the shortest target over it; undefined if one has none. */
function overDays(targets: readonly Daily[], from: string, to: string): number | undefined {
  let all = 0;
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const over = targets.find((target) => covers(target, day));
    if (!over) return undefined;
    all += over.daily;
  }
  return all;
}

const covers = ({ starts_on, ends_on }: Target, day: string): boolean => starts_on <= day && day <= ends_on;
const span = ({ starts_on, ends_on }: Target): number => daysBetween(starts_on, ends_on) + 1;
const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);
