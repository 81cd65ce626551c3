// A form filled in on paper, typed: a record of the form's own source, with the consents ticked on it and the sheet that proves them.
import { findSource, type Saved, saveRecords, tellFacts, writeConsents } from '@vinculo/customer-file';
import { invalid, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { type Actor, newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { FormTyped, NewForm } from '../api/replies.ts';
import { addEntry } from '../entries/add-entry.ts';
import { tellAtOnce } from '../entries/tell-entries.ts';
import { alike } from './alike.ts';
import { findBatch, nextSheet } from './batches.ts';
import { findReply } from './reply-row.ts';

interface Earlier {
  n: number;
  fields: Record<string, string>;
}

const SAYS_WHO = ['full_name', 'given_name', 'surname1', 'company_name', 'national_id', 'mobile', 'phone', 'email'];

/**
 * Saves a sheet, unless the batch has one alike and nobody said that it is another.
 *
 * @throws VIN_REPLY_NOT_FOUND, VIN_REPLY_CONFLICT for a batch that is closed; VIN_REQUEST_INVALID for a sheet that says nothing of anybody.
 */
export async function typeForm(
  context: Context,
  actor: Actor,
  batchId: string,
  given: z.output<typeof NewForm>,
): Promise<z.infer<typeof FormTyped>> {
  const { store } = context;
  const batch = await findBatch(store, batchId);
  const { template } = batch;
  if (!template) throw notFound('reply', batchId);
  const asked: readonly string[] = template.fields;
  const fields = Object.fromEntries(
    Object.entries(given.fields).filter((entry): entry is [string, string] => Boolean(entry[1]) && asked.includes(entry[0])),
  );
  if (!SAYS_WHO.some((field) => fields[field]))
    throw invalid({
      es: 'escribe al menos un nombre, un teléfono, un correo o un documento',
      en: 'type at least a name, a telephone, an e-mail or a document',
    });

  if (!given.again) {
    const found = alike(fields, await earlierSheets(context, batchId));
    if (found.length > 0) {
      const shown = found.slice(0, 5).map(({ n, fields: other, same }) => ({ n, name: nameOf(other), same }));
      return { saved: null, alike: shown, invalid: [], created: false };
    }
  }

  const source = await findSource(store, template.sourceId);
  const id = newId();
  const ticked = template.consents.filter(({ purpose }) => given.consents.includes(purpose));
  const { records } = await saveRecords(context, actor, {
    source,
    records: [{ key: id, fields }],
    atOnce: true,
    after: async (tx, saved: Saved) => {
      const { n } = await nextSheet(tx, batchId, 'forms');
      const record = saved.records[0]!.recordId;
      const detail = { fields, consents: ticked.map(({ purpose }) => purpose) };
      await sql`
        insert into reply (id, batch_id, n, outcome, record_id, detail, created_by, told_at)
        values (${id}, ${batchId}, ${n}, 'ok', ${record}, ${JSON.stringify(detail)}::jsonb, ${actor.id}, now())`.execute(tx);
      const at = new Date(`${batch.receivedOn}T12:00:00Z`);
      await writeConsents(
        tx,
        ticked.map(({ purpose, channel, words }) => ({
          record,
          purpose,
          channel,
          granted: true,
          // Read by whoever asks for the proof, years later: which pile, which sheet, what it said.
          proof: [`${template.name} · ${batch.name} · ${n}`, words].filter(Boolean).join(': '),
          occurredAt: at,
        })),
      );
      if (ticked.length > 0) await tellFacts(tx, [record], ['consent']);
      await addEntry(tx, {
        id,
        record,
        kind: 'reply',
        direction: 'in',
        topic: template.name,
        body: fields.notes ?? '',
        detail: { batch: batch.name, sheet: n },
        occurredAt: at,
      });
    },
  });
  await tellAtOnce(context);
  const [saved] = records;
  return { saved: await findReply(store.db, actor, id), alike: [], invalid: saved!.invalid, created: saved!.identity === 'new_customer' };
}

async function earlierSheets({ store }: Context, batch: string): Promise<Earlier[]> {
  const { rows } = await sql<Earlier>`
    select n, detail -> 'fields' as fields from reply where batch_id = ${batch} and undone_at is null order by n`.execute(store.db);
  return rows;
}

const nameOf = (fields: Record<string, string>): string =>
  fields.full_name ?? ([fields.given_name, fields.surname1, fields.surname2].filter(Boolean).join(' ') || (fields.company_name ?? ''));
