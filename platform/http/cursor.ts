import { fail } from '@vinculo/errors';

/** A place in a sorted list, as an opaque word: base64url of the JSON of the sort values of its last row. */
export function encodeCursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * The sort values of the row a page ended with; `undefined` without a cursor, for the first page.
 *
 * @param length How many values this list sorts by: a cursor of another list is refused.
 * @throws VIN_REQUEST_CURSOR if it is not one of ours.
 */
export function decodeCursor(cursor: string | undefined, length?: number): unknown[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(values) && (length === undefined || values.length === length)) return values;
  } catch {
    // Told below, like every other cursor we did not make.
  }
  throw fail('VIN_REQUEST_CURSOR');
}

/**
 * Cuts a page out of `limit + 1` rows read: the extra row only tells whether there is a next page.
 *
 * @param key The sort values of a row.
 */
export function toPage<T>(rows: T[], limit: number, key: (row: T) => readonly unknown[]): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(key(last)) : null };
}

/** The cursor of a list sorted by id alone. @throws VIN_REQUEST_CURSOR */
export function decodeIdCursor(cursor: string | undefined): string | undefined {
  const [id] = decodeCursor(cursor, 1) ?? [];
  if (id === undefined || (typeof id === 'string' && UUID.test(id))) return id;
  throw fail('VIN_REQUEST_CURSOR');
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
