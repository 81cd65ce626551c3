import { describe, expect, it } from 'vitest';
import { fieldValues } from '../field-values.ts';
import { intern, type Table } from '../table.ts';
import { comparisons } from './catalogue.ts';
import { MISSING } from './comparison.ts';
import type { ComparisonName } from '../settings.ts';

/** The level's name at which two records stand; each record is its values column by column. Either way round. */
function compare(name: ComparisonName, left: string[], right: string[]): string {
  const table: Table = { rows: 2, columns: Object.fromEntries(left.map((value, k) => [`c${k}`, intern([value, right[k]!])])) };
  const values = fieldValues(table, Object.keys(table.columns));
  const { levels, build } = comparisons[name];
  const comparator = build(values, levels);
  const [a, b] = values.rows as unknown as [number, number];
  const level = comparator.compare(a, b);
  expect(comparator.compare(b, a)).toBe(level);
  return level === MISSING ? 'missing' : levels[level]!.is;
}

describe('comparisons', () => {
  it.each<[ComparisonName, string[], string[], string]>([
    ['exact', ['vigo'], ['lugo'], 'different'],
    ['id', ['12345678z'], ['12345678z'], 'exact'],
    ['id', ['12345678z'], ['12345687z'], 'typo'],
    ['id', ['12345678z'], ['87654321x'], 'different'],
    ['number', ['100'], ['98'], 'similar'],
    ['number', ['100'], ['50'], 'different'],
    ['number', ['1.0'], ['1'], 'exact'],
    ['text', ['el corte ingles'], ['corte ingles el'], 'similar'],
    ['text', ['bank'], ['banks'], 'typo'],
    ['name', ['francisco', 'francisco'], ['paco', 'francisco'], 'root'],
    ['name', ['maria del carmen'], ['carmen maria'], 'root'],
    ['name', ['jose antonio'], ['jose'], 'part'],
    ['name', ['j antonio'], ['jose antonio'], 'initial'],
    ['name', ['francisco'], ['francisxo'], 'typo'],
    ['name', ['ana maria'], ['anamaria'], 'typo'],
    ['name', ['jose luis'], ['jose manuel'], 'different'],
    ['name', ['mario'], ['maria'], 'different'],
    ['name', ['manuel'], ['manuela'], 'different'],
    ['surname-pair', ['garcia', 'lopez'], ['garcia', 'lopez'], 'exact'],
    ['surname-pair', ['garcia', 'lopez'], ['lopez', 'garcia'], 'swapped'],
    ['surname-pair', ['garcia', 'lopez'], ['garcia', ''], 'first'],
    ['surname-pair', ['garcia', ''], ['garcia', ''], 'first'],
    ['surname-pair', ['garcia', 'lopez'], ['garzia', 'lopes'], 'similar'],
    ['surname-pair', ['garcia', 'lopez'], ['lopez', ''], 'crossed'],
    ['surname-pair', ['garcia', 'lopez'], ['garcia', 'ruiz'], 'one'],
    ['surname-pair', ['garcia', 'lopez'], ['perez', 'ruiz'], 'different'],
    ['surname-pair', ['garcia', ''], ['', 'lopez'], 'missing'],
    ['full-name', ['ana', 'rowe'], ['rowe', 'ana'], 'swapped'],
    ['full-name', ['caleb', 'rowe'], ['caleb', 'rwoe'], 'near'],
    ['full-name', ['caleb', 'rowe'], ['', 'rowe'], 'surname'],
    ['full-name', ['caleb', 'rowe'], ['', 'caleb'], 'crossed'],
    ['full-name', ['caleb', 'rowe'], ['lucy', 'rowe'], 'surname-only'],
    ['full-name', ['caleb', 'rowe'], ['lucy', 'green'], 'different'],
    ['date', ['1971-03-08'], ['1971-08-03'], 'swapped'],
    ['date', ['1971-03-08'], ['1971-03-09'], 'typo'],
    ['date', ['1971-03-08'], ['19710308'], 'exact'],
    ['date', ['1971-03-08'], ['08/03/1971'], 'exact'],
    ['date', ['1971-03-08'], ['1969-03-08'], 'two-parts'],
    ['date', ['1971-03-08'], ['1971-11-25'], 'year'],
    ['date', ['1971-12-30'], ['1972-01-15'], 'near'],
    ['date', ['1971-03-08'], ['1998-11-25'], 'apart'],
    ['date', ['1971-03-08'], ['1975-11-25'], 'different'],
    ['phone', ['+34611222333', ''], ['', '+34611222333'], 'exact'],
    ['phone', ['+34611222333', ''], ['+34611222338', ''], 'typo'],
    ['phone', ['+34611222333', ''], ['+34611222', ''], 'different'],
    ['phone', ['+34611222333', ''], ['+34699888777', ''], 'different'],
    ['email', ['ana@correo.es'], ['ana@corre.es'], 'typo'],
    ['email', ['ana.gil@correo.es'], ['ana.gil@gmail.com'], 'local'],
    ['email', ['ana@correo.es'], ['pedro@correo.es'], 'different'],
    ['address', ['calle mayor 3', '28001', 'madrid'], ['calle mayor 3', '28001', 'madrid'], 'exact'],
    ['address', ['calle mayor 3', '28001', 'madrid'], ['calle mayor 3', '', ''], 'exact'],
    ['address', ['calle mayor 3', '28001', 'madrid'], ['calle maior 3', '28001', 'madrid'], 'similar'],
    ['address', ['calle mayor 3', '28001', 'madrid'], ['calle mayor 5', '28001', 'madrid'], 'postcode'],
    ['address', ['calle mayor 3', '28001', 'madrid'], ['calle mayor 3', '41001', 'sevilla'], 'street'],
    ['address', ['', '', 'madrid'], ['calle mayor 3', '28001', 'madrid'], 'city'],
    ['address', ['calle mayor 3', '', ''], ['', '28001', ''], 'missing'],
    ['company', ['talleres gil sl'], ['talleres gil s.l.u.'], 'core'],
    ['company', ['talleres gil sl'], ['taleres gil sl'], 'typo'],
    ['company', ['ashcroft plastics plc'], ['ap corp'], 'acronym'],
    ['company', ['talleres gil sl'], ['talleres gil vigo sl'], 'part'],
    ['company', ['talleres gil sl'], ['panaderia lopez sa'], 'different'],
  ])('%s: %j and %j are %s', (name, left, right, level) => {
    expect(compare(name, left, right)).toBe(level);
  });

  it('a value on both sides missing, and one alone, say nothing', () => {
    const values = fieldValues({ rows: 2, columns: { c: intern(['', 'x']) } }, ['c']);
    expect([...values.rows]).toEqual([0, 1]);
    expect(values.present).toBe(1);
  });
});
