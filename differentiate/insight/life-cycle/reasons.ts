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
const MOST = 4;
const LEAST = 0.1;

/** The reasons as they are kept: `[["silence",1,34,12],…]`, key, 1 raises or −1 lowers, the facts. Strongest first. */
export function reasonsOf(found: CustomerFound): string {
  const { adds, row } = found;
  if (!adds) return `[${reason('silence', ruleSide(found), found)}]`;
  const strong: { key: ReasonKey; adds: number }[] = [];
  for (const [key, features] of GROUPS) {
    let sum = 0;
    for (const feature of features) sum += adds.get(feature)?.[row] ?? 0;
    if (Math.abs(sum) >= LEAST && told(key, sum, found)) strong.push({ key, adds: sum });
  }
  strong.sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds));
  if (strong.length > MOST) strong.length = MOST;
  return `[${strong.map(({ key, adds: side }) => reason(key, Math.sign(side), found)).join(',')}]`;
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

function reason(key: ReasonKey, side: number, found: CustomerFound): string {
  return `["${key}",${side}${facts(key, found)
    .map((fact) => `,${Math.round(fact * 1000) / 1000}`)
    .join('')}]`;
}

/** In the order of {@link REASON_FACTS}. */
function facts(key: ReasonKey, { standing, trend, around, firstDay, lastDay }: CustomerFound): number[] {
  if (key === 'silence') return [standing.silent, rhythmDays(standing.rhythm)];
  if (key === 'rhythm') return [rhythmDays(standing.rhythm)];
  if (key === 'visits') return [standing.visits];
  if (key === 'pace') return [trend.visits, trend.visitsBefore, trend.days];
  if (key === 'money') return [trend.money, trend.moneyBefore, trend.days];
  if (key === 'returns') return [around.returned];
  if (key === 'discounts') return [around.saved];
  if (key === 'complaints') return [around.complaints];
  if (key === 'contacts') return [around.contacts];
  if (key === 'breadth') return [around.lines, around.channels];
  return [lastDay + standing.silent - firstDay];
}

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
