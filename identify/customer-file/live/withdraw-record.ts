import type { z } from 'zod';
import { fail, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import { type Actor, recordId, type Transaction } from '@vinculo/postgres';
import type { WithdrawnRecord } from '../api/live.ts';
import type { Kind } from '../identity/customer-record.ts';
import { storableText } from '../records/storable-text.ts';
import { liveIndex } from './live-index.ts';
import { changesOf } from './live-plan.ts';
import { noteUntold } from '../identity/tell-warehouse.ts';
import { writePlan } from './write-plan.ts';

type Withdrawn = z.infer<typeof WithdrawnRecord>;

interface Row {
  kind: Kind;
  contact: boolean;
  customer: string | null;
}

const PATIENCE_MS = 3_000;
/** Whom a customer without records is led to: nobody. So it is in no list, and its id is not found. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * The source does not know the record any more: it goes, its link is closed, and those it held together are judged without it. Its
 * facts stay under its id and are nobody's meanwhile. A customer left without records is hidden. The same key saved again brings
 * all of that back. Doing it again changes nothing.
 *
 * @throws VIN_SOURCE_RECORD_NOT_FOUND; VIN_CUSTOMER_INDEX_BUSY while a whole run is at work: nothing is changed then.
 */
export async function withdrawRecord(context: Context, actor: Actor, source: { id: string }, key: string): Promise<Withdrawn> {
  const live = liveIndex(context);
  const record = recordId(source.id, storableText(key));
  const ready = await live.ready(PATIENCE_MS).catch(() => false);
  if (!ready) throw fail('VIN_CUSTOMER_INDEX_BUSY');
  let row: Row | undefined;
  let version = 0;
  const said = (outcome: Withdrawn['outcome']) => ({ key, recordId: record, customerId: row?.customer ?? null, outcome });
  const withdrawn = await live.change<Withdrawn>(
    actor,
    async () => {
      row = await findRecord(context, record);
      if (!row && (await isWithdrawn(context, record))) return { done: { ...said('unchanged'), hidden: false, changes: [] } };
      if (!row) throw notFound('source_record', key);
      version = Math.max(Date.now(), (await live.versions([record]))[0]! + 1);
      return { records: [{ record, kind: row.kind, match: null, version }], decided: [] };
    },
    async (tx, { plan, versions }) => {
      await writePlan(tx, plan, { contact: row!.contact });
      await hide(tx, plan.emptied);
      await sql`delete from source_record where id = ${record}`.execute(tx);
      await sql`
        insert into withdrawn_record (record_id, source_id, customer_id, withdrawn_at)
        values (${record}, ${source.id}, ${row!.customer}, clock_timestamp())
        on conflict (record_id) do update set customer_id = excluded.customer_id, withdrawn_at = excluded.withdrawn_at`.execute(tx);
      const moved = plan.moves.map((move, n) => ({ record: move.record, version: versions[n]!, match: null, lookedAt: true }));
      await noteUntold(tx, [...moved.filter((note) => note.record !== record), { record, version, match: null, lookedAt: true }]);
      const hidden = plan.emptied.length > 0;
      await tx.emit('source.record_withdrawn', { kind: 'source', id: source.id }, { key, record, customer: row!.customer, hidden });
      return { ...said('withdrawn'), hidden, changes: changesOf(plan) };
    },
  );
  if (!withdrawn) throw fail('VIN_CUSTOMER_INDEX_BUSY');
  return withdrawn;
}

/** What people type is changed by them. */
async function findRecord({ store }: Context, id: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select r.kind, r.kind = 'person' and r.traits ? 'company' as contact, l.customer_id as customer
      from source_record r join source s on s.id = r.source_id left join link l on l.record_id = r.id and l.valid_to is null
     where r.id = ${id} and not s.built_in`.execute(store.db);
  return rows[0];
}

async function isWithdrawn({ store }: Context, id: string): Promise<boolean> {
  const { rows } = await sql`select from withdrawn_record where record_id = ${id}`.execute(store.db);
  return rows.length > 0;
}

async function hide(tx: Transaction, customers: readonly string[]): Promise<void> {
  if (customers.length === 0) return;
  await sql`
    update customer set merged_into = ${NOBODY}, records = 0, changed_at = clock_timestamp() where id = any(${customers}::uuid[])`.execute(
    tx,
  );
}

/**
 * Records that came back have a customer again: the one hidden since they went leads to it, with its notes and consents.
 *
 * @param records those that may have come back; all of them where absent.
 */
export async function bringBack(tx: Transaction, records?: readonly string[]): Promise<void> {
  if (records?.length === 0) return;
  await sql`
    with back as (
      delete from withdrawn_record w using link l
       where l.record_id = w.record_id and l.valid_to is null ${records ? sql`and w.record_id = any(${records}::uuid[])` : sql``}
      returning w.customer_id as hidden, l.customer_id as now
    )
    update customer c set merged_into = back.now, changed_at = clock_timestamp()
      from back where c.id = back.hidden and c.merged_into = ${NOBODY} and c.id <> back.now`.execute(tx);
}
