// Amounts and moments as other systems write them in JSON.

/** A decimal text with at most four places, as the warehouse keeps it; undefined where it is no number. */
export function decimalOf(value: string): string | undefined {
  const bare = value.trim().replace(/^[€$£]\s*|\s*[€$£]$/g, '');
  // A comma is a decimal mark unless it groups thousands before a point.
  const plain = /^-?\d{1,3}(\.\d{3})+,\d+$|^-?\d+,\d+$/.test(bare)
    ? bare.replaceAll('.', '').replace(',', '.')
    : bare.replace(/(?<=\d),(?=\d{3}(\D|$))/g, '');
  if (!/^-?\d{1,13}(\.\d+)?([eE][+-]?\d{1,2})?$/.test(plain)) return undefined;
  const number = Number(plain);
  return Number.isFinite(number) && Math.abs(number) < 1e13 ? trimmed(/[eE]/.test(plain) ? number.toFixed(4) : rounded(plain)) : undefined;
}

/** Rounded in decimal, half away from zero: what a float makes of 1.00005 is not what was written. */
function rounded(plain: string): string {
  const [whole = '0', places = ''] = plain.split('.');
  if (places.length <= 4) return plain;
  const units = BigInt(whole.replace('-', '') + places.slice(0, 4)) + (places[4]! >= '5' ? 1n : 0n);
  const digits = units.toString().padStart(5, '0');
  return `${plain.startsWith('-') ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

const trimmed = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** The product of two decimals, of at most four places. */
export function timesDecimal(a: string, b: string): string {
  const scaled = (text: string) => {
    const [whole = '0', places = ''] = text.replace('-', '').split('.');
    return BigInt(whole + places.padEnd(4, '0')) * (text.startsWith('-') ? -1n : 1n);
  };
  const product = scaled(a) * scaled(b);
  const digits = (product < 0n ? -product : product).toString().padStart(9, '0');
  return decimalOf(`${product < 0n ? '-' : ''}${digits.slice(0, -8)}.${digits.slice(-8)}`) ?? '0';
}

/** ISO 8601, or seconds or milliseconds since 1970; a time without an offset is UTC. Undefined before 1970 and after 2099. */
export function momentOf(value: string): Date | undefined {
  const text = value.trim();
  let at: number;
  if (/^\d{9,10}(\.\d+)?$/.test(text)) at = Number(text) * 1_000;
  else if (/^\d{12,13}$/.test(text)) at = Number(text);
  else if (/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text))
    at = Date.parse(
      /[T ]/.test(text) && !/(Z|[+-]\d{2}:?\d{2})$/.test(text)
        ? `${text.replace(' ', 'T')}Z`
        : text.replace(/ (?=\d{2}:)/, 'T').replace(' ', ''),
    );
  else at = Date.parse(/[A-Za-z]{3}/.test(text) ? text : '');
  return at >= 0 && at < 4_102_444_800_000 ? new Date(at) : undefined;
}
