import type { z } from 'zod';
import { sql } from 'kysely';
import type { Store } from '@vinculo/postgres';
import type { Consents, ConsentState } from '../api/customers.ts';
import { findCustomer } from '../identity/find-customer.ts';

interface ConsentRow {
  purpose: string;
  channel: string;
  granted: boolean;
  legal_basis: string;
  proof: string | null;
  occurred_at: Date;
  source_label: string | null;
}

/** What the customer allows: the newest statement for each purpose and channel holds; every statement is kept. */
export async function consents(store: Store, id: string): Promise<z.infer<typeof Consents>> {
  const { customer } = await findCustomer(store, id);
  const { rows } = await sql<ConsentRow>`
    select s.purpose, s.channel, s.granted, s.legal_basis, s.proof, s.occurred_at, source.label as source_label
      from link l
      join consent s on s.record_id = l.record_id
      left join source_record r on r.id = l.record_id
      left join source on source.id = r.source_id
     where l.customer_id = ${customer.id} and l.valid_to is null
     order by s.occurred_at desc, s.id desc`.execute(store.db);
  const history: z.infer<typeof ConsentState>[] = rows.map((row) => ({
    purpose: row.purpose,
    channel: row.channel,
    granted: row.granted,
    legalBasis: row.legal_basis,
    proof: row.proof,
    occurredAt: row.occurred_at.toISOString(),
    sourceLabel: row.source_label ?? '',
  }));
  const current = new Map<string, z.infer<typeof ConsentState>>();
  for (const statement of history) {
    const what = `${statement.purpose}\n${statement.channel}`;
    if (!current.has(what)) current.set(what, statement);
  }
  return { current: [...current.values()], history };
}
