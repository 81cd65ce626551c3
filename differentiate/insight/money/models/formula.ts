// The language of value models: numbers, names, four operations, comparisons and a few functions. Nothing in it can reach
// anything but the numbers it is given.

/** A part of a formula, with where it stands in the text: [from, to). */
export type Formula = { from: number; to: number } & (
  | { type: 'number'; value: number }
  | { type: 'name'; name: string }
  | { type: 'negative'; of: Formula }
  | { type: 'operation'; operator: Operator; left: Formula; right: Formula }
  | { type: 'call'; call: FunctionName; inputs: Formula[] }
);

export type Operator = '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '=' | '!=';
export type FunctionName = 'min' | 'max' | 'abs' | 'round' | 'if';

export type FormulaProblem =
  | 'empty'
  | 'character'
  | 'expected_value'
  | 'expected_close'
  | 'leftover'
  | 'function'
  | 'inputs'
  | 'name'
  | 'number'
  | 'grouped'
  | 'deep';

/** What is wrong and where. Its sentence is in the `models` catalogue, `problem.<problem>`. */
export class FormulaError extends Error {
  readonly problem: FormulaProblem;
  readonly from: number;
  readonly to: number;
  /** The piece of text it is about. */
  readonly text: string;
  constructor(problem: FormulaProblem, from: number, to: number, text: string) {
    super(`${problem} at ${from}: ${text}`);
    this.problem = problem;
    this.from = from;
    this.to = to;
    this.text = text;
  }
}

/** Functions by the names people give them, and how many inputs each takes. */
const FUNCTIONS: Record<string, FunctionName> = {
  min: 'min',
  mínimo: 'min',
  max: 'max',
  máx: 'max',
  mín: 'min',
  máximo: 'max',
  abs: 'abs',
  round: 'round',
  redondear: 'round',
  if: 'if',
  si: 'if',
};
const INPUTS: Record<FunctionName, [least: number, most: number]> = { min: [2, 9], max: [2, 9], abs: [1, 1], round: [1, 2], if: [3, 3] };

/** Binding of the operators that stand between two values, loosest first. */
const LEVELS: readonly (readonly Operator[])[] = [
  ['<', '<=', '>', '>=', '=', '!='],
  ['+', '-'],
  ['*', '/'],
];
const DEEPEST = 200;

interface Token {
  kind: 'number' | 'name' | 'sign' | 'end';
  text: string;
  from: number;
  to: number;
}

/** A number, also one whose digits are parted more than once, which can be none: «1.234,56». */
const TOKEN = /\s*(?:(\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)+|\d+(?:[.,]\d+)?)|([\p{L}_][\p{L}\d_]*)|(<=|>=|!=|[-−+*/()<>=;%×÷]))/uy;

function tokens(formula: string): Token[] {
  const all: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = formula.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(formula);
    if (!match) {
      const from = at + (/^\s*/.exec(formula.slice(at))?.[0].length ?? 0);
      throw new FormulaError('character', from, from + 1, formula[from] ?? '');
    }
    const piece = match[1] ?? match[2] ?? match[3]!;
    const to = TOKEN.lastIndex;
    // A minus sign, as figures are shown and may be copied, is the hyphen that people type.
    const text = piece === '−' ? '-' : piece;
    all.push({ kind: match[1] ? 'number' : match[2] ? 'name' : 'sign', text, from: to - piece.length, to });
  }
  all.push({ kind: 'end', text: '', from: end, to: end });
  return all;
}

/**
 * Reads a formula. Decimals are written with a comma or a point, inputs of a function are parted by a semicolon, and
 * `2 %` is two hundredths. See {@link requirePlainNumbers} for what may be thousands.
 *
 * @throws FormulaError with the place of what is wrong.
 */
