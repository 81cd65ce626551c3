// The shapes of rules and of the catalogue, as the API has them.
import type {
  Catalogue,
  CatalogueFact,
  CatalogueField,
  Condition,
  FactCondition,
  FieldCondition,
  Operator,
  Period,
  Rule,
  RuleGroup,
  RuleNode,
  SegmentCondition,
  Value,
  Which,
} from '@vinculo/segments/api';
import type { z } from 'zod';

export type { Condition, FactCondition, FieldCondition, Operator, Rule, RuleGroup, RuleNode, SegmentCondition, Value, Which };
export type RulePeriod = z.infer<typeof Period>;
export type Field = z.infer<typeof CatalogueField>;
export type Fact = z.infer<typeof CatalogueFact>;
export type RuleCatalogue = z.infer<typeof Catalogue>;
export type Measure = Fact['measures'][number];

export const emptyRule = (): Rule => ({ version: 1, where: { kind: 'group', match: 'all', of: [] } });
/** Which set of words an operator has. */
export const operatorWords = (kind: Field['kind'] | Measure['kind']): 'text' | 'list' | 'number' | 'date' | 'flag' =>
  kind === 'choice' || kind === 'text' ? 'text' : kind === 'list' ? 'list' : kind === 'date' ? 'date' : kind === 'flag' ? 'flag' : 'number';
