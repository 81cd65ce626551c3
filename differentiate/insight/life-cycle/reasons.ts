// Why somebody's risk is what it is: the strongest of what speaks for leaving and for staying, with the facts behind each.
import { type ChurnFeature, rhythmDays } from '@vinculo/value';
import type { CustomerFound } from './compute-life-cycle.ts';
import type { GrowingList } from './growing-list.ts';

/**
 * What a reason is about; its sentences are in the `life-cycle` catalogue, `reason.<key>.raises` and `.lowers`. They are kept by their
 * place here: another one stands at the end.
 */
export const REASONS = {
  silence: ['overdue', 'goes_on', 'silence'],
  rhythm: ['rhythm', 'irregular'],
  visits: ['visits', 'single'],
  pace: ['pace'],
  money: ['money'],
  returns: ['returns'],
  discounts: ['discounts'],
  complaints: ['complaints'],
  contacts: ['contacts'],
  breadth: ['breadth', 'channels'],
  tenure: ['tenure'],
} as const satisfies Record<string, readonly ChurnFeature[]>;
export type ReasonKey = keyof typeof REASONS;

const GROUPS = Object.entries(REASONS) as [ReasonKey, readonly ChurnFeature[]][];
/** From 1, so that each has a sign. */
const NUMBERS = Object.fromEntries(GROUPS.map(([key], place) => [key, place + 1])) as Record<ReasonKey, number>;
/** As many as somebody reads; and what adds less than this to the log-odds is no reason. */
const MOST = 3;
const LEAST = 0.1;

type Adds = NonNullable<CustomerFound['adds']>;
/** What each reason's features add, list by list; found once a batch of customers. */
const kept: { of: Adds | undefined; lists: Float64Array[][] } = { of: undefined, lists: [] };

function listsOf(adds: Adds): Float64Array[][] {
  if (kept.of !== adds) {
    kept.of = adds;
    kept.lists = GROUPS.map(([, features]) => features.flatMap((feature) => adds.get(feature) ?? []));
  }
  return kept.lists;
}

/** The few strongest of one customer: the place of each in {@link GROUPS}, and what it adds. */
const strongest = { places: new Int8Array(MOST), sizes: new Float64Array(MOST) };

/**
 * Writes the reasons as they are kept, strongest first: each by its number, from 1, below zero where it lowers the risk, and its
 * facts, as many as {@link REASON_FACTS} names. Numbers, because a million texts took longer to write and read than to find.
 */
export function writeReasons(found: CustomerFound, into: GrowingList<Float64Array>): void {
  const { adds, row } = found;
  if (!adds) return writeReason('silence', ruleSide(found), found, into);
  const lists = listsOf(adds);
  const { places, sizes } = strongest;
  places.fill(-1);
  for (let group = 0; group < GROUPS.length; group++) {
    let sum = 0;
    for (const list of lists[group]!) sum += list[row]!;
    if (Math.abs(sum) < LEAST || !told(GROUPS[group]![0], sum, found)) continue;
    let [place, size] = [group, sum];
    for (let rank = 0; rank < MOST && place >= 0; rank++) {
      if (places[rank]! >= 0 && Math.abs(sizes[rank]!) >= Math.abs(size)) continue;
      [places[rank], place] = [place, places[rank]!];
      [sizes[rank], size] = [size, sizes[rank]!];
    }
  }
  for (let rank = 0; rank < MOST && places[rank]! >= 0; rank++) writeReason(GROUPS[places[rank]!]![0], sizes[rank]!, found, into);
}

const ruleSide = ({ standing }: CustomerFound) => (standing.silent > rhythmDays(standing.rhythm) ? 1 : -1);

/** A sentence is only told where the facts bear it: nobody is at risk because of returns they did not make. */
function told(key: ReasonKey, adds: number, { around, trend, standing }: CustomerFound): boolean {
  if (key === 'returns') return adds < 0 || around.returned > 0;
  if (key === 'discounts') return adds < 0 || around.saved > 0;
  if (key === 'complaints') return around.complaints > 0;
  if (key === 'contacts') return around.contacts > 0;
  if (key === 'pace') return adds > 0 === trend.visits < trend.visitsBefore && trend.visits !== trend.visitsBefore;
  if (key === 'money') return adds > 0 === trend.money < trend.moneyBefore && trend.money !== trend.moneyBefore;
  if (key === 'silence') return adds > 0 === standing.silent > rhythmDays(standing.rhythm);
  return true;
}

/** With the facts in the order of {@link REASON_FACTS}. @param side above zero where it raises the risk. */
function writeReason(key: ReasonKey, side: number, found: CustomerFound, into: GrowingList<Float64Array>): void {
  const { standing, trend, around, firstDay, lastDay } = found;
  into.push(side < 0 ? -NUMBERS[key] : NUMBERS[key]);
  if (key === 'silence') {
    into.push(standing.silent);
    into.push(days(rhythmDays(standing.rhythm)));
  } else if (key === 'rhythm') into.push(days(rhythmDays(standing.rhythm)));
  else if (key === 'visits') into.push(standing.visits);
  else if (key === 'pace') {
    into.push(trend.visits);
    into.push(trend.visitsBefore);
    into.push(trend.days);
  } else if (key === 'money') {
    into.push(Math.round(trend.money));
    into.push(Math.round(trend.moneyBefore));
    into.push(trend.days);
  } else if (key === 'returns') into.push(share(around.returned));
  else if (key === 'discounts') into.push(share(around.saved));
  else if (key === 'complaints') into.push(around.complaints);
  else if (key === 'contacts') into.push(around.contacts);
  else if (key === 'breadth') {
    into.push(Math.round(around.lines));
    into.push(around.channels);
  } else into.push(lastDay + standing.silent - firstDay);
}

const days = (exact: number) => (exact < 10 ? Math.round(exact * 10) / 10 : Math.round(exact));
const share = (exact: number) => Math.round(exact * 100) / 100;

export const REASON_FACTS: Record<ReasonKey, readonly string[]> = {
  silence: ['silent', 'rhythm'],
  rhythm: ['rhythm'],
  visits: ['visits'],
  pace: ['now', 'before', 'days'],
  money: ['now', 'before', 'days'],
  returns: ['share'],
  discounts: ['share'],
  complaints: ['times'],
  contacts: ['times'],
  breadth: ['lines', 'channels'],
  tenure: ['days'],
};

export interface Reason {
  key: ReasonKey;
  /** Whether it raises the risk or lowers it. */
  raises: boolean;
  facts: Record<string, number>;
}

/** The reasons out of the numbers they are kept as. */
export function readReasons(kept: readonly number[]): Reason[] {
  const reasons: Reason[] = [];
  for (let at = 0; at < kept.length; ) {
    const number = kept[at++]!;
    const key = GROUPS[Math.abs(number) - 1]![0];
    const facts = Object.fromEntries(REASON_FACTS[key].map((name) => [name, kept[at++] ?? 0]));
    reasons.push({ key, raises: number > 0, facts });
  }
  return reasons;
}
