// A rule as warehouse SQL. Every value somebody typed is a bound parameter; everything else is constant text of the catalogues.
import { fail } from '@vinculo/errors';
import { type QuickTables, rowsOf, type Whose } from './bases.ts';
import { type FactBase, factKind, type Measure, type Narrowing } from './facts.ts';
import type { SegmentField } from './fields.ts';
import { type Clock, dayOf, spanOf, startOfLast } from './period.ts';
import type { Condition, FactCondition, FieldCondition, LastPeriod, Operator, RuleNode, Value, Which } from './rule.ts';

/** What a rule refers to that is not in it. */
export interface Meaning {
  fields: ReadonlyMap<string, SegmentField>;
  quick: QuickTables;
  /** Rules of the segments that rules name; `null` is a list, whose members stand in segment_member. */
  segments: ReadonlyMap<string, RuleNode | null>;
  clock: Clock;
  currency: string;
}

export interface Compiled {
  /** A condition over a row of `customer_profile p`. */
  where: string;
  params: Record<string, unknown>;
}

/** Binds values and gives their placeholders. One for every rule of a query, so that no two have the same name. */
export interface Binder {
  params: Record<string, unknown>;
  bind(type: string, value: unknown): string;
}

export function binder(prefix = 'v'): Binder {
  const params: Record<string, unknown> = {};
  let next = 0;
  return {
    params,
    bind(type, value) {
      const name = `${prefix}${next++}`;
      params[name] = value;
      return `{${name}:${type}}`;
    },
  };
}

/**
 * The rule as a condition over `customer_profile p`.
 *
 * @throws VIN_SEGMENT_RULE where it asks for what the catalogue does not have, and VIN_SEGMENT_CYCLE.
 */
export function compile(node: RuleNode, meaning: Meaning, whose: Whose, given: Binder = binder()): Compiled {
  const { clock, currency } = meaning;
  const where = condition(node, { ...meaning, whose, bind: given.bind, inside: [] });
  return { where, params: { ...given.params, ...moments(clock, currency) } };
}

/** What catalogues name by itself. */
const moments = (clock: Clock, currency: string) => ({ today: dayOf(clock.at, clock.timeZone), timeZone: clock.timeZone, currency });

interface Compiling extends Meaning {
  whose: Whose;
  bind: Binder['bind'];
  /** The segments that led here, to notice one that leads to itself. */
  inside: readonly string[];
  /** Conditions on the profile that must hold too, where they leave few: facts of anybody else need no looking at. */
  narrow?: readonly FieldCondition[];
}

function condition(node: RuleNode, at: Compiling): string {
  switch (node.kind) {
    case 'group': {
      if (node.of.length === 0) return '1';
      const within =
        node.match === 'all' ? { ...at, narrow: [...(at.narrow ?? []), ...node.of.filter((part) => leavesFew(part, at))] } : at;
      const parts = node.of.map((part) => `(${condition(part, within)})`);
      if (node.match === 'none') return `not (${parts.join(' or ')})`;
      return parts.join(node.match === 'any' ? ' or ' : ' and ');
    }
    case 'field':
      return ofField(node, at);
    case 'fact':
      return ofFact(node, at);
    case 'segment': {
      const within = inSegment(node.segment, at);
      return node.in ? within : `not (${within})`;
    }
  }
}

/** Whether a part of a group is quick to ask and seldom true: living somewhere, being born in some month. */
function leavesFew(node: RuleNode, { fields }: Compiling): node is FieldCondition {
  if (node.kind !== 'field' || node.op !== 'in') return false;
  const field = fields.get(node.field);
  return field !== undefined && !field.table && (field.kind === 'text' || (field.choices?.length ?? 0) > 4);
}

function inSegment(id: string, at: Compiling): string {
  if (at.inside.includes(id)) throw fail('VIN_SEGMENT_CYCLE', { detail: '' });
  const rule = at.segments.get(id);
  if (rule === undefined) throw wrong(`segment ${id}`);
  if (rule) return condition(rule, { ...at, inside: [...at.inside, id] });
  return `p.customer_id in (select customer_id from segment_member final where segment_id = ${at.bind('UUID', id)} and inside)`;
}

/** Negative operators hold for whoever nothing is known of: «no vive en Madrid». */
const OPPOSITE: Partial<Record<Operator, Operator>> = { not_in: 'in', unknown: 'known', no: 'yes' };

