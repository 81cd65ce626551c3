import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import type { CountryCode } from '@vinculo/normalise';
import { sql } from 'kysely';
import { type Actor, newId, recordId, type Transaction } from '@vinculo/postgres';
import type { SavedRecords } from '../api/live.ts';
import type { Kind } from '../identity/customer-record.ts';
import { decide } from '../identity/identity-change.ts';
import { noteIdentity } from '../identity/identity-log.ts';
import { momentOf, outgrown } from '../identity/queries.ts';
import { rebuildCustomers } from '../identity/rebuild-customers.ts';
import { correctionsOf } from '../records/corrections-in-force.ts';
import type { Corrections } from '../records/corrections.ts';
import { type NormalisedRecord, normaliseRecord, type RawRecord } from '../records/normalise-record.ts';
import { storableText } from '../records/storable-text.ts';
import { saveFound } from '../identity/doubts/save-found.ts';
import { type LiveIndex, type Linked, liveIndex } from './live-index.ts';
import { changesOf, type LivePlan } from './live-plan.ts';
import { noteUntold, tellWarehouse, type Untold } from '../identity/tell-warehouse.ts';
import { bringBack } from './withdraw-record.ts';
import { writePlan } from './write-plan.ts';

export interface SaveRecords {
  source: { id: string; country: string };
  records: readonly { key: string; fields: RawRecord }[];
  /** Makes a customer of a record at once even while it cannot be linked. */
  atOnce?: boolean;
  /** The one record is this customer's, somebody decided: as much as its record `anchor` is. */
  tie?: { customer: string; anchor: string };
  /** Before anything is written: what must still be so. */
  first?(tx: Transaction): Promise<void>;
  /** What else belongs to the change, in its transaction, once links are written. */
  after?(tx: Transaction, saved: Saved): Promise<void>;
}

export type Saved = z.infer<typeof SavedRecords>;

interface Incoming extends NormalisedRecord {
  id: string;
  key: string;
  raw: RawRecord;
}

interface Known {
  id: string;
  raw: RawRecord;
  customer: string | null;
  /** It said what somebody is in a company. */
  contact: boolean;
}

/** How long a request waits for a live index that is being built. */
const PATIENCE_MS = 3_000;

/**
 * Takes records of a source in, or changes those it has, and links them at once: afterwards everybody is whoever a whole run with the
 * same model would say they are. Saying the same again changes nothing. While a whole run is at work, records are saved and wait for
 * the next one, which is asked for.
 */
export async function saveRecords(context: Context, actor: Actor, task: SaveRecords): Promise<Saved> {
  const live = liveIndex(context);
  const corrections = await correctionsOf(context.store.db, task.source.id);
  const incoming = lastOfEach(task).map(({ key, fields }) => read(task.source, key, fields, corrections));
  const ready = await live.ready(PATIENCE_MS).catch(() => false);
  const linked = ready ? await linkNow(context, live, actor, task, incoming) : undefined;
  return linked ?? saveForLater(context, actor, task, incoming);
}

function lastOfEach({ records }: SaveRecords): SaveRecords['records'] {
  return [...new Map(records.map((record) => [record.key, record])).values()];
}

function read(source: SaveRecords['source'], key: string, fields: RawRecord, corrections: Corrections): Incoming {
  const raw: Record<string, string> = {};
  for (const [field, value] of Object.entries(fields)) {
    const clean = storableText(value).trim();
    if (clean !== '') raw[field] = clean;
  }
  const country = source.country as CountryCode;
  const stored = storableText(key);
  return {
    ...normaliseRecord(raw, { country, dateOrder: country === 'US' ? 'mdy' : 'dmy', corrections }),
    id: recordId(source.id, stored),
    key: stored,
    raw,
  };
}

