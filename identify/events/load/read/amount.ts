// Money and quantities as whole ten-thousandths: decimals come as text or as JSON numbers and leave as text, never through sums of floats.

/** Of what Decimal(18, 4) of the warehouse holds. */
export type Units = bigint;

const SCALE = 4;
export const ONE: Units = 10_000n;
const MOST = 10n ** 18n;

const TEXT = /^([+-]?)(\d{1,14})(?:[.,](\d+))?$/;
/** A comma or a dot before exactly three digits may part thousands: nobody knows. Only of text; JSON numbers have no such doubt. */
const COMMA_DOUBT = /^[+-]?\d{1,3},\d{3}$/;

/** `undefined` where there is no value, `null` where it is no number. */
export function readAmount(written: unknown): Units | undefined | null {
  if (written === undefined || written === null || written === '') return undefined;
  if (typeof written === 'number') return Number.isFinite(written) && Math.abs(written) < 1e14 ? ofText(written.toFixed(6)) : null;
  if (typeof written !== 'string') return null;
  const text = written.trim();
  return COMMA_DOUBT.test(text) ? null : ofText(text);
}

function ofText(text: string): Units | null {
  const parts = TEXT.exec(text);
  if (!parts) return null;
  const [, sign, whole, fraction = ''] = parts;
  let units = BigInt(whole + fraction.padEnd(SCALE, '0').slice(0, SCALE));
  if (fraction.length > SCALE && fraction.charCodeAt(SCALE) >= FIVE) units++;
  if (units >= MOST) return null;
  return sign === '-' ? -units : units;
}
const FIVE = '5'.charCodeAt(0);

/** `-12.5`: as little as says it. */
export function amountText(units: Units): string {
  const digits = (units < 0n ? -units : units).toString().padStart(SCALE + 1, '0');
  const fraction = digits.slice(-SCALE).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -SCALE)}${fraction && `.${fraction}`}`;
}

/** `a × b`, both in units, rounded half away from zero. */
export function times(a: Units, b: Units): Units {
  return divided(a * b, ONE);
}

/** `a ÷ b`, rounded half away from zero. */
export function divided(a: bigint, b: bigint): bigint {
  const negative = a < 0n !== b < 0n;
  const [n, d] = [a < 0n ? -a : a, b < 0n ? -b : b];
  const quotient = (2n * n + d) / (2n * d);
  return negative ? -quotient : quotient;
}

/**
 * Parts a whole as the weights say, to the smallest unit: the parts add up to it.
 *
 * @param step what the parts are rounded to: cents are 100 units.
 */
export function shares(whole: Units, weights: readonly Units[], step: Units = 100n): Units[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  const even = total === 0n;
  let left = whole;
  let weight = even ? BigInt(weights.length) : total;
  return weights.map((own, n) => {
    const mine = even ? 1n : own;
    // The last that weighs anything takes what is left, so that nothing is lost in rounding.
    const part = weight === mine || n === weights.length - 1 ? left : divided(left * mine, weight * step) * step;
    left -= part;
    weight -= mine;
    return part;
  });
}