function ofField(node: FieldCondition, at: Compiling): string {
  const field = at.fields.get(node.field);
  if (!field) throw wrong(node.field);
  const opposite = OPPOSITE[node.op];
  const positive = compare(field, opposite ?? node.op, node.value, at);
  if (!field.table) return opposite ? `not ifNull(${positive}, 0)` : `ifNull(${positive}, 0)`;
  const only = at.whose.only ? ` and customer_id in (${at.whose.only})` : '';
  return `p.customer_id ${opposite ? 'not in' : 'in'} (select customer_id from ${field.table} where ${positive}${only})`;
}

function compare(field: SegmentField, op: Operator, value: Value | undefined, at: Compiling): string {
  const { sql, kind } = field;
  if (kind === 'list') {
    if (op === 'known') return `notEmpty(${sql})`;
    const values = at.bind('Array(String)', strings(value));
    if (op === 'in') return `hasAny(${sql}, ${values})`;
    if (op === 'all') return `hasAll(${sql}, ${values})`;
  } else if (kind === 'choice' || kind === 'text') {
    const text = `ifNull(toString(${sql}), '')`;
    if (op === 'known') return `${text} != ''`;
    if (op === 'in') return `${text} in ${at.bind('Array(String)', strings(value))}`;
    if (op === 'contains') return `positionCaseInsensitiveUTF8(${text}, ${at.bind('String', value)}) > 0`;
  } else if (kind === 'flag') {
    if (op === 'yes') return `${sql} = 1`;
  } else {
    if (op === 'known') return `isNotNull(${sql})`;
    return measured(sql, kind === 'date' ? 'date' : 'number', op, value, at);
  }
  throw wrong(`${field.id} ${op}`);
}

const COMPARED: Partial<Record<Operator, string>> = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** A number or a date compared. */
function measured(sql: string, kind: 'number' | 'date', op: Operator, value: Value | undefined, at: Compiling): string {
  if (kind === 'number') {
    if (op === 'between') {
      const [low, high] = pair<number>(value);
      return `${sql} between ${at.bind('Float64', low)} and ${at.bind('Float64', high)}`;
    }
    const sign = COMPARED[op];
    if (sign && typeof value === 'number') return `${sql} ${sign} ${at.bind('Float64', value)}`;
    throw wrong(op);
  }
  const instant = (day: Date) => at.bind("DateTime('UTC')", warehouseTime(day));
  const days = (from: string, to: string) => {
    const { from: start, until } = spanOf({ from, to }, at.clock);
    return [instant(start!), instant(until!)] as const;
  };
  if (op === 'in_last') return `${sql} >= ${instant(startOfLast(value as LastPeriod, at.clock))}`;
  if (op === 'not_in_last') return `${sql} < ${instant(startOfLast(value as LastPeriod, at.clock))}`;
  if (op === 'before' && typeof value === 'string') return `${sql} < ${days(value, value)[0]}`;
  // «Desde»: that day counts.
  if (op === 'after' && typeof value === 'string') return `${sql} >= ${days(value, value)[0]}`;
  if (op === 'between') {
    const [start, until] = days(...pair<string>(value));
    return `${sql} >= ${start} and ${sql} < ${until}`;
  }
  throw wrong(op);
}

/** A fact read for one condition: its rows, narrowed, and the expression that measures them by customer. */
export interface Measured {
  base: FactBase;
  measure: Measure;
  /** `select … from … where …`, still to be grouped by customer_id. */
  rows: string;
  sql: string;
}

function ofFact(node: FactCondition, at: Compiling): string {
  const { measure, rows, sql } = factRows(node, at);
  // Of nothing the measure is zero, and zero may be what is asked for: then it is those of whom it does not hold who are left out.
  const zero = measure.none === 0 && holds(node.op, node.value);
  const within = `p.customer_id ${zero || node.op === 'unknown' ? 'not in' : 'in'}`;
  if (isAny(node)) return `${within} (select customer_id from (${rows}))`;
  const having =
    node.op === 'known' || node.op === 'unknown'
      ? `isNotNull(${sql})`
      : measured(sql, measure.kind === 'date' ? 'date' : 'number', node.op, node.value, at);
  return `${within} (select customer_id from (${rows}) group by customer_id having ${zero ? `not (${having})` : having})`;
}

/** Whether it asks no more than if there is any: then nothing needs counting. */
function isAny({ measure, op, value }: FactCondition): boolean {
  if (measure !== 'times') return false;
  return ((op === 'gte' || op === 'lt') && value === 1) || ((op === 'gt' || op === 'eq' || op === 'lte') && value === 0);
}

