// The rule language of segments: typed JSON, the same over the API, in the builder and in the table. No server code here.
// docs/guides/en/segments.md explains it with examples.
import { z } from 'zod';

/** Version of the language. A reader of version 1 refuses what a later version says. */
export const RULE_VERSION = 1;
/** Conditions and groups of one rule, nested ones included. */
export const MOST_NODES = 100;
/** Groups within groups. */
export const DEEPEST = 8;
const MOST_VALUES = 500;

export const TimeUnit = z.enum(['day', 'week', 'month', 'year']);
const day = z.iso.date();
/** The days from so many units ago until now, today included: `{ last: 90, unit: 'day' }`. */
export const LastPeriod = z.strictObject({ last: z.number().int().min(1).max(3650), unit: TimeUnit });
/** When it happened. Without it: ever. Days are the company's; both ends count. */
export const Period = z.union([
  LastPeriod,
  z.strictObject({ this: z.enum(['week', 'month', 'year']) }),
  z.strictObject({ from: day, to: day.optional() }),
  z.strictObject({ to: day }),
]);

export const Operator = z.enum([
  'in',
  'not_in',
  'all',
  'contains',
  'known',
  'unknown',
  'yes',
  'no',
  'eq',
  'gt',
  'gte',
  'lt',
  'lte',
  'between',
  'in_last',
  'not_in_last',
  'before',
  'after',
]);
export type Operator = z.infer<typeof Operator>;

/** What an operator compares with: values for `in`, `not_in` and `all`; two for `between`; nothing for `known`, `yes` and their opposites. */
export const Value = z.union([
  z.array(z.string().max(200)).min(1).max(MOST_VALUES),
  z.tuple([z.number(), z.number()]),
  z.tuple([day, day]),
  z.number(),
  z.string().max(200),
  LastPeriod,
]);
export type Value = z.infer<typeof Value>;

/** One thing known of the customer: of the profile, a consent, a score. Its fields are in GET /segments/catalogue. */
export const FieldCondition = z.strictObject({
  kind: z.literal('field'),
  field: z.string().max(80),
  op: Operator,
  value: Value.optional(),
});

/** Which facts are meant: those whose `by` is, or is not, one of these. */
export const Which = z.strictObject({
  by: z.string().max(40),
  is: z.array(z.string().max(200)).min(1).max(MOST_VALUES),
  not: z.boolean().optional(),
});

/**
 * How many, how much, when: facts of a kind, narrowed by `which` and `period`, measured, and the measure compared. Who has none of
 * them has zero, and no first or last: `{ measure: 'times', op: 'eq', value: 0 }` is «never».
 */
export const FactCondition = z.strictObject({
  kind: z.literal('fact'),
  fact: z.string().max(40),
  which: z.array(Which).max(8).optional(),
  period: Period.optional(),
  measure: z.string().max(40),
  op: Operator,
  value: Value.optional(),
});

/** Whoever is, or is not, in another segment or list. */
export const SegmentCondition = z.strictObject({ kind: z.literal('segment'), segment: z.uuid(), in: z.boolean() });

export type FieldCondition = z.infer<typeof FieldCondition>;
export type FactCondition = z.infer<typeof FactCondition>;
export type SegmentCondition = z.infer<typeof SegmentCondition>;
export type Condition = FieldCondition | FactCondition | SegmentCondition;
export type Which = z.infer<typeof Which>;
export type Period = z.infer<typeof Period>;
export type LastPeriod = z.infer<typeof LastPeriod>;

/** All of them hold, any of them, or none of them. A group of nothing holds for everybody. */
export interface RuleGroup {
  kind: 'group';
  match: 'all' | 'any' | 'none';
  of: RuleNode[];
}
export type RuleNode = RuleGroup | Condition;

export const RuleGroup: z.ZodType<RuleGroup> = z.strictObject({
  kind: z.literal('group'),
  match: z.enum(['all', 'any', 'none']),
  get of() {
    return z.array(RuleNode).max(MOST_NODES);
  },
});
export const RuleNode: z.ZodType<RuleNode> = z
  .union([FieldCondition, FactCondition, SegmentCondition, z.lazy(() => RuleGroup)])
  .meta({ id: 'SegmentRuleNode' });

export const Rule = z
  .strictObject({ version: z.literal(RULE_VERSION), where: RuleGroup })
  .refine(({ where }) => measure(where).nodes <= MOST_NODES && measure(where).depth <= DEEPEST, {
    error: `A rule has at most ${MOST_NODES} conditions and groups, ${DEEPEST} deep`,
  })
  .meta({ id: 'SegmentRule' });
export interface Rule {
  version: typeof RULE_VERSION;
  where: RuleGroup;
}

function measure(node: RuleNode): { nodes: number; depth: number } {
  if (node.kind !== 'group') return { nodes: 1, depth: 0 };
  const parts = node.of.map(measure);
  return {
    nodes: 1 + parts.reduce((sum, { nodes }) => sum + nodes, 0),
    depth: 1 + parts.reduce((most, { depth }) => Math.max(most, depth), 0),
  };
}

/** Every condition of a rule, nested ones included, in reading order. */
export function conditionsOf(node: RuleNode): Condition[] {
  return node.kind === 'group' ? node.of.flatMap(conditionsOf) : [node];
}
