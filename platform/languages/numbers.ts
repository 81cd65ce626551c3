/**
 * A number as people read it, here and on paper: below zero with the minus sign (−, U+2212), which is as wide as the plus and is not
 * torn from its number at the end of a line as a hyphen is.
 */
export function writeNumber(format: Intl.NumberFormat, value: number): string {
  return format
    .formatToParts(value)
    .map(({ type, value: text }) => (type === 'minusSign' ? '−' : text))
    .join('');
}