/** The rows a fact condition is about. Exported for the evidence of a membership, which shows them. */
export function factRows(node: FactCondition, at: Compiling): Measured {
  const kind = factKind(node.fact);
  const measure = kind && Object.hasOwn(kind.measures, node.measure) ? kind.measures[node.measure] : undefined;
  if (!kind || !measure) throw wrong(`${node.fact} ${node.measure}`);
  const narrowed = (node.which ?? []).map((which): Narrowing & { which: Which } => {
    const by = Object.hasOwn(kind.by, which.by) ? kind.by[which.by] : undefined;
    if (!by) throw wrong(`${node.fact} ${which.by}`);
    return { ...by, which };
  });
  const lines = kind.base === 'order' && (measure.line || narrowed.some(({ line }) => line));
  const base = lines ? 'line' : kind.base;
  const conditions = narrowed.map(({ column, matches, which }) => {
    const values = at.bind('Array(String)', which.is);
    return `${which.not ? 'not ' : ''}(${matches ? matches(values) : `${column} in ${values}`})`;
  });
  if (node.period) {
    const { from, until } = spanOf(node.period, at.clock);
    if (from) conditions.push(`occurred_at >= ${at.bind("DateTime('UTC')", warehouseTime(from))}`);
    if (until) conditions.push(`occurred_at < ${at.bind("DateTime('UTC')", warehouseTime(until))}`);
  }
  if (measure.where) conditions.push(measure.where);
  // Lines of some products are few already, and looking each customer up costs more than it spares.
  if (at.narrow?.length && !at.whose.only && base === 'order') conditions.push(`customer_id in (${fewCustomers(at.narrow, at)})`);
  const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
  return {
    base,
    measure,
    rows: `select * from (${rowsOf(base, at.whose, at.quick)})${where}`,
    sql: base === 'order' && measure.orderSql ? measure.orderSql : (measureUpTo(measure, node.value) ?? measure.sql),
  };
}

/** Constants, so that no number somebody typed stands in the SQL. */
const LIMITS = [3, 10, 30, 100];

function measureUpTo({ upTo }: Measure, value: Value | undefined): string | undefined {
  const most = Array.isArray(value) ? Math.max(...value.map(Number)) : typeof value === 'number' ? value : Number.POSITIVE_INFINITY;
  const limit = LIMITS.find((one) => most < one);
  return limit === undefined ? undefined : upTo?.(limit);
}

/** The customers that conditions on the profile leave. */
function fewCustomers(narrow: readonly FieldCondition[], at: Compiling): string {
  return `select p.customer_id from customer_profile as p final where p.alive and ${narrow.map((one) => ofField(one, at)).join(' and ')}`;
}

/**
 * Settings of a query that asks everybody. Sets of customers are large, and their ids at random: looking for each in the index of a
 * table takes longer than reading the table; and the tables are in the order in which they are grouped.
 */
export const ASK_EVERYBODY = { use_index_for_in_with_subqueries: 0, optimize_aggregation_in_order: 1 } as const;

/** Whether a comparison holds for zero. */
export function holds(op: Operator, value: Value | undefined, of = 0): boolean {
  if (op === 'between') {
    const [low, high] = pair<number>(value);
    return of >= low && of <= high;
  }
  const number = Number(value);
  return { eq: of === number, gt: of > number, gte: of >= number, lt: of < number, lte: of <= number }[op as 'eq'] ?? false;
}

/** Whether a rule gives another answer tomorrow without anything happening. */
export function ages(node: RuleNode, fields: ReadonlyMap<string, SegmentField>): boolean {
  if (node.kind === 'group') return node.of.some((part) => ages(part, fields));
  return agesAlone(node, fields);
}

function agesAlone(node: Condition, fields: ReadonlyMap<string, SegmentField>): boolean {
  if (node.kind === 'segment') return true; // what it stands for may
  if (node.op === 'in_last' || node.op === 'not_in_last') return true;
  if (node.kind === 'field') return fields.get(node.field)?.ages === true;
  return node.period !== undefined && ('last' in node.period || 'this' in node.period);
}

/** A moment as the warehouse's DateTime('UTC') reads it. */
export const warehouseTime = (at: Date) => at.toISOString().slice(0, 19).replace('T', ' ');

const strings = (value: Value | undefined): string[] => {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value as string[];
  throw wrong('value');
};
function pair<T extends number | string>(value: Value | undefined): [T, T] {
  if (Array.isArray(value) && value.length === 2) return value as unknown as [T, T];
  throw wrong('value');
}
const wrong = (what: string) => fail('VIN_SEGMENT_RULE', { detail: what });
