import { type Kysely, sql } from 'kysely';
import type { PairOfRecords } from './apply-verdict.ts';

/**
 * The records that leave a customer when two of its records turn out to be different: the smaller side of the tree that held them
 * together, cut between the two; of sides as large, that of the second record.
 *
 * @param records all records of the customer.
 */
export async function sideOf(db: Kysely<unknown>, records: readonly string[], { record_a, record_b }: PairOfRecords): Promise<string[]> {
  const { rows } = await sql<{ a: string; b: string }>`
    select l.record_id::text as a, l.evidence ->> 'record' as b
      from link l where l.record_id = any(${records}::uuid[]) and l.valid_to is null and l.evidence ? 'record'
    union
    select record_a::text, record_b::text from decision
     where same and undone_at is null and record_a = any(${records}::uuid[]) and record_b = any(${records}::uuid[])`.execute(db);
  return cut(records, rows, record_a, record_b);
}

/** Each record goes with whichever of the two it is fewer ties away from, the tie between the two left out; whoever is tied to neither stays. Pure. */
export function cut(records: readonly string[], ties: readonly { a: string; b: string }[], first: string, second: string): string[] {
  const around = new Map<string, string[]>(records.map((record) => [record, []]));
  for (const { a, b } of ties) {
    if ((a === first && b === second) || (a === second && b === first)) continue;
    if (!around.has(a) || !around.has(b)) continue;
    around.get(a)!.push(b);
    around.get(b)!.push(a);
  }
  const side = new Map([
    [first, first],
    [second, second],
  ]);
  const queue = [first, second];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const other of around.get(next) ?? []) {
      if (side.has(other)) continue;
      side.set(other, side.get(next)!);
      queue.push(other);
    }
  }
  const nearer = (end: string) => records.filter((record) => side.get(record) === end);
  const [left, right] = [nearer(first), nearer(second)];
  return right.length <= left.length ? right : left;
}
