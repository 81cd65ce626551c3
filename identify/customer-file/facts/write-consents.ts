import type { Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';

export interface ConsentGiven {
  record: string;
  /** marketing, newsletter, profiling, service, or a word of the company's. */
  purpose: string;
  /** Of the consent's catalogue; `any` for all. */
  channel: string;
  granted: boolean;
  legalBasis?: string;
  /** What proves it: the sheet of a batch, the page and hour of a form. */
  proof: string;
  occurredAt: Date;
}

/** Keeps what somebody allowed or refused, with its proof. Of the same record, purpose, channel and moment there is one. */
export async function writeConsents(tx: Transaction, given: readonly ConsentGiven[]): Promise<void> {
  for (const { record, purpose, channel, granted, legalBasis = 'consent', proof, occurredAt } of given)
    await sql`
      insert into consent (id, record_id, purpose, channel, granted, legal_basis, proof, occurred_at, recorded_by)
      values (gen_random_uuid(), ${record}, ${purpose}, ${channel}, ${granted}, ${legalBasis}, ${proof}, ${occurredAt}, ${tx.actor.name})
      on conflict (record_id, purpose, channel, occurred_at) do update
        set granted = excluded.granted, legal_basis = excluded.legal_basis, proof = excluded.proof, recorded_by = excluded.recorded_by`.execute(
      tx,
    );
}

/** Takes back every statement of a record: it was a mistake that it is there. */
export async function removeConsents(tx: Transaction, record: string): Promise<void> {
  await sql`delete from consent where record_id = ${record}`.execute(tx);
}