export function parseFormula(text: string): Formula {
  const list = tokens(text);
  let at = 0;
  const next = () => list[at]!;
  const is = (sign: string) => next().kind === 'sign' && next().text === sign;
  const take = () => list[at++]!;
  const wrong = (problem: FormulaProblem, token = next()): never => {
    throw new FormulaError(problem, token.from, Math.max(token.to, token.from), token.text);
  };

  function binary(level: number, depth: number): Formula {
    if (depth > DEEPEST) wrong('deep');
    const operators = LEVELS[level];
    if (!operators) return signed(depth);
    let left = binary(level + 1, depth + 1);
    for (;;) {
      const sign = next().text === '×' ? '*' : next().text === '÷' ? '/' : next().text;
      const operator = operators.find((one) => next().kind === 'sign' && one === sign);
      if (!operator) return left;
      take();
      const right = binary(level + 1, depth + 1);
      left = { type: 'operation', operator, left, right, from: left.from, to: right.to };
    }
  }

  function signed(depth: number): Formula {
    if (depth > DEEPEST) wrong('deep');
    if (is('-')) {
      const { from } = take();
      const of = signed(depth + 1);
      return { type: 'negative', of, from, to: of.to };
    }
    let value = single(depth + 1);
    while (is('%')) {
      const { to } = take();
      const hundred: Formula = { type: 'number', value: 100, from: to - 1, to };
      value = { type: 'operation', operator: '/', left: value, right: hundred, from: value.from, to };
    }
    return value;
  }

  function single(depth: number): Formula {
    const token = take();
    if (token.kind === 'number') {
      const value = Number(token.text.replace(',', '.'));
      if (Number.isNaN(value)) wrong('grouped', token);
      if (!(value <= 1e12)) wrong('number', token);
      return { type: 'number', value, from: token.from, to: token.to };
    }
    if (token.kind === 'name')
      return is('(') ? call(token, depth) : { type: 'name', name: token.text.toLowerCase(), from: token.from, to: token.to };
    if (token.kind === 'sign' && token.text === '(') {
      const inside = binary(0, depth + 1);
      if (!is(')')) wrong('expected_close');
      take();
      return inside;
    }
    return wrong('expected_value', token);
  }

  function call(name: Token, depth: number): Formula {
    const known = FUNCTIONS[name.text.toLowerCase()];
    if (!known) return wrong('function', name);
    take();
    const inputs = [binary(0, depth + 1)];
    while (is(';')) {
      take();
      inputs.push(binary(0, depth + 1));
    }
    if (!is(')')) wrong('expected_close');
    const { to } = take();
    const [least, most] = INPUTS[known];
    if (inputs.length < least || inputs.length > most) throw new FormulaError('inputs', name.from, to, name.text);
    return { type: 'call', call: known, inputs, from: name.from, to };
  }

  if (list.length === 1) throw new FormulaError('empty', 0, 0, '');
  const formula = binary(0, 0);
  if (next().kind !== 'end') wrong('leftover');
  return formula;
}

type Leaf = Extract<Formula, { type: 'number' | 'name' }>;

/** The numbers and names of a formula, as they come. */
function leavesOf(formula: Formula): Leaf[] {
  switch (formula.type) {
    case 'number':
    case 'name':
      return [formula];
    case 'negative':
      return leavesOf(formula.of);
    case 'operation':
      return [...leavesOf(formula.left), ...leavesOf(formula.right)];
    case 'call':
      return formula.inputs.flatMap(leavesOf);
  }
}

/** Every name in a formula, with where it stands. */
export function namesIn(formula: Formula): { name: string; from: number; to: number }[] {
  return leavesOf(formula).flatMap((leaf) => (leaf.type === 'name' ? [{ name: leaf.name, from: leaf.from, to: leaf.to }] : []));
}

/** @throws FormulaError at the first name nobody has defined. */
export function requireNames(formula: Formula, known: ReadonlySet<string>): void {
  const unknown = namesIn(formula).find(({ name }) => !known.has(name));
  if (unknown) throw new FormulaError('name', unknown.from, unknown.to, unknown.name);
}

/** «1.000» and «1,000» are a thousand to one reader and one to another; «0,125» and «1,5» are the same to both. */
const GROUPED = /^[1-9]\d{0,2}[.,]\d{3}$/;

/** @throws FormulaError at the first number of `text` that reads as thousands and as decimals alike. */
export function requirePlainNumbers(formula: Formula, text: string): void {
  const grouped = leavesOf(formula).find(({ type, from, to }) => type === 'number' && GROUPED.test(text.slice(from, to)));
  if (grouped) throw new FormulaError('grouped', grouped.from, grouped.to, text.slice(grouped.from, grouped.to));
}
