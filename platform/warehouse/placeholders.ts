import { STRINGS_AND_COMMENTS } from './statements.ts';

/** @throws TypeError when the SQL has a parameter `{name:Type}` without a value. */
export function requireParameters(sql: string, params: Record<string, unknown>): void {
  for (const [, name = ''] of sql.replace(STRINGS_AND_COMMENTS, '').matchAll(/\{\s*(\w+)\s*:/g)) {
    if (!(name in params)) throw new TypeError(`The query has a parameter {${name}} and no value was given for it`);
  }
}
