// What a card's filters mean in the warehouse. Values are bound; only names of our own stand in the text.
import type { z } from 'zod';
import type { BoardFilters } from '../api/boards.ts';
import { TRAITS } from './facts.ts';
import type { FactTable } from './measures.ts';
import type { Stretch } from './periods.ts';

export type Filters = z.infer<typeof BoardFilters>;

/** A text with the values it names. */
export interface Query {
  sql: string;
  params: Record<string, unknown>;
}

/** The columns each table has of its own; the rest of a filter is about who the customers are. */
const OWN: Record<FactTable, readonly string[]> = {
  fact_order: ['channel', 'store', 'source', ...TRAITS],
  fact_category: ['channel', 'store', 'source', 'category'],
  fact_contact: ['source', ...TRAITS],
  fact_customer: TRAITS,
  customer_month: [],
};

/** Conditions and the values bound to them, each under a name of its own. */
export interface Conditions {
  readonly all: string[];
  readonly params: Record<string, unknown>;
  /** @returns the placeholder that stands for the value. */
  bind(value: unknown, type: string): string;
  add(condition: string): void;
  /** With the word before it; empty without conditions. */
  where(): string;
}

export function conditions(): Conditions {
  const all: string[] = [];
  const params: Record<string, unknown> = {};
  return {
    all,
    params,
    bind(value, type) {
      const name = `f${Object.keys(params).length}`;
      params[name] = value;
      return `{${name}:${type}}`;
    },
    add: (condition) => void all.push(condition),
    where: () => (all.length === 0 ? '' : ` where ${all.join(' and ')}`),
  };
}

/** The day of a row, as a Date. */
export const dayOf = (table: FactTable): string => (table === 'customer_month' ? 'YYYYMMDDToDate(month * 100 + 1)' : 'day');

/** Who the rows of the table are of: the number of a customer, or the id. */
export const whoOf = (table: FactTable): string => (table === 'customer_month' ? 'customer_id' : 'customer_no');

/**
 * Adds what the filters ask, one set after the other: a card narrows its board.
 *
 * @param to the conditions they go to, over `table` under its own column names.
 */
export function addFilters(to: Conditions, table: FactTable, ...sets: readonly Filters[]): void {
  for (const filters of sets) {
    for (const [name, given] of Object.entries(filters)) {
      if (name === 'period' || given === undefined) continue;
      if (name === 'segment') to.add(`${whoOf(table)} in (${membersOf(to, String(given), table)})`);
      else
        addSome(
          to,
          table,
          name,
          (given as string[]).map((value) => (value === UNKNOWN ? '' : value)),
        );
    }
  }
}

/** How the unknown is called where keys are told apart: no channel, no province. */
export const UNKNOWN = '?';

function addSome(to: Conditions, table: FactTable, name: string, values: string[]): void {
  const list =
    name === 'decile'
      ? to.bind(
          values.map((value) => Number(value) || 0),
          'Array(UInt8)',
        )
      : to.bind(values, 'Array(String)');
  const condition = `${name} in ${list}`;
  if (OWN[table].includes(name)) return to.add(condition);
  const from = (TRAITS as readonly string[]).includes(name) ? 'fact_customer' : name === 'category' ? 'fact_category' : 'fact_order';
  const who = `select customer_no from ${from} where ${condition}`;
  if (table !== 'customer_month') return to.add(`customer_no in (${who})`);
  to.add(`customer_id in (select customer_id from fact_customer where customer_no in (${who}))`);
}

function membersOf(to: Conditions, segment: string, table: FactTable): string {
  const members = `select customer_id from segment_member final where segment_id = ${to.bind(segment, 'UUID')} and inside = 1`;
  return table === 'customer_month' ? members : `select customer_no from fact_customer where customer_id in (${members})`;
}

/** Rows of these days; a table of what customers are now has none. */
export function addDaysOf(to: Conditions, table: FactTable, { from, to: until }: Pick<Stretch, 'from' | 'to'>): void {
  if (table === 'fact_customer') return;
  if (table === 'customer_month') {
    const month = (day: string) => to.bind(Number(day.slice(0, 7).replace('-', '')), 'UInt32');
    to.add(`month between ${month(from)} and ${month(until)}`);
  } else to.add(`day between ${to.bind(from, 'Date')} and ${to.bind(until, 'Date')}`);
}
