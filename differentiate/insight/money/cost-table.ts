// The cost table as data: which term prices what, and from which month.
import type { z } from 'zod';
import type { CostTable as Shape, CostTerm as Term } from '../api/costs.ts';

export type CostTable = z.infer<typeof Shape>;
export type CostTerm = z.infer<typeof Term>;
export type EffortKind = CostTerm['kind'];

/** Nobody has stated anything: everything costs nothing, and margins are those of the products. */
export const NO_COSTS: CostTable = { terms: [], margins: { company: null, categories: [] } };

/** The name of a term wherever it is added up: `contact_in.phone`, `return`. */
export const termKey = ({ kind, via }: { kind: string; via: string | null }): string => (via ? `${kind}.${via}` : kind);

/** The other way round. Only what stands before the first point is the kind: channels are the company's own words. */
export function readTermKey(key: string): { kind: string; via: string | null } {
  const point = key.indexOf('.');
  return point < 0 ? { kind: key, via: null } : { kind: key.slice(0, point), via: key.slice(point + 1) };
}

/** What one unit costs from one month to the month before another. */
export interface UnitCost {
  kind: string;
  via: string;
  term: string;
  /** 202603; inclusive. */
  from: number;
  /** Exclusive. */
  to: number;
  amount: number;
}

const FIRST_MONTH = 0;
const NO_MONTH = 999_999;

/** 2026-03 → 202603. */
export const monthNumber = (month: string | null): number => (month === null ? FIRST_MONTH : Number(month.replace('-', '')));

/** The term that prices an effort: the one of its own channel, else the one for all the others. */
export function termOf(table: CostTable, kind: string, via: string): CostTerm | undefined {
  return (
    table.terms.find((term) => term.kind === kind && term.via === via) ??
    table.terms.find((term) => term.kind === kind && term.via === null)
  );
}

/** The intervals of a term in which a unit costs the same, in order, those that cost nothing among them. */
export function unitCosts(term: CostTerm, kind: string, via: string): UnitCost[] {
  const rates = term.rates.map(({ from, amount }) => ({ from: monthNumber(from), amount })).toSorted((a, b) => a.from - b.from);
  return rates.map(({ from, amount }, n) => ({
    kind,
    via,
    term: termKey({ kind, via: term.via }),
    from,
    to: rates[n + 1]?.from ?? NO_MONTH,
    amount: unitOf(term.kind, amount),
  }));
}

/** What one unit of what is counted costs: a year's fixed cost by month, per cent as a share. */
function unitOf(kind: EffortKind, amount: number): number {
  if (kind === 'fixed') return amount / 12;
  return kind === 'discount' ? amount / 100 : amount;
}

/** What a unit of an effort costs in a month. */
export function unitCost(table: CostTable, kind: string, via: string, month: number): number {
  const term = termOf(table, kind, via);
  if (!term) return 0;
  return unitCosts(term, kind, via).find(({ from, to }) => from <= month && month < to)?.amount ?? 0;
}

/** Every price above nothing, for the efforts there are. */
export function priceList(table: CostTable, efforts: readonly { kind: string; via: string }[]): UnitCost[] {
  return efforts.flatMap(({ kind, via }) => {
    const term = termOf(table, kind, via);
    return term ? unitCosts(term, kind, via).filter(({ amount }) => amount > 0) : [];
  });
}
