// Rules as they are edited: nodes found by their path, every edit a new rule, so that edits can be taken back.
import type { Condition, Fact, Field, Measure, Operator, Rule, RuleCatalogue, RuleGroup, RuleNode, Value } from '../rule-shapes.ts';

/** From the outermost group down: which part of each group. */
export type Path = readonly number[];

export function nodeAt(rule: Rule, path: Path): RuleNode {
  return path.reduce<RuleNode>((node, n) => (node as RuleGroup).of[n]!, rule.where);
}

/** The rule with another node there, or without it. */
export function replaceAt(rule: Rule, path: Path, node: RuleNode | undefined): Rule {
  const within = (group: RuleGroup, [n, ...rest]: Path): RuleGroup => {
    const next = rest.length > 0 ? within(group.of[n!] as RuleGroup, rest) : node;
    return { ...group, of: next ? group.of.map((part, i) => (i === n ? next : part)) : group.of.filter((_, i) => i !== n) };
  };
  if (path.length === 0) return { ...rule, where: node?.kind === 'group' ? node : { kind: 'group', match: 'all', of: node ? [node] : [] } };
  return { ...rule, where: within(rule.where, path) };
}

/** The rule with a node more at the end of the group there. */
export function addTo(rule: Rule, path: Path, node: RuleNode): Rule {
  const group = nodeAt(rule, path) as RuleGroup;
  return replaceAt(rule, path, { ...group, of: [...group.of, node] });
}

/** What can be taken back and done again. */
export interface History {
  past: Rule[];
  now: Rule;
  future: Rule[];
}
const MOST = 100;

export const begin = (rule: Rule): History => ({ past: [], now: rule, future: [] });
export const change = ({ past, now }: History, next: Rule): History => ({ past: [...past, now].slice(-MOST), now: next, future: [] });
export function undo({ past, now, future }: History): History {
  const before = past.at(-1);
  return before ? { past: past.slice(0, -1), now: before, future: [now, ...future] } : { past, now, future };
}
export function redo({ past, now, future }: History): History {
  const [next, ...rest] = future;
  return next ? { past: [...past, now], now: next, future: rest } : { past, now, future };
}

/** Operators that compare with nothing. */
const ALONE: readonly Operator[] = ['known', 'unknown', 'yes', 'no'];

/** A value an operator can begin with; undefined where the person has to choose. */
export function firstValue(op: Operator): Value | undefined {
  return op === 'in_last' || op === 'not_in_last' ? { last: 90, unit: 'day' } : undefined;
}

/** A value to keep when the operator changes, where it still fits. */
export function keptValue(value: Value | undefined, before: Operator, op: Operator): Value | undefined {
  const shape = (one: Operator) =>
    ALONE.includes(one)
      ? 'none'
      : one === 'in' || one === 'not_in' || one === 'all'
        ? 'list'
        : one === 'in_last' || one === 'not_in_last'
          ? 'span'
          : one === 'between'
            ? 'pair'
            : one;
  const single = (one: string) => ['eq', 'gt', 'gte', 'lt', 'lte'].includes(one) || ['before', 'after'].includes(one);
  const [from, to] = [shape(before), shape(op)];
  if (from === to || (single(from) && single(to))) return value;
  return firstValue(op);
}

export function freshField(field: Field): Condition {
  const op = field.operators[0]!;
  const value = firstValue(op);
  return { kind: 'field', field: field.id, op, ...(value === undefined ? {} : { value }) };
}

export function freshFact(fact: Fact, measure: Measure): Condition {
  const op = measure.operators[0]!;
  const value = measure.kind === 'number' ? 1 : firstValue(op);
  return { kind: 'fact', fact: fact.id, measure: measure.id, op, ...(value === undefined ? {} : { value }) };
}

/** Whether a condition says all it has to. */
export function isComplete(condition: Condition, catalogue: RuleCatalogue): boolean {
  if (condition.kind === 'segment') return condition.segment !== '';
  const { op, value } = condition;
  if (condition.kind === 'fact' && (condition.which ?? []).some(({ is }) => is.length === 0)) return false;
  if (condition.kind === 'field' && !catalogue.fields.some(({ id }) => id === condition.field)) return false;
  if (ALONE.includes(op)) return true;
  if (value === undefined) return false;
  if (op === 'between')
    return (
      Array.isArray(value) && value.length === 2 && value.every((one) => (typeof one === 'number' ? Number.isFinite(one) : one !== ''))
    );
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'number' ? Number.isFinite(value) : typeof value === 'object' ? value.last > 0 : value.trim() !== '';
}

/** The rule without what is not finished, and how many conditions that leaves out. */
export function finished(rule: Rule, catalogue: RuleCatalogue): { rule: Rule; left: number } {
  let left = 0;
  const clean = (group: RuleGroup): RuleGroup => ({
    ...group,
    of: group.of.flatMap((part): RuleNode[] => {
      if (part.kind === 'group') {
        const inner = clean(part);
        return inner.of.length > 0 ? [inner] : [];
      }
      if (isComplete(part, catalogue)) return [part];
      left++;
      return [];
    }),
  });
  return { rule: { ...rule, where: clean(rule.where) }, left };
}
