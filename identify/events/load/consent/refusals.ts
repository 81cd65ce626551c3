// Who said no, here on the desk: by phone, on paper, or on the site before.
import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import { Recent } from '../recent.ts';

/** For so long a refusal that somebody writes down may not be heard here. */
const HEARD_AFTER_MS = 10_000;
const MOST_KNOWN = 100_000;

export interface Refusals {
  /** Those of the records whose customer refused the purpose: the newest word of any of its records is no. */
  of(purpose: string, records: readonly string[]): Promise<ReadonlySet<string>>;
  /** A choice was written: look again. */
  forget(records: readonly string[]): void;
}

export function refusals(store: Store): Refusals {
  const any = new Map<string, { any: boolean; since: number }>();
  const known = new Recent<string, { refused: boolean; since: number }>(MOST_KNOWN);
  const fresh = (since: number) => performance.now() - since < HEARD_AFTER_MS;

  async function anybody(purpose: string): Promise<boolean> {
    const before = any.get(purpose);
    if (before && fresh(before.since)) return before.any;
    const { rows } = await sql<{ any: boolean }>`
      select exists (select from consent where purpose = ${purpose} and not granted) as any`.execute(store.db);
    any.set(purpose, { any: rows[0]!.any, since: performance.now() });
    return rows[0]!.any;
  }

  return {
    async of(purpose, records) {
      const refused = new Set<string>();
      // Where nobody ever said no there is nothing to look for.
      if (records.length === 0 || !(await anybody(purpose))) return refused;
      const asked: string[] = [];
      for (const record of new Set(records)) {
        const before = known.get(`${purpose}\n${record}`);
        if (!before || !fresh(before.since)) asked.push(record);
        else if (before.refused) refused.add(record);
      }
      if (asked.length === 0) return refused;
      const { rows } = await sql<{ record: string }>`
        select asked.record
          from unnest(${asked}::uuid[]) as asked(record)
          cross join lateral (
            select c.granted
              from (select asked.record as id
                    union
                    select other.record_id
                      from link own join link other on other.customer_id = own.customer_id and other.valid_to is null
                     where own.record_id = asked.record and own.valid_to is null) r
              join consent c on c.record_id = r.id and c.purpose = ${purpose}
             order by c.occurred_at desc, c.id desc limit 1) newest
         where not newest.granted`.execute(store.db);
      const no = new Set(rows.map(({ record }) => record));
      const since = performance.now();
      for (const record of asked) {
        known.set(`${purpose}\n${record}`, { refused: no.has(record), since });
        if (no.has(record)) refused.add(record);
      }
      return refused;
    },
    forget(records) {
      for (const purpose of any.keys()) for (const record of records) known.delete(`${purpose}\n${record}`);
      any.clear();
    },
  };
}
