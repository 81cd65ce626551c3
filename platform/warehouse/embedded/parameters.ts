import { TupleParam } from '@clickhouse/client';
import { requireParameters } from '../placeholders.ts';

/**
 * The values as a `set param_…` statement's assignments, in the text form in which ClickHouse takes parameters.
 *
 * The engine's own binding call is not used: it lets one bound query run at a time in the whole process.
 *
 * @throws TypeError when the SQL has a parameter without a value.
 */
export function parameterAssignments(sql: string, params: Record<string, unknown>): string[] {
  // The session may still know the value of an earlier query, so the engine would not notice.
  requireParameters(sql, params);
  return Object.entries(params).map(([name, value]) => {
    if (!/^\w+$/.test(name)) throw new TypeError(`"${name}" is not the name of a parameter`);
    return `param_${name} = ${quoted(parameterText(value))}`;
  });
}

/** A string of ClickHouse's SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** As over HTTP: text escaped as in TSV, \\N for null, dates as seconds since 1970. */
function parameterText(value: unknown): string {
  if (typeof value === 'string') return escaped(value);
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'boolean') return value ? '1' : '0';
  return element(value);
}

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'string') return `'${escaped(value)}'`;
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return (value.getTime() / 1000).toFixed(value.getUTCMilliseconds() === 0 ? 0 : 3).padStart(10, '0');
  if (Array.isArray(value)) return `[${value.map(element).join(',')}]`;
  if (value instanceof TupleParam) return `(${value.values.map(element).join(',')})`;
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value as object);
  return `{${entries.map(([key, each]) => `${element(key)}:${element(each)}`).join(',')}}`;
}

function escaped(text: string): string {
  return text.replace(/[\\'\t\n\r]/g, (character) => ESCAPES[character]!);
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', "'": "\\'", '\t': '\\t', '\n': '\\n', '\r': '\\r' };
