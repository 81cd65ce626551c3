import { createReadStream } from 'node:fs';
import { evaluate, type Score } from '@vinculo/matching';
import type { Context } from '@vinculo/http';
import { recordId } from '@vinculo/postgres';
import { parse } from 'csv-parse';
import { sql } from 'kysely';

export interface TruthFigures {
  /** Records of the truth that the file knows. */
  records: number;
  customers: number;
  /** Records the truth names and no source has. */
  unknown: number;
  pairwise: Score;
  bcubed: Score;
}

/** How well unification found what is known to be true: a CSV with the columns source, key and person. */
export async function evaluateAgainstTruth(
  { store, warehouse }: Pick<Context, 'store' | 'warehouse'>,
  path: string,
): Promise<TruthFigures> {
  const sources = await sql<{ id: string; name: string }>`select id, name from source`.execute(store.db);
  const sourceIds = new Map(sources.rows.map(({ id, name }) => [name, id]));
  const customerOf = new Map<string, string>();
  for await (const rows of warehouse.stream<{ r: string; c: string }>(
    'select toString(record_id) as r, toString(customer_id) as c from identity final',
  )) {
    for (const { r, c } of rows) customerOf.set(r, c);
  }

  const found: number[] = [];
  const truth: number[] = [];
  const code = () => {
    const codes = new Map<string, number>();
    return { of: (value: string) => codes.get(value) ?? (codes.set(value, codes.size), codes.size - 1), size: () => codes.size };
  };
  const [customers, people] = [code(), code()];
  let unknown = 0;
  for await (const { source, key, person } of createReadStream(path).pipe(parse({ columns: true, bom: true })) as AsyncIterable<
    Record<string, string>
  >) {
    const id = sourceIds.get(source ?? '');
    const customer = id && customerOf.get(recordId(id, key ?? ''));
    if (!customer) {
      unknown++;
      continue;
    }
    found.push(customers.of(customer));
    truth.push(people.of(person ?? ''));
  }
  const { pairwise, bcubed } = evaluate({ cluster: Uint32Array.from(found) } as Parameters<typeof evaluate>[0], truth);
  return { records: found.length, customers: customers.size(), unknown, pairwise, bcubed };
}
