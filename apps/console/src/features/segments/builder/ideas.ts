// Rules to begin with, for who has never written one. Each is changed like any other.
import type { Condition, Rule, RuleCatalogue, RuleGroup } from '../rule-shapes.ts';
import { finished } from './edit-rule.ts';

const score = (field: string, ...value: string[]): Condition => ({ kind: 'field', field: `score.${field}`, op: 'in', value });
const all = (...of: RuleGroup['of']): Rule => ({ version: 1, where: { kind: 'group', match: 'all', of } });
const best: Condition = { kind: 'field', field: 'score.monetary', op: 'gte', value: 4 };

/** By what the `segments` catalogue calls them: `idea.<name>`. */
const IDEAS = {
  best_at_risk: all(score('stage', 'at_risk'), best),
  best_lost: all(score('stage', 'inactive', 'lost'), best),
  no_second: all(
    { kind: 'fact', fact: 'purchase', measure: 'times', op: 'eq', value: 1 },
    { kind: 'fact', fact: 'purchase', measure: 'first', op: 'in_last', value: { last: 90, unit: 'day' } },
  ),
  most_growable: all(score('tier', 'most_growable')),
  below_zero: all(score('tier', 'below_zero')),
  for_the_price: all(score('loyalty_type', 'price', 'incentive')),
  asked_only: all(
    { kind: 'fact', fact: 'contact', measure: 'times', op: 'gte', value: 1 },
    { kind: 'fact', fact: 'purchase', measure: 'times', op: 'eq', value: 0 },
  ),
  no_email: all(score('stage', 'active', 'growing'), { kind: 'field', field: 'has_email', op: 'no' }),
} satisfies Record<string, Rule>;

export interface Idea {
  name: string;
  rule: Rule;
}

/** Those a reader may ask by. */
export function ideasOf(catalogue: RuleCatalogue): Idea[] {
  return Object.entries(IDEAS)
    .map(([name, rule]) => ({ name, rule }))
    .filter(({ rule }) => finished(rule, catalogue).left === 0 && rule.where.of.every((one) => isKnown(one, catalogue)));
}

/** Whether the catalogue has what a fact measures: to readers who may not see worth it offers less. */
function isKnown(one: RuleGroup['of'][number], { facts }: RuleCatalogue): boolean {
  if (one.kind !== 'fact') return true;
  return facts.some(({ id, measures }) => id === one.fact && measures.some((measure) => measure.id === one.measure));
}
