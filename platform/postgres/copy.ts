const SPECIAL = /[\\\b\f\n\r\t\v]/g;
const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/**
 * One value in the text format of COPY: null and undefined are \N, dates ISO 8601 in UTC, buffers bytea in hex,
 * arrays Postgres array literals, other objects JSON. Join values with tabs and end the line with \n.
 */
export function copyText(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  const text = plain(value);
  // Postgres has no NUL in text; dropping it loses nothing a person typed.
  const clean = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return clean.replace(SPECIAL, (character) => ESCAPES[character]!);
}

function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  if (Array.isArray(value)) return `{${value.map(element).join(',')}}`;
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (Array.isArray(value)) return `{${value.map(element).join(',')}}`;
  return `"${plain(value).replace(/["\\]/g, '\\$&')}"`;
}