async function linkNow(
  context: Context,
  live: LiveIndex,
  actor: Actor,
  task: SaveRecords,
  incoming: Incoming[],
): Promise<Saved | undefined> {
  const models = await modelSizes(context);
  let known = new Map<string, Known>();
  let fresh: Incoming[] = [];
  const save = async (tx: Transaction, { plan, versions, linked, doubts }: Linked): Promise<Saved> => {
    const byRecord = new Map(plan.moves.map(({ record }, n) => [record, versions[n]!]));
    await task.first?.(tx);
    const version = await versionsOf(live, fresh);
    await writeRecords(tx, task.source.id, fresh, version);
    await writePlan(tx, plan, { contact: fresh.some((record) => isContact(record) || known.get(record.id)?.contact) });
    await bringBack(tx, ids(fresh));
    await decideTie(tx, task, fresh);
    await saveFound(
      tx,
      await doubts,
      ids(fresh).filter((id) => known.has(id)),
    );
    const moved = plan.moves
      .filter(({ record }) => !version.has(record))
      .map(({ record }) => ({ record, version: byRecord.get(record)!, match: null }));
    const changed = fresh.map((record) => ({ record: record.id, version: version.get(record.id)!, match: matchOf(record) }));
    const seen = (kind: Kind) => models[kind] > 0;
    const kinds = new Map(fresh.map(({ id, kind }) => [id, kind]));
    await noteUntold(
      tx,
      [...changed, ...moved].map(
        (note): Untold => ({ ...note, lookedAt: seen(kinds.get(note.record) ?? 'person') || !kinds.has(note.record) }),
      ),
    );
    const saved = describe(incoming, fresh, known, plan);
    await task.after?.(tx, saved);
    // A young file has no model yet, or soon outgrows it: a whole run then learns one, and settles who is who.
    if (fresh.some(({ kind }) => models[kind] === 0 || outgrown({ records: models[kind], remembers: true }, linked[kind])))
      await askToUnify(context, actor, tx);
    return saved;
  };
  return live.change(
    actor,
    async () => {
      known = await knownRecords(context, incoming);
      fresh = incoming.filter(({ id, raw }) => !isDeepStrictEqual(known.get(id)?.raw, raw) || known.get(id)?.customer === null);
      if (fresh.length === 0 && !task.after) return { done: describe(incoming, fresh, known, NOTHING) };
      const before = await live.versions(fresh.map(({ id }) => id));
      const now = Date.now();
      const records = fresh.map(({ id, kind, match }, n) => ({
        record: id,
        kind,
        match: { ...match },
        version: Math.max(now, before[n]! + 1),
      }));
      return { records, decided: task.tie ? fresh.map(({ id }) => ({ a: id, b: task.tie!.anchor, same: true })) : [] };
    },
    save,
  );
}

/** The versions the live index gave the records just now. */
async function versionsOf(live: LiveIndex, records: readonly Incoming[]): Promise<Map<string, number>> {
  const versions = await live.versions(records.map(({ id }) => id));
  return new Map(records.map(({ id }, n) => [id, versions[n]!]));
}

async function knownRecords({ store }: Context, incoming: readonly Incoming[]): Promise<Map<string, Known>> {
  const { rows } = await sql<Known>`
    select r.id, r.raw, l.customer_id as customer, r.kind = 'person' and r.traits ? 'company' as contact
      from source_record r left join link l on l.record_id = r.id and l.valid_to is null
     where r.id = any(${incoming.map(({ id }) => id)}::uuid[])`.execute(store.db);
  return new Map(rows.map((row) => [row.id, row]));
}

async function writeRecords(tx: Transaction, source: string, records: readonly Incoming[], versions: Map<string, number>): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map(({ id, key, kind, raw, traits }) => ({ id, key, kind, raw, traits, version: versions.get(id)! }));
  // The hash is the warehouse's; 0 is nobody's, so that an import of the same record compares nothing and writes it.
  await sql`
    insert into source_record as r (id, source_id, key, kind, raw, traits, hash, changed_at, first_seen)
    select id, ${source}, key, kind, raw, traits, 0, to_timestamp(version / 1000.0), to_timestamp(version / 1000.0)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(id uuid, key text, kind text, raw jsonb, traits jsonb, version bigint)
    on conflict (id) do update
      set kind = excluded.kind, raw = excluded.raw, traits = excluded.traits, hash = 0, changed_at = excluded.changed_at`.execute(tx);
}

const isContact = ({ kind, traits }: Incoming) => kind === 'person' && traits.company !== undefined;

const matchOf = ({ match, filled, invalid }: Incoming) => ({ ...match, filled, invalid });

function describe(incoming: readonly Incoming[], fresh: readonly Incoming[], known: Map<string, Known>, plan: LivePlan): Saved {
  const owners = new Map(fresh.map(({ id }, n) => [id, plan.customers[n] ?? null]));
  const made = new Set(plan.created.map(({ id }) => id));
  const records = incoming.map(({ id, key, raw, traits }): Saved['records'][number] => {
    const former = known.get(id);
    const before = former?.customer ?? null;
    const after = owners.has(id) ? owners.get(id)! : before;
    const outcome = !former ? 'created' : isDeepStrictEqual(former.raw, raw) ? 'unchanged' : 'changed';
    const identity =
      before === after ? 'same' : made.has(after!) && before === null ? 'new_customer' : before === null ? 'joined' : 'moved';
    return { key, recordId: id, customerId: after, outcome, identity, invalid: traits.invalid };
  });
  return { records, changes: changesOf(plan) };
}

