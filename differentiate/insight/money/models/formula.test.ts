import { property } from '@vinculo/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateFormula } from './evaluate-formula.ts';
import { FormulaError, type FormulaProblem, namesIn, parseFormula, requireNames, requirePlainNumbers } from './formula.ts';

const VALUES = new Map([
  ['saldo', 1200],
  ['comisión', 3.5],
  ['nada', 0],
]);
const value = (text: string) => evaluateFormula(parseFormula(text), VALUES);

describe('a formula', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 4 - 3', 3],
    ['12 / 4 / 3', 1],
    ['-saldo + 200', -1000],
    ['2 - -3', 5],
    ['2 − −3', 5],
    ['saldo − 200', 1000],
    ['saldo * 2 %', 24],
    ['saldo * 2,5 % / 12', 2.5],
    ['saldo × 0.5 ÷ 2', 300],
    ['Comisión * 2', 7],
    ['min(3; 1; 2)', 1],
    ['máximo(saldo; 5)', 1200],
    ['abs(-2)', 2],
    ['round(2,5)', 3],
    ['redondear(-2,555; 2)', -2.56],
    ['si(saldo >= 1000; 10; 20)', 10],
    ['if(saldo < 1000; 10; if(nada = 0; 1; 2))', 1],
    ['(saldo > 1000) + (saldo > 2000)', 1],
  ])('%s is %d', (text, expected) => {
    expect(value(text)).toBeCloseTo(expected, 9);
  });

  it.each([
    ['1,5', 1.5],
    ['1.5', 1.5],
    ['0,125', 0.125],
    ['0.024', 0.024],
    ['1,2340', 1.234],
    ['1234.567', 1234.567],
    ['1000', 1000],
    ['12 %', 0.12],
  ])('%s reads in one way alone: %d', (text, expected) => {
    const formula = parseFormula(text);
    requirePlainNumbers(formula, text);
    expect(evaluateFormula(formula, VALUES)).toBeCloseTo(expected, 12);
  });

  it('divided by nothing is no number', () => {
    expect(value('saldo / nada')).toBe(Infinity);
    expect(value('nada / nada')).toBeNaN();
    expect(value('max(nada / nada; 1)')).toBeNaN();
  });

  it.each<[string, FormulaProblem, number, number, string]>([
    ['', 'empty', 0, 0, ''],
    ['   ', 'empty', 0, 0, ''],
    ['saldo +', 'expected_value', 7, 7, ''],
    ['saldo + * 2', 'expected_value', 8, 9, '*'],
    ['(saldo + 2', 'expected_close', 10, 10, ''],
    ['saldo 2', 'leftover', 6, 7, '2'],
    ['saldo ? 2', 'character', 6, 7, '?'],
    ['max(1, 2)', 'character', 5, 6, ','],
    ['fetch(1)', 'function', 0, 5, 'fetch'],
    ['si(1; 2)', 'inputs', 0, 8, 'si'],
    ['2 * saldito', 'name', 4, 11, 'saldito'],
    ['"a"', 'character', 0, 1, '"'],
    ['saldo; drop', 'leftover', 5, 6, ';'],
    ['saldo * 1.000', 'grouped', 8, 13, '1.000'],
    ['si(saldo > 1,250; 1; 0)', 'grouped', 11, 16, '1,250'],
    ['-12.500 + 2', 'grouped', 1, 7, '12.500'],
    ['1.000.000', 'grouped', 0, 9, '1.000.000'],
    ['2 * 1.234,56', 'grouped', 4, 12, '1.234,56'],
    ['min(1,2,3)', 'character', 7, 8, ','],
  ])('%j: %s', (text, problem, from, to, piece) => {
    let caught: unknown;
    try {
      const formula = parseFormula(text);
      requireNames(formula, new Set(VALUES.keys()));
      requirePlainNumbers(formula, text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(FormulaError);
    expect(caught).toMatchObject({ problem, from, to, text: piece });
  });

  it('too deep is said, not a crash', () => {
    expect(() => parseFormula(`${'('.repeat(900)}1${')'.repeat(900)}`)).toThrow(FormulaError);
    expect(() => parseFormula('-'.repeat(1_999))).toThrow(FormulaError);
  });

  it('never fails in another way, whatever is typed', () => {
    const pieces = ['1', '2,5', 'saldo', '+', '-', '*', '/', '(', ')', ';', '%', '<', '=', 'si(', 'min(', ' ', '#', 'ñ'];
    property(
      fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((list) => list.join('')),
      (text) => {
        try {
          expect(typeof evaluateFormula(parseFormula(text), VALUES)).toBe('number');
        } catch (error) {
          expect(error).toBeInstanceOf(FormulaError);
          const { from, to } = error as FormulaError;
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(text.length);
        }
      },
    );
  });

  it('tells which names it needs and where', () => {
    expect(namesIn(parseFormula('saldo * tasa + saldo'))).toEqual([
      { name: 'saldo', from: 0, to: 5 },
      { name: 'tasa', from: 8, to: 12 },
      { name: 'saldo', from: 15, to: 20 },
    ]);
  });
});
