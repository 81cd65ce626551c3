import type { Problem } from './problems.ts';

export type DecimalSign = ',' | '.';

export interface NumberValue {
  original: string;
  /** For arithmetic that bears rounding; NaN when not valid. Money is `text`. */
  value: number;
  /** Canonical decimal: '-1234.50'. Every digit as written, no sign for plus or zero, no leading zeros. '' when not valid. */
  text: string;
  /** ISO 4217 code of a currency sign or code written with the number. */
  currency?: string;
  valid: boolean;
  problem?: Problem;
}

/**
 * A number or an amount of money: "1.234,56 €", "$ 1,234.56", "(12,00)", "1 234,5-", "1'234.50". The digits go from text
 * to text and never through a float. Without `decimal`, the last of two different signs is the decimal one, a repeated one
 * separates thousands, a lone full stop is decimal, a lone comma too unless exactly three digits follow it.
 */
export function normaliseNumber(input: string, decimal?: DecimalSign): NumberValue {
  if (isPlain(input) && (decimal !== ',' || !input.includes('.'))) {
    const text = canonical(input, '');
    return { original: input, value: Number(text), text, valid: true };
  }
  let currency: string | undefined;
  let text = input.trim().replace(CURRENCY, (sign) => {
    currency ??= CURRENCIES.get(sign.toUpperCase());
    return ' ';
  });
  text = text.replace(/[\s\u00a0\u202f'’%_]/g, '').replace(/[−–]/g, '-');
  if (text === '' || text === '-') return failed(input, 'empty');
  let negative = false;
  if (text.startsWith('(') && text.endsWith(')')) {
    negative = true;
    text = text.slice(1, -1);
  }
  if (text.endsWith('-') || text.startsWith('-')) {
    negative = !negative;
    text = text.endsWith('-') ? text.slice(0, -1) : text.slice(1);
  } else if (text.startsWith('+')) text = text.slice(1);

  const scientific = SCIENTIFIC.exec(text);
  const plain = scientific !== null ? expand(scientific) : withoutThousands(text, decimal);
  if (plain === undefined) return failed(input, 'format');
  const exact = canonical(plain, negative ? '-' : '');
  const number: NumberValue = { original: input, value: Number(exact), text: exact, valid: true };
  if (currency !== undefined) number.currency = currency;
  if (decimal === undefined && /^\d{1,3},\d{3}$/.test(text)) number.problem = 'ambiguous-separator';
  return number;
}

/** Figures with at most one full stop and a minus: what needs no thought. */
function isPlain(text: string): boolean {
  const start = text.charCodeAt(0) === 45 ? 1 : 0;
  let point = false;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46 && !point && i > start && i < text.length - 1) point = true;
    else if (code < 48 || code > 57) return false;
  }
  return text.length > start;
}

const SCIENTIFIC = /^(\d+)(?:[.,](\d*))?e([+-]?\d{1,3})$/i;
const PIECES = /^(?:\d[\d.,]*|[.,]\d+)$/;

/** The digits with a full stop for the decimal sign, or `undefined` if they make no number. */
function withoutThousands(text: string, decimal: DecimalSign | undefined): string | undefined {
  if (!PIECES.test(text)) return undefined;
  const sign = decimalSign(text, decimal);
  const at = sign === undefined ? -1 : text.lastIndexOf(sign);
  if (sign !== undefined && text.indexOf(sign) !== at) return undefined;
  const whole = at < 0 ? text : text.slice(0, at);
  const fraction = at < 0 ? '' : text.slice(at + 1);
  if (/[.,]/.test(fraction)) return undefined;
  if (/[.,]/.test(whole) && !GROUPED.test(whole)) return undefined;
  return `${whole.replace(/[.,]/g, '') || '0'}${fraction === '' ? '' : `.${fraction}`}`;
}

// Groups of three, or the Indian twos before a last three, with one kind of sign.
const GROUPED = /^\d{1,3}(?:\.\d{3})+$|^\d{1,3}(?:,\d{3})+$|^\d{1,2}(?:,\d{2})+,\d{3}$/;

