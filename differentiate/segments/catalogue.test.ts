import { LANGUAGES, translator } from '@vinculo/languages';
import { describe, expect, it } from 'vitest';
import { type FactKind, FACTS } from './facts.ts';
import { OPERATORS, PROFILE_FIELDS } from './fields.ts';

describe('the catalogue', () => {
  it.each(LANGUAGES)('has words in %s for all that rules can ask', (language) => {
    const t = translator(language);
    const missing = (key: string) => t(key, { defaultValue: '', fallbackLng: language, count: 2 }) === '';
    const words = {
      choice: 'text',
      text: 'text',
      list: 'list',
      number: 'number',
      money: 'number',
      share: 'number',
      date: 'date',
      flag: 'flag',
    };
    const keys = [
      ...PROFILE_FIELDS.flatMap(({ id, group, choices = [], choicesAs }) => [
        `segments:field.${id}.name`,
        `segments:group.${group}`,
        ...choices.map((choice) => `${choicesAs}.${choice}`),
      ]),
      ...Object.entries(OPERATORS).flatMap(([kind, ops]) => ops.map((op) => `segments:op.${words[kind as 'text']}.${op}`)),
      ...Object.entries<FactKind>(FACTS).flatMap(([fact, { by, measures }]) => [
        `segments:group.${fact}`,
        `segments:fact.${fact}.never`,
        `segments:fact.${fact}.known`,
        ...Object.keys(by).flatMap((name) => ['by', 'which', 'whichNot'].map((part) => `segments:fact.${fact}.${part}.${name}`)),
        ...Object.entries(measures).flatMap(([name, { kind }]) => [
          `segments:fact.${fact}.measure.${name}`,
          `segments:fact.${fact}.clause.${name}`,
          ...(kind === 'number' ? [`segments:count.${name}`] : []),
        ]),
      ]),
    ];
    expect(keys.filter(missing)).toEqual([]);
  });
});