/** Saves without linking. The run asked for finishes it. */
async function saveForLater(context: Context, actor: Actor, task: SaveRecords, incoming: readonly Incoming[]): Promise<Saved> {
  const { store } = context;
  const saved = await store.transaction(actor, async (tx): Promise<Saved> => {
    await task.first?.(tx);
    const known = await knownRecords(context, incoming);
    const fresh = incoming.filter(({ id, raw }) => !isDeepStrictEqual(known.get(id)?.raw, raw));
    const now = Date.now();
    await writeRecords(tx, task.source.id, fresh, new Map(fresh.map(({ id }) => [id, now])));
    const owners = new Map([...known].map(([id, { customer }]) => [id, customer]));
    if (task.atOnce)
      for (const record of fresh) if (!owners.get(record.id)) owners.set(record.id, await giveCustomer(tx, record, task.tie));
    await decideTie(tx, task, fresh);
    await noteUntold(
      tx,
      fresh.map((record) => ({ record: record.id, version: now, match: matchOf(record), lookedAt: false })),
    );
    if (fresh.length > 0) await askToUnify(context, actor, tx);
    const changed = new Set(fresh.map(({ id }) => id));
    const records = incoming.map(({ id, key, traits }) => ({
      key,
      recordId: id,
      customerId: owners.get(id) ?? null,
      outcome: !changed.has(id) ? ('unchanged' as const) : known.has(id) ? ('changed' as const) : ('created' as const),
      identity: !changed.has(id) ? ('same' as const) : task.atOnce && !known.has(id) ? ('new_customer' as const) : ('waiting' as const),
      invalid: traits.invalid,
    }));
    const said: Saved = { records, changes: [] };
    await task.after?.(tx, said);
    // Whose record it is holds from now on: an index that did not hear of it would give the next change to a customer of its own.
    const theirs = ids(fresh).filter((id) => owners.get(id));
    if (theirs.length > 0) await noteIdentity(tx, theirs);
    return said;
  });
  await tellWarehouse(context);
  return saved;
}

/** Keeps the word of the person who tied a record, for every later linkage. */
async function decideTie(tx: Transaction, { tie }: SaveRecords, fresh: readonly Incoming[]): Promise<void> {
  if (!tie) return;
  const { rows } = await sql<{ decided: boolean }>`
    select exists (select from decision where undone_at is null and same and (record_a = any(${ids(fresh)}::uuid[]) or record_b = any(${ids(fresh)}::uuid[]))) as decided`.execute(
    tx,
  );
  if (!rows[0]!.decided)
    await decide(
      tx,
      true,
      fresh.map(({ id }): [string, string] => [tie.anchor, id]),
      null,
    );
}

const ids = (records: readonly Incoming[]) => records.map(({ id }) => id);

/** The customer of a record that cannot be linked now: the one a person tied it to, or one of its own. */
async function giveCustomer(tx: Transaction, record: Incoming, tie: SaveRecords['tie']): Promise<string> {
  const at = await momentOf(tx);
  const customer = tie?.customer ?? newId();
  const evidence = tie ? { record: tie.anchor } : {};
  await sql`
    insert into link (id, record_id, customer_id, reason, evidence, valid_from)
    values (${newId()}, ${record.id}, ${customer}, ${tie ? 'person' : 'alone'}, ${JSON.stringify(evidence)}, ${at.text})`.execute(tx);
  await rebuildCustomers(tx, [customer], at.text);
  if (tie) return customer;
  await tx.emit('customer.created', { kind: 'customer', id: customer }, { kind: record.kind, contact: isContact(record) });
  return customer;
}

function askToUnify({ jobs }: Context, actor: Actor, tx: Transaction): Promise<string> {
  return jobs.enqueue('identity.unify', { scope: 'new' }, { actor, key: 'identity.unify.new', tx });
}

/** Records each model was trained on; 0 where there is none yet. */
async function modelSizes({ store }: Context): Promise<Record<Kind, number>> {
  const { rows } = await sql<{ kind: Kind; records: number }>`
    select distinct on (kind) kind, records from match_model order by kind, trained_at desc`.execute(store.db);
  return { person: 0, company: 0, ...Object.fromEntries(rows.map(({ kind, records }) => [kind, records])) };
}

const NOTHING: LivePlan = { moves: [], created: [], redirects: [], emptied: [], transfers: [], build: [], customers: [], judged: 0 };
