import { basename, dirname, join } from 'node:path';
import { VinculoError } from '@vinculo/errors';
import { openTable, type Sample } from '@vinculo/files';
import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import type { Store } from '@vinculo/postgres';
import { checkFile, type Checked } from './checking.ts';
import { asDamagedFile } from './damaged-file.ts';
import { correctionsOf } from '../records/corrections-in-force.ts';
import { customerCheck, openCustomerStaging } from './customers/check-customers.ts';
import { commitCustomers, type CustomerCommit, writeMatchRecords } from './customers/commit-customers.ts';
import { forgetImport } from './forget-import.ts';
import { collectErrors, factCheck, openFactStaging, readingOf } from './facts/check-facts.ts';
import { commitConsents } from './facts/commit-consents.ts';
import { compareFacts, type FactCommit, writeFacts } from './facts/commit-facts.ts';
import { hasNumbersOnly, numberRecords } from './facts/number-records.ts';
import { dropStaging, stagingName } from './facts/staging.ts';
import { beginImport, findImport, type ImportRow, markCommitted, savePosition, setCommitting, setDone, setFailed } from './import-run.ts';
import { ImportStopped } from './import-stopped.ts';
import { askForConsequences } from './consequences.ts';

/**
 * The job of an import: checks the file row by row into staging, then commits what is good. Killed at any moment and run
 * again, it goes on where it was and gives what it would have given; cancelled, it leaves nothing.
 */
export async function runImport(context: Context, importId: string, job: JobHandle): Promise<object> {
  if (!(await beginImport(context.store.db, importId))) return {};
  const row = await findImport(context.store.db, importId);
  try {
    const sample = await openSample(context, row, job.signal);
    if (!row.position.committed) {
      const checked = row.state === 'committing' ? undefined : await check(context, row, sample, job);
      if (!(await setCommitting(context.store.db, importId, checked?.rejected ?? row.rows_rejected))) throw new ImportStopped();
    }
    await commit(context, row, sample, job);
    return await finish(context, importId, job);
  } catch (error) {
    // Whatever failed because somebody cancelled and the staging table went away is no failure.
    const stopped = error instanceof ImportStopped || (await findImport(context.store.db, importId)).state === 'cancelled';
    const why = asDamagedFile(error, row.file_name);
    await settleFailure(context, importId, stopped ? new ImportStopped() : why, job.signal);
    if (stopped && !job.signal.aborted) return { importId, cancelled: true };
    throw why;
  }
}

function openSample({ warehouse, config }: Context, row: ImportRow, signal: AbortSignal): Promise<Sample> {
  const path = join(config.dataFolder, row.file_path);
  return openTable({ path, name: basename(path), unfoldIn: dirname(path) }, row.options, { warehouse, signal });
}

async function check(context: Context, row: ImportRow, sample: Sample, job: JobHandle): Promise<Checked> {
  const { store, warehouse } = context;
  const { id, kind, position } = row;
  const { table } = sample;
  const from: Checked = { records: position.records ?? 0, byte: position.byte ?? 0, read: row.rows_read, rejected: row.rows_rejected };
  // Without a saved block there is nothing worth keeping of an earlier attempt.
  if (from.records === 0) Object.assign(from, { read: 0, rejected: 0 });
  const how =
    kind === 'customers'
      ? customerCheck(
          row,
          await correctionsOf(store.db, row.source_id),
          await openCustomerStaging(warehouse, id, row.source_id, from.records),
          table,
          job.signal,
        )
      : factCheck(
          await openFactStaging(
            warehouse,
            id,
            kind,
            table,
            await readingOf(context, table, row.source_id, row.columns, row.options, await readAs(store, row)),
            from.records,
          ),
          table,
          job.signal,
        );
  const saved = async (at: Checked, total: number) => {
    if (!(await savePosition(store.db, id, at))) throw new ImportStopped();
    await job.progress({ done: at.read, total, phase: 'checking', detail: row.file_name });
  };
  const at = await checkFile(warehouse, id, sample, from, how, saved, job.signal);
  if (kind !== 'customers') at.rejected += await collectErrors(warehouse, stagingName(id), id);
  return at;
}

const readAs = async (store: Store, row: ImportRow) => ({
  whole: row.corrects === null && !row.adds_only,
  customersOf: row.customers_of ?? undefined,
  numbersOnly: await numbersOnly(store, row),
});

/** Consents are of people who said who they are. */
const numbersOnly = async (store: Store, { kind, columns, customers_of: customersOf, source_id: own }: ImportRow): Promise<boolean> =>
  kind !== 'customers' &&
  kind !== 'consents' &&
  Object.values(columns).includes('customer_key') &&
  (await hasNumbersOnly(store, customersOf ?? own));

async function commit(context: Context, row: ImportRow, { table }: Sample, job: JobHandle): Promise<void> {
  const { store, warehouse } = context;
  const { id, kind, source_id: sourceId } = row;
  const { committed = false, began = Date.now() } = row.position;
  const staging = stagingName(id);
  const progress = (done: number, total: number) => job.progress({ done, total, phase: 'committing', detail: row.file_name });

  if (kind === 'customers') {
    const work: CustomerCommit = { store, warehouse, importId: id, sourceId, staging, began, signal: job.signal, progress };
    if (!committed) await commitCustomers(work);
    await writeMatchRecords(work);
  } else if (kind === 'consents') {
    if (!committed) await commitConsents(store, warehouse, id, staging, row.created_by, job.signal);
  } else {
    const reading = await readingOf(context, table, sourceId, row.columns, row.options, await readAs(store, row));
    const work: FactCommit = { warehouse, importId: id, staging, kind, reading, began, signal: job.signal };
    if (!committed) {
      await progress(0, 1);
      const figures = await compareFacts(work);
      job.signal.throwIfAborted();
      if (!(await markCommitted(store.db, id, figures))) throw new ImportStopped();
    }
    await writeFacts(work, progress);
    if (reading.numbersOnly)
      await numberRecords({ store, warehouse, importId: id, staging, sourceId: reading.customersOf ?? sourceId, began });
  }
}

async function finish({ store, warehouse, jobs, log }: Context, importId: string, job: JobHandle): Promise<object> {
  const row = await findImport(store.db, importId);
  const {
    kind,
    source_id: sourceId,
    rows_read: read,
    rows_new: added,
    rows_changed: changed,
    rows_same: same,
    rows_rejected: rejected,
  } = row;
  await store.transaction(job.actor, async (tx) => {
    await setDone(tx, importId);
    await tx.emit('import.done', { kind: 'import', id: importId }, { kind, sourceId, read, added, changed, same, rejected });
  });
  if (added + changed + (row.position.removed ?? 0) > 0)
    await askForConsequences(jobs, { importId, newRecords: kind === 'customers' || (await numbersOnly(store, row)) }, job.actor, log);
  await dropStaging(warehouse, stagingName(importId));
  return { importId, kind, read, added, changed, same, rejected };
}

/** Cancelled: nothing is kept. Interrupted: everything is, for the next start. Anything else is a failure people read about. */
async function settleFailure(context: Context, importId: string, error: unknown, signal: AbortSignal): Promise<void> {
  const why = signal.aborted ? (signal.reason as { why?: string } | undefined)?.why : undefined;
  if (error instanceof ImportStopped || why === 'cancelled') return void (await forgetImport(context, importId));
  if (signal.aborted) return;
  const known = error instanceof VinculoError;
  await setFailed(
    context.store.db,
    importId,
    known ? { code: error.code, params: error.params } : { code: 'VIN_INTERNAL', params: { reference: importId } },
  );
}
