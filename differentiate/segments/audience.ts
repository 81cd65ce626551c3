// Segments as lists of customers for features that know nothing of rules: webhooks, hand-back.
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';

type Stores = Pick<Context, 'store' | 'warehouse'>;

const MEMBERS = 'select customer_id from segment_member final where segment_id = {segment:UUID} and inside';

/** What `connections` and the list of customers ask of lists kept elsewhere; composed in apps/server/features.ts. */
export const audience = {
  async nameOf({ store }: Stores, id: string): Promise<string | undefined> {
    const { rows } = await sql<{ name: string }>`
      select name from segment where id = ${id} and kind <> 'prospects' and archived_at is null`.execute(store.db);
    return rows[0]?.name;
  },
  async *members({ warehouse }: Stores, id: string): AsyncGenerator<readonly string[]> {
    const pages = warehouse.stream<{ id: string }>(`select toString(customer_id) as id from (${MEMBERS} order by customer_id)`, {
      segment: id,
    });
    for await (const page of pages) yield page.map((row) => row.id);
  },
  async few({ warehouse }: Stores, id: string, most: number): Promise<string[] | undefined> {
    const rows = await warehouse.rows<{ id: string }>(`select toString(customer_id) as id from (${MEMBERS} limit {most:UInt32})`, {
      segment: id,
      most: most + 1,
    });
    return rows.length > most ? undefined : rows.map((row) => row.id);
  },
  async size({ warehouse }: Stores, id: string): Promise<number> {
    const [row] = await warehouse.rows<{ n: number }>(`select toUInt32(count()) as n from (${MEMBERS})`, { segment: id });
    return row!.n;
  },
  async among({ warehouse }: Stores, id: string, customers: readonly string[]): Promise<Set<string>> {
    if (customers.length === 0) return new Set();
    const rows = await warehouse.rows<{ id: string }>(
      `select toString(customer_id) as id from (${MEMBERS} and customer_id in {customers:Array(UUID)})`,
      { segment: id, customers },
    );
    return new Set(rows.map((row) => row.id));
  },
  async moved(
    { warehouse }: Stores,
    { id, batch, entered, after, limit }: { id: string; batch: string; entered: boolean; after: string; limit: number },
  ): Promise<string[]> {
    // As text both sides of the comparison and of the order are the same in either store.
    const rows = await warehouse.rows<{ id: string }>(
      `select toString(customer_id) as id from segment_move
        where segment_id = {segment:UUID} and batch_id = {batch:UUID} and entered = {entered:UInt8} and toString(customer_id) > {after:String}
        order by toString(customer_id) limit {limit:UInt32}`,
      { segment: id, batch, entered: entered ? 1 : 0, after, limit },
    );
    return rows.map((row) => row.id);
  },
};
