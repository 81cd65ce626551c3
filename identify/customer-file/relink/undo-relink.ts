import { conflict } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import { sql } from 'kysely';
import { type Actor, newId, SYSTEM, type Transaction } from '@vinculo/postgres';
import { publishUnpublished } from '../identity/publish-identity.ts';
import { identityState, whileThinking } from '../identity/queries.ts';
import { publish, readLinks, readRecords, startLinkage, unattended } from '../identity/unify.ts';
import { PlanOutdated, writeIdentity } from '../identity/write-identity.ts';
import { tellWarehouse } from '../identity/tell-warehouse.ts';
import { addStep, checkState, relinkById, type RelinkRow, type UndoneFigures } from './relink-rows.ts';
import { restorable } from './restorable.ts';
import { settingsInForce } from '../identity/model/settings-in-force.ts';

type Run = Pick<JobHandle, 'signal' | 'progress'>;

const MOST_ROUNDS = 5;
const MOST_LISTED = 100;
const RESTORES_A_PIECE = 5_000;
const MOST_EVENTS = 200;

/**
 * Puts a change of settings back: who was who before it, under the ids they had, the settings and the model. What later changes
 * forbid stays as it is and is listed. One transaction, as applying was.
 *
 * @throws VIN_RELINK_NOT_FOUND; VIN_RELINK_CONFLICT when it is not applied, or a later one is.
 */
export function undoRelink(context: Context, id: string, run: Run = unattended(), actor: Actor = SYSTEM): Promise<UndoneFigures> {
  return whileThinking(context.store, () => undoNow(context, id, run, actor));
}

