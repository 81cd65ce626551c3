import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { evaluate, type Score } from '@vinculo/matching';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import { recordId } from '@vinculo/postgres';

export interface TruthFigures {
  /** Records of the truth that are in the file. */
  records: number;
  /** Customers they are. */
  customers: number;
  /** Who they are in truth. */
  people: number;
  pairwise: Score;
  bcubed: Score;
}

/**
 * Holds the customer file against a known truth: a CSV with columns `source` (its name), `key` and `person`. Records the file does
 * not have, such as rows an import rejected, are left out.
 */
export async function evaluateAgainstTruth(
  { store, warehouse }: Pick<Context, 'store' | 'warehouse'>,
  truthCsvPath: string,
): Promise<TruthFigures> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from source`.execute(store.db);
  const sources = new Map(rows.map(({ id, name }) => [name, id]));
  const customerOf = new Map<string, string>();
  for await (const batch of warehouse.stream<{ r: string; c: string }>(
    'select toString(record_id) as r, toString(customer_id) as c from identity final',
  )) {
    for (const { r, c } of batch) customerOf.set(r, c);
  }

  const people = new Map<string, number>();
  const customers = new Map<string, number>();
  const truth: number[] = [];
  const found: number[] = [];
  for await (const { source, key, person } of createReadStream(truthCsvPath).pipe(parse({ columns: true, bom: true })) as AsyncIterable<
    Record<string, string>
  >) {
    const sourceId = sources.get(source!);
    const customer = sourceId && customerOf.get(recordId(sourceId, key!));
    if (!customer) continue;
    truth.push(codeIn(people, person!));
    found.push(codeIn(customers, customer));
  }
  const lowest = firstOf(found);
  const { pairwise, bcubed } = evaluate(
    { cluster: lowest, count: customers.size, edge: new Uint32Array(0), refused: [], threshold: 0 },
    truth,
  );
  return { records: truth.length, customers: customers.size, people: people.size, pairwise, bcubed };
}

function codeIn(codes: Map<string, number>, text: string): number {
  const code = codes.get(text) ?? codes.size;
  codes.set(text, code);
  return code;
}

/** For each position the first position with the same number. */
function firstOf(numbers: readonly number[]): Uint32Array {
  const first = new Map<number, number>();
  return Uint32Array.from(numbers, (number, at) => {
    if (!first.has(number)) first.set(number, at);
    return first.get(number)!;
  });
}
