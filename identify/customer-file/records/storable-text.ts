/** Neither store keeps NUL, and Postgres no half of a surrogate pair, which only JSON can write. */
export function storableText(value: string): string {
  return withoutNul(value).replace(LONE_SURROGATE, '\ufffd');
}

export function withoutNul(value: string): string {
  return value.includes('\0') ? value.replaceAll('\0', '') : value;
}

const LONE_SURROGATE = /\p{Surrogate}/gu;