async function undoNow(context: Context, id: string, run: Run, actor: Actor): Promise<UndoneFigures> {
  const { store } = context;
  const startedAt = new Date();
  await publishUnpublished(context);
  await tellWarehouse(context);
  const relink = await relinkById(store.db, id);
  if (relink.state === 'undone') return relink.undone!;
  checkState(relink, ['applied']);
  await checkLatest(context, relink);
  const at = await momentOfRun(context, relink.unification_id!);

  const thread = startLinkage(run);
  try {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from link where valid_to is null`.execute(store.db);
    await readRecords(context, thread, run, rows[0]!.n);
    for (let round = 1; ; round++) {
      const state = await identityState(store.db);
      await readLinks(context, thread);
      const { restores, conflicts } = await restorable(store.db, at);
      for (let n = 0; n < restores.length; n += RESTORES_A_PIECE) await thread.call('addRestores', restores.slice(n, n + RESTORES_A_PIECE));
      const plan = await thread.call('planRestore');
      const undone: UndoneFigures = {
        restored: { records: plan.records, customers: plan.customers },
        conflicts: conflicts.slice(0, MOST_LISTED),
        conflictCount: conflicts.length,
      };
      const unification = newId();
      const figures = { relink: id, ...undone.restored, conflicts: conflicts.length };
      try {
        await writeIdentity(context, {
          unification,
          scope: 'rebuild',
          startedAt,
          state,
          thread,
          figures,
          models: {},
          first: false,
          customers: plan.build,
          redirects: plan.redirects,
          everyone: false,
          progress: (phase, done, total) => run.progress({ phase, done, total }),
          also: (tx, now) => writeDown(tx, relink, undone, { unification, at: now, before: at, actor }),
        });
        await run.progress({ done: 0, phase: 'publish' });
        await publish(context, thread, unification, figures);
        return undone;
      } catch (error) {
        if (!(error instanceof PlanOutdated) || round === MOST_ROUNDS) throw error;
      }
    }
  } finally {
    await thread.end();
  }
}

/** The last applied is undone first: an earlier one stands under it. */
async function checkLatest({ store }: Context, { id, kind, version }: RelinkRow): Promise<void> {
  const { rows } = await sql<{ note: string }>`
    select note from relink where kind = ${kind} and state = 'applied' and version > ${version} and id <> ${id} order by version desc limit 1`.execute(
    store.db,
  );
  if (!rows[0]) return;
  throw conflict('relink', {
    es: `Después se aplicó otro cambio de reglas («${rows[0].note}»). Deshaz primero ese.`,
    en: `Another change of rules was applied after it ("${rows[0].note}"). Undo that one first.`,
  });
}

async function momentOfRun({ store }: Context, unification: string): Promise<string> {
  const { rows } = await sql<{ at: string }>`
    select to_char(linked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ') as at from unification where id = ${unification}`.execute(
    store.db,
  );
  return rows[0]!.at;
}

interface Moment {
  unification: string;
  /** Of the undo, and of what it undoes. */
  at: string;
  before: string;
  actor: Actor;
}

async function writeDown(tx: Transaction, relink: RelinkRow, undone: UndoneFigures, moment: Moment): Promise<void> {
  const { unification, at, before, actor } = moment;
  checkState(await relinkById(tx, relink.id, true), ['applied']);
  await restoreEvidence(tx, at, before);
  await restoreModel(tx, relink);
  const { version } = (await settingsInForce(tx))[relink.kind];
  await sql`
    insert into linkage_settings (id, kind, version, settings, note, relink_id, created_by)
    values (${newId()}, ${relink.kind}, ${version + 1}, ${JSON.stringify(relink.former_settings)}, ${relink.note}, ${relink.id}, ${actor.name})`.execute(
    tx,
  );
  await sql`
    update relink set state = 'undone', undo_id = ${unification}, undone = ${JSON.stringify(undone)}, changed_at = now() where id = ${relink.id}`.execute(
    tx,
  );
  const detail = { ...undone.restored, conflicts: undone.conflictCount };
  await addStep(tx, relink.id, 'undone', actor.name, detail);
  await nameChanges(tx, relink, moment);
  await tx.emit('linkage.undone', { kind: 'relink', id: relink.id }, { by: actor.name, kind: relink.kind, note: relink.note, ...detail });
}

/** Links come back with the reasons they had, and customers with the doubt that was left about them. */
async function restoreEvidence(tx: Transaction, at: string, before: string): Promise<void> {
  await sql`
    update link n set reason = f.reason, evidence = f.evidence
      from link f
     where n.valid_from = ${at}::timestamptz and n.valid_to is null
       and f.record_id = n.record_id and f.customer_id = n.customer_id and f.valid_to = ${before}::timestamptz`.execute(tx);
  await sql`
    update customer c set weakest = case when c.records > 1 then coalesce(held.weakest, c.weakest) end
      from (
        select l.customer_id, min((l.evidence ->> 'probability')::real) as weakest
          from link l
          join link o on o.record_id::text = l.evidence ->> 'record' and o.customer_id = l.customer_id and o.valid_to is null
         where l.valid_to is null and l.customer_id in (select id from built)
         group by l.customer_id
      ) held
     where held.customer_id = c.id`.execute(tx);
}

/** The model that was in force, in force again. It remembers when it was trained. */
async function restoreModel(tx: Transaction, { former_model: former }: RelinkRow): Promise<void> {
  if (!former) return;
  await sql`
    insert into match_model (id, kind, model, learned, threshold, precision, recall, records, figures)
    select ${newId()}, kind, model, learned, threshold, precision, recall, records,
           figures || jsonb_build_object('trainedAt', coalesce(figures ->> 'trainedAt', to_char(trained_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      from match_model where id = ${former}`.execute(tx);
}

/** In each customer's history: undone, by whom, and which change. */
async function nameChanges(tx: Transaction, { note }: RelinkRow, { at, before, actor }: Moment): Promise<void> {
  const by = JSON.stringify({ kind: actor.kind, id: actor.id, name: actor.name });
  const { rows } = await sql<{ id: string; undoes: string; customer_id: string; other_id: string | null; records: string[] }>`
    update identity_change n set kind = 'undone', undoes = o.id, actor = ${by}::jsonb, reason = ${note}
      from identity_change o
     where n.changed_at = ${at}::timestamptz and o.changed_at = ${before}::timestamptz and o.kind <> 'undone'
       and n.records <@ o.records and least(n.customer_id, n.other_id) = least(o.customer_id, o.other_id)
       and greatest(n.customer_id, n.other_id) = greatest(o.customer_id, o.other_id)
       and not exists (select from identity_change u where u.undoes = o.id)
    returning n.id, o.id as undoes, n.customer_id, n.other_id, n.records::text[] as records`.execute(tx);
  if (rows.length > MOST_EVENTS) return;
  for (const { id, undoes, customer_id: customer, other_id: other, records } of rows) {
    await tx.emit('customer.identity_undone', { kind: 'customer', id: customer }, { change: id, undoes, customer, other, records });
  }
}
