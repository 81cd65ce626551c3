// Why somebody's risk is what it is: the strongest of what speaks for leaving and for staying, with the facts behind each.
import { type ChurnFeature, rhythmDays } from '@vinculo/value';
import type { CustomerFound } from './compute-life-cycle.ts';

/** What a reason is about; its sentences are in the `life-cycle` catalogue, `reason.<key>.raises` and `.lowers`. */
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

/** The reasons as they are kept: `[["silence",1,34,12],…]`, key, 1 raises or −1 lowers, the facts. Strongest first. */
export function reasonsOf(found: CustomerFound): string {
  const { adds, row } = found;
  if (!adds) return `[${reason('silence', ruleSide(found), found)}]`;
  const lists = listsOf(adds);
  // The few strongest, put in their place as they are found.
  const [places, sizes] = [
    [-1, -1, -1],
    [0, 0, 0],
  ];
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
  let text = '';
  for (let rank = 0; rank < MOST && places[rank]! >= 0; rank++)
    text += `${rank ? ',' : ''}${reason(GROUPS[places[rank]!]![0], Math.sign(sizes[rank]!), found)}`;
  return `[${text}]`;
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

/** With the facts in the order of {@link REASON_FACTS}. */
function reason(key: ReasonKey, side: number, found: CustomerFound): string {
  const { standing, trend, around, firstDay, lastDay } = found;
  const head = `["${key}",${side}`;
  if (key === 'silence') return `${head},${standing.silent},${days(rhythmDays(standing.rhythm))}]`;
  if (key === 'rhythm') return `${head},${days(rhythmDays(standing.rhythm))}]`;
  if (key === 'visits') return `${head},${standing.visits}]`;
  if (key === 'pace') return `${head},${trend.visits},${trend.visitsBefore},${trend.days}]`;
  if (key === 'money') return `${head},${Math.round(trend.money)},${Math.round(trend.moneyBefore)},${trend.days}]`;
  if (key === 'returns') return `${head},${share(around.returned)}]`;
  if (key === 'discounts') return `${head},${share(around.saved)}]`;
  if (key === 'complaints') return `${head},${around.complaints}]`;
  if (key === 'contacts') return `${head},${around.contacts}]`;
  if (key === 'breadth') return `${head},${Math.round(around.lines)},${around.channels}]`;
  return `${head},${lastDay + standing.silent - firstDay}]`;
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

/** The reasons as they were kept. */
export function readReasons(kept: string): Reason[] {
  if (kept === '') return [];
  return (JSON.parse(kept) as [ReasonKey, number, ...number[]][]).map(([key, side, ...values]) => ({
    key,
    raises: side > 0,
    facts: Object.fromEntries(REASON_FACTS[key].map((name, i) => [name, values[i] ?? 0])),
  }));
}
