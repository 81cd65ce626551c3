import { describe, expect, it } from 'vitest';
import { emptyRule, type FieldCondition, type Rule, type RuleCatalogue, type RuleNode } from '../rule-shapes.ts';
import { addTo, begin, change, finished, isComplete, keptValue, nodeAt, redo, replaceAt, undo } from './edit-rule.ts';

const city = (...value: string[]): FieldCondition => ({ kind: 'field', field: 'city', op: 'in', ...(value.length > 0 ? { value } : {}) });
const group = (match: 'all' | 'any', ...of: RuleNode[]): RuleNode => ({ kind: 'group', match, of });
const rule = (...of: RuleNode[]): Rule => ({ version: 1, where: { kind: 'group', match: 'all', of } });
const catalogue: RuleCatalogue = {
  version: 1,
  fields: [{ id: 'city', group: 'profile', kind: 'text', operators: ['in'], choices: null, choicesAs: '', labelled: false }],
  facts: [],
};

describe('editing a rule', () => {
  it('adds, changes and takes away at any depth, and leaves the rule of before as it was', () => {
    const before = rule(city('Madrid'), group('any', city('Toledo')));
    const added = addTo(before, [1], city('Getafe'));
    expect(nodeAt(added, [1, 1])).toEqual(city('Getafe'));
    expect(replaceAt(added, [1, 0], undefined)).toEqual(rule(city('Madrid'), group('any', city('Getafe'))));
    expect(replaceAt(added, [0], city('Ávila')).where.of[0]).toEqual(city('Ávila'));
    expect(before).toEqual(rule(city('Madrid'), group('any', city('Toledo'))));
  });

  it('is taken back and done again; another edit forgets what was taken back', () => {
    const [one, two] = [rule(city('a')), rule(city('b'))];
    let history = change(change(begin(emptyRule()), one), two);
    history = undo(history);
    expect(history.now).toBe(one);
    expect(redo(history).now).toBe(two);
    expect(redo(change(history, emptyRule())).now).toEqual(emptyRule());
    expect(undo(undo(undo(history))).now).toEqual(emptyRule());
  });

  it('keeps a value where it still fits the operator', () => {
    expect(keptValue(5, 'gte', 'lt')).toBe(5);
    expect(keptValue(['a'], 'in', 'not_in')).toEqual(['a']);
    expect(keptValue(['a'], 'in', 'contains')).toBeUndefined();
    expect(keptValue('2026-01-01', 'after', 'in_last')).toEqual({ last: 90, unit: 'day' });
  });

  it('tells what is not finished, and leaves it out of what is asked', () => {
    expect(isComplete(city(), catalogue)).toBe(false);
    expect(isComplete({ kind: 'field', field: 'gone', op: 'known' }, catalogue)).toBe(false);
    expect(isComplete({ kind: 'fact', fact: 'purchase', measure: 'times', op: 'between', value: [1, Number.NaN] }, catalogue)).toBe(false);
    expect(isComplete({ kind: 'segment', segment: '', in: true }, catalogue)).toBe(false);
    expect(finished(rule(city('Madrid'), city(), group('any', city())), catalogue)).toEqual({ rule: rule(city('Madrid')), left: 2 });
  });
});
