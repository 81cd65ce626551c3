// A formula over the numbers of one contract in one month; and the same as SQL over all of them.
import type { Formula, Operator } from './formula.ts';

const OPERATIONS: Record<Operator, (left: number, right: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  '=': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
};

/** @returns NaN or an infinity where something is divided by nothing. */
export function evaluateFormula(formula: Formula, values: ReadonlyMap<string, number>): number {
  switch (formula.type) {
    case 'number':
      return formula.value;
    case 'name':
      return values.get(formula.name) ?? 0;
    case 'negative':
      return -evaluateFormula(formula.of, values);
    case 'operation':
      return OPERATIONS[formula.operator](evaluateFormula(formula.left, values), evaluateFormula(formula.right, values));
    case 'call': {
      const inputs = formula.inputs.map((input) => evaluateFormula(input, values));
      switch (formula.call) {
        case 'min':
          return inputs.some(Number.isNaN) ? NaN : Math.min(...inputs);
        case 'max':
          return inputs.some(Number.isNaN) ? NaN : Math.max(...inputs);
        case 'abs':
          return Math.abs(inputs[0]!);
        case 'round':
          return roundHalfAway(inputs[0]!, Math.trunc(Math.max(-6, Math.min(6, inputs[1] ?? 0))));
        case 'if':
          return inputs[0]! !== 0 ? inputs[1]! : inputs[2]!;
      }
    }
  }
}

/** 2.5 → 3 and −2.5 → −3, as people round. */
function roundHalfAway(value: number, digits: number): number {
  const scale = 10 ** digits;
  return (Math.sign(value) * Math.floor(Math.abs(value) * scale + 0.5)) / scale;
}

/**
 * The formula as SQL. `columns` says the expression of each name; numbers are written as they were read, so that nothing a
 * person types reaches the warehouse as text.
 */
export function formulaSql(formula: Formula, columns: ReadonlyMap<string, string>): string {
  const of = (part: Formula) => formulaSql(part, columns);
  switch (formula.type) {
    case 'number':
      return numberSql(formula.value);
    case 'name': {
      const column = columns.get(formula.name);
      if (column === undefined) throw new TypeError(`No column for ${formula.name}`);
      return column;
    }
    case 'negative':
      return `(-${of(formula.of)})`;
    case 'operation': {
      const { operator, left, right } = formula;
      const sql = `(${of(left)} ${operator} ${of(right)})`;
      return '+-*/'.includes(operator) ? sql : `toFloat64${sql}`;
    }
    case 'call': {
      const inputs = formula.inputs.map(of);
      switch (formula.call) {
        // Each input stands once in the text: formulas within formulas must not double at every level.
        case 'min':
          return `arrayMap(x -> if(arrayExists(y -> isNaN(y), x), nan, arrayMin(x)), [[${inputs.join(', ')}]])[1]`;
        case 'max':
          return `arrayMap(x -> if(arrayExists(y -> isNaN(y), x), nan, arrayMax(x)), [[${inputs.join(', ')}]])[1]`;
        case 'abs':
          return `abs(${inputs[0]})`;
        case 'round': {
          const scaled = `arrayMap(x -> (x.1, pow(10., trunc(greatest(-6., least(6., x.2))))), [(${inputs[0]}, ${inputs[1] ?? '0.'})])`;
          return `arrayMap(x -> sign(x.1) * floor(abs(x.1) * x.2 + 0.5) / x.2, ${scaled})[1]`;
        }
        case 'if':
          return `if(${inputs[0]} != 0, ${inputs[1]}, ${inputs[2]})`;
      }
    }
  }
}

/** A number as the warehouse reads a Float64. */
export const numberSql = (value: number): string => `toFloat64('${value}')`;