function decimalSign(text: string, decimal: DecimalSign | undefined): DecimalSign | undefined {
  const comma = text.lastIndexOf(',');
  const point = text.lastIndexOf('.');
  if (comma < 0 && point < 0) return undefined;
  if (comma >= 0 && point >= 0) return comma > point ? ',' : '.';
  const sign: DecimalSign = comma >= 0 ? ',' : '.';
  const grouped = GROUPED.test(text);
  if (text.indexOf(sign) !== text.lastIndexOf(sign)) return undefined;
  if (decimal === undefined) return sign === ',' && grouped ? undefined : sign;
  // The other sign stands for thousands only where three digits follow; 12.50 in a file of commas is still 12.50.
  return sign === decimal || !grouped ? sign : undefined;
}

/** 1.5e3 → 1500 by moving the point in the text. */
function expand([, whole = '', fraction = '', power = '0']: RegExpExecArray): string | undefined {
  const shift = Number(power);
  if (Math.abs(shift) > 60) return undefined;
  const digits = whole + fraction;
  const point = whole.length + shift;
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return digits + '0'.repeat(point - digits.length);
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function canonical(plain: string, sign: string): string {
  let text = plain;
  let minus = sign === '-';
  if (text.charCodeAt(0) === 45) {
    minus = true;
    text = text.slice(1);
  }
  let start = 0;
  while (text.charCodeAt(start) === 48 && start + 1 < text.length && text.charCodeAt(start + 1) !== 46) start++;
  if (start > 0) text = text.slice(start);
  return minus && /[1-9]/.test(text) ? `-${text}` : text;
}

/**
 * The decimal sign of a column of numbers: what stands before other than three digits, or after the other sign.
 * A full stop when nothing tells.
 */
export function detectDecimal(samples: readonly string[]): DecimalSign {
  let comma = 0;
  let point = 0;
  for (const sample of samples) {
    const lastComma = sample.lastIndexOf(',');
    const lastPoint = sample.lastIndexOf('.');
    if (lastComma < 0 && lastPoint < 0) continue;
    if (lastComma >= 0 && lastPoint >= 0) {
      if (lastComma > lastPoint) comma += 2;
      else point += 2;
      continue;
    }
    const at = Math.max(lastComma, lastPoint);
    const sign = sample[at]!;
    const after = /^\d*/.exec(sample.slice(at + 1))![0].length;
    const repeated = sample.indexOf(sign) !== at;
    // Three digits after a lone sign, or a sign twice, speak for thousands, softly the first and firmly the second.
    const weight = repeated ? -2 : after === 3 ? -0.25 : 1;
    const decimalIsComma = (sign === ',') === weight > 0;
    if (decimalIsComma) comma += Math.abs(weight);
    else point += Math.abs(weight);
  }
  return comma > point ? ',' : '.';
}

const CURRENCY =
  /€|US\$|R\$|S\/\.?|MX\$|\$|£|¥|\b(?:euros?|eur|usd|gbp|cop|mxn|clp|ars|pen|brl|chf|uyu|dop|crc|gtq|bob|pyg)\b|(?<=\d)(?:eur|usd|cop|mxn|clp|ars|pen|gbp)\b/gi;
const CURRENCIES = new Map(
  Object.entries({
    '€': 'EUR',
    EUR: 'EUR',
    EURO: 'EUR',
    EUROS: 'EUR',
    US$: 'USD',
    USD: 'USD',
    R$: 'BRL',
    'S/': 'PEN',
    'S/.': 'PEN',
    MX$: 'MXN',
    '£': 'GBP',
    '¥': 'JPY',
  }),
);
for (const code of 'GBP COP MXN CLP ARS PEN BRL CHF UYU DOP CRC GTQ BOB PYG'.split(' ')) CURRENCIES.set(code, code);

function failed(original: string, problem: Problem): NumberValue {
  return { original, value: Number.NaN, text: '', valid: false, problem };
}
