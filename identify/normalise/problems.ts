/**
 * Everything that can be wrong with a value, as stable codes; the interface turns them into words. With `valid: true`
 * a problem is a remark (the value is usable but something was assumed), with `valid: false` it is the reason.
 */
export const PROBLEMS = [
  /** Nothing was written, or nothing but punctuation. */
  'empty',
  /** A filler such as "n/a", "xxx", 666666666, noemail@… or 1900-01-01. */
  'placeholder',
  /** No reading fits what was written. */
  'format',
  /** A name with digits in it. */
  'digits',
  /** Letters lost in a wrong encoding (MU?OZ). */
  'broken-characters',
  /** An e-mail address where a name should be. */
  'looks-like-email',
  /** Remark: only the given name is known. */
  'surname-missing',
  /** Remark: only the surname is known. */
  'given-name-missing',
  /** A phone number or an id with too few characters. */
  'too-short',
  /** A phone number or an id with too many characters. */
  'too-long',
  /** A country calling code nobody has, or an id of a country we do not know. */
  'unknown-country',
  /** An e-mail without exactly one @ between two parts. */
  'no-at-sign',
  /** The part before the @ breaks RFC 5321. */
  'local-part',
  /** The part after the @ is no host name. */
  'domain',
  /** The check digit or letter contradicts the rest. */
  'check-digit',
  /** No such day. */
  'no-such-date',
  /** Before 1875 or after 2100. */
  'year-implausible',
  /** Remark: read in the other order, because in the given one there is no such month. */
  'day-month-swapped',
  /** Remark: 1,234 read as thousands; say which character is the decimal one. */
  'ambiguous-separator',
  /** Remark: the address has no street number. */
  'number-missing',
  /** The address has no street. */
  'street-missing',
  /** No postcode of that country looks so. */
  'postcode',
  /** The postcode lies in another province than the one written. */
  'postcode-province-mismatch',
] as const;

export type Problem = (typeof PROBLEMS)[number];
