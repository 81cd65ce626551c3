import { companySettings, personSettings } from '@vinculo/matching';
import { describe, expect, it } from 'vitest';
import {
  apartToggles,
  differencesOf,
  fieldToggles,
  type Rules,
  ruleToggles,
  stopsOf,
  toggleApart,
  toggleField,
  toggleRule,
  toggleShared,
} from './edit-rules.ts';

const rules = { kind: 'person', own: personSettings(), settings: personSettings() } as Rules;

describe('editing the rules', () => {
  it('takes a field out with all that names it, and puts it back as it was', () => {
    const without = toggleField(rules, rules.settings, 'given');
    expect(without.fields.map(({ name }) => name)).not.toContain('given');
    expect(without.constraints.apart.map(({ name }) => name)).toEqual(['born a generation apart']);
    expect(without.rules[0]!.unless).toEqual(['birth_date']);
    const back = toggleField(rules, without, 'given');
    expect(back.fields).toEqual(rules.settings.fields);
    expect(new Set(back.constraints.apart.map(({ name }) => name))).toEqual(
      new Set(rules.settings.constraints.apart.map(({ name }) => name)),
    );
    expect(fieldToggles(rules, without).find(({ name }) => name === 'given')).toEqual({ name: 'given', on: false });
  });

  it('never takes out the last field', () => {
    const one = { ...rules.settings, fields: rules.settings.fields.slice(0, 1) };
    expect(toggleField(rules, one, 'given')).toBe(one);
  });

  it('offers rules that join by themselves, and says what differs', () => {
    expect(ruleToggles(rules, rules.settings)).toEqual([
      { name: 'same national id', on: true },
      { name: 'same email and name', on: false },
      { name: 'same mobile and name', on: false },
    ]);
    let after = toggleRule(rules, rules.settings, 'same mobile and name');
    after = toggleApart(rules, after, 'different given name');
    after = toggleShared(after, 'email');
    after = { ...after, threshold: 0.95 };
    expect(apartToggles(rules, after).filter(({ on }) => on)).toHaveLength(2);
    expect(differencesOf(rules.settings, after)).toEqual([
      { what: 'threshold', before: 'auto', after: 0.95 },
      { what: 'sharedOff', name: 'email' },
      { what: 'ruleOn', name: 'same mobile and name' },
      { what: 'apartOff', name: 'different given name' },
    ]);
    expect(differencesOf(rules.settings, { ...rules.settings, maxBlockPairs: 10 })).toEqual([{ what: 'other' }]);
    expect(differencesOf(rules.settings, personSettings())).toEqual([]);
    expect(
      ruleToggles({ ...rules, kind: 'company', own: companySettings(), settings: companySettings() } as Rules, companySettings())[1],
    ).toEqual({
      name: 'same email',
      on: false,
    });
  });

  it('offers thresholds from the careful to the daring, never below a half', () => {
    const point = (threshold: number) => ({ threshold, edges: 1, precision: 1, recall: 1, f1: 1 });
    expect(stopsOf([point(0.3), point(0.5), point(0.99)]).map(({ threshold }) => threshold)).toEqual([0.99, 0.5]);
  });
});
