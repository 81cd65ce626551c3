// What a message says: ids, and with `contact` what the golden record knows. Read when it is first sent, and the same ever after.
import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';

export interface Untold {
  type: string;
  customer_id: string;
  data: Record<string, unknown>;
  occurred_at: Date;
}

interface Row {
  id: string;
  kind: string;
  display_name: string;
  email: string | null;
  phone: string | null;
  city: string | null;
  province: string | null;
  golden: Record<string, { value: string }>;
  changed_at: Date;
  merged_into: string | null;
  records: { source: string; key: string }[];
}

/** Fields of the golden record that are told; notes and what is inside the linkage stay here. */
const FIELDS = [
  'given',
  'surname1',
  'surname2',
  'company',
  'mobile',
  'phone',
  'email',
  'street',
  'postcode',
  'city',
  'province',
  'country',
  'language',
];

/** The body, as JSON. A customer that was merged since is told of under its own id, with the one it leads to. */
export async function payloadOf({ db }: Pick<Store, 'db'>, told: Untold, details: 'ids' | 'contact'): Promise<string> {
  const customer = details === 'ids' ? { id: told.customer_id } : await contact(db, told.customer_id);
  return JSON.stringify({ type: told.type, timestamp: told.occurred_at.toISOString(), data: { customer, ...told.data } });
}

async function contact(db: Store['db'], id: string): Promise<Record<string, unknown>> {
  const { rows } = await sql<Row>`
    select c.id, c.kind, c.display_name, c.email, c.phone, c.city, c.province, c.golden, c.changed_at, c.merged_into,
           coalesce((select jsonb_agg(jsonb_build_object('source', s.name, 'key', r.key) order by s.name, r.key)
              from link l join source_record r on r.id = l.record_id join source s on s.id = r.source_id
             where l.customer_id = c.id and l.valid_to is null), '[]') as records
      from customer c where c.id = ${id}`.execute(db);
  const row = rows[0];
  if (!row) return { id };
  return {
    id,
    kind: row.kind,
    name: row.display_name,
    email: row.email,
    phone: row.phone,
    city: row.city,
    province: row.province,
    fields: Object.fromEntries(FIELDS.flatMap((field) => (row.golden[field] ? [[field, row.golden[field].value]] : []))),
    records: row.records,
    mergedInto: row.merged_into,
    changedAt: row.changed_at.toISOString(),
  };
}
