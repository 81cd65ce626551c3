import { newId, type Store, SYSTEM } from '@vinculo/postgres';
import type { Warehouse } from '@vinculo/warehouse';
import { sql } from 'kysely';
import { type CommitFigures, markCommitted } from '../import-run.ts';
import { ImportStopped } from '../import-stopped.ts';

/** Consents go to the desk, in one transaction with the figures: either the file is in or it is not. */
export async function commitConsents(
  store: Store,
  warehouse: Warehouse,
  importId: string,
  staging: string,
  recordedBy: string,
  signal: AbortSignal,
): Promise<CommitFigures> {
  const rows = warehouse.bytes(
    `select toString(record_id), purpose, channel, if(granted = 1, 't', 'f'), legal_basis, nullIf(proof, ''), toString(assumeNotNull(occurred_at)), hash
       from ${staging} where not wrong
      order by row desc limit 1 by record_id, purpose, channel, occurred_at`,
    {},
    { format: 'TabSeparated', signal },
  );
  const [{ read, contents }] = (await warehouse.rows<{ read: number; contents: number }>(
    `select count() as read, uniqExact(record_id, purpose, channel, occurred_at, hash) as contents from ${staging} where not wrong`,
  )) as [{ read: number; contents: number }];

  return store.transaction(SYSTEM, async (tx) => {
    await sql`
      create temporary table incoming_consent (
        record_id uuid, purpose text, channel text, granted boolean, legal_basis text, proof text, occurred_at timestamptz, hash text
      ) on commit drop`.execute(tx);
    const keys = await store.copyIn(
      tx,
      'incoming_consent',
      ['record_id', 'purpose', 'channel', 'granted', 'legal_basis', 'proof', 'occurred_at', 'hash'],
      rows,
    );
    const { rows: known } = await sql<{ record_id: string; same: boolean }>`
      select count(*) filter (where c.id is null) as added,
             count(*) filter (where c.id is not null and (c.granted, c.legal_basis, c.proof) is distinct from (i.granted, i.legal_basis, i.proof)) as changed
        from incoming_consent i
        left join consent c using (record_id, purpose, channel, occurred_at)`.execute(tx);
    const { added, changed } = known[0] as unknown as { added: number; changed: number };
    await sql`
      insert into consent (id, record_id, purpose, channel, granted, legal_basis, proof, occurred_at, import_id, recorded_by)
      select md5(${newId()} || record_id::text || purpose || channel || occurred_at::text)::uuid, record_id, purpose, channel, granted, legal_basis, proof,
             occurred_at, ${importId}, ${recordedBy}
        from incoming_consent
      on conflict (record_id, purpose, channel, occurred_at) do update
        set granted = excluded.granted, legal_basis = excluded.legal_basis, proof = excluded.proof, import_id = excluded.import_id,
            recorded_by = excluded.recorded_by
        where (consent.granted, consent.legal_basis, consent.proof) is distinct from (excluded.granted, excluded.legal_basis, excluded.proof)`.execute(
      tx,
    );
    const figures = { added, changed: changed + (contents - keys), same: keys - added - changed + (read - contents) };
    if (!(await markCommitted(tx, importId, figures))) throw new ImportStopped();
    return figures;
  });
}
