import { notFound } from '@vinculo/errors';
import { sql } from 'kysely';
import type { Store } from '@vinculo/postgres';

export interface CustomerRecord {
  id: string;
  kind: 'person' | 'company';
  display_name: string;
  email: string | null;
  phone: string | null;
  national_id: string | null;
  birth_date: string | null;
  city: string | null;
  province: string | null;
  golden: Record<string, { value: string; record: string; source: string; rule: string; by?: string; at?: string }>;
  records: number;
  sources: string[];
  /** When it was loaded. */
  first_seen: Date;
  /** Since when they are a customer by what the sources say, yyyy-mm-dd. */
  known_since: string | null;
  changed_at: Date;
  merged_into: string | null;
}

/**
 * The customer an id stands for today: ids that were merged keep answering, and lead to the one that stayed.
 *
 * @throws VIN_CUSTOMER_NOT_FOUND
 */
export async function findCustomer(store: Store, id: string): Promise<{ customer: CustomerRecord; redirectedFrom: string | null }> {
  const { rows } = await sql<CustomerRecord>`
    with recursive chain as (
      select c.*, 0 as step from customer c where c.id = ${id}
      union all
      select c.*, chain.step + 1 from customer c join chain on c.id = chain.merged_into where chain.step < 20
    )
    select id, kind, display_name, email, phone, national_id, birth_date::text, city, province, golden, records, sources,
           first_seen, known_since::text, changed_at, merged_into
      from chain where merged_into is null`.execute(store.db);
  const customer = rows[0];
  if (!customer) throw notFound('customer', id);
  return { customer, redirectedFrom: customer.id === id ? null : id };
}

/** The source records that are this customer now. */
export async function recordIds(store: Store, customerId: string): Promise<string[]> {
  const { rows } = await sql<{
    record_id: string;
  }>`select record_id from link where customer_id = ${customerId} and valid_to is null`.execute(store.db);
  return rows.map((row) => row.record_id);
}

/** Source labels by id: a handful, read afresh so that a renamed source shows at once. */
export async function sourceLabels(store: Store): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; label: string }>`select id, label from source`.execute(store.db);
  return new Map(rows.map((row) => [row.id, row.label]));
}
