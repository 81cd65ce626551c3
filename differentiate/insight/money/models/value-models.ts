// Value models as people keep them: drafts, those in force, their versions, and what is taken away and brought back.
import { fail, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { type Actor, newId, type Transaction } from '@vinculo/postgres';
import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import { ModelContent, type ModelVersion, type ValueModel } from '../../api/value-models.ts';
import { checkModel, type Model } from './check-model.ts';

type Stores = Pick<Context, 'store'>;
type Kept = z.infer<typeof ValueModel>;

interface Row {
  id: string;
  version: number;
  active: boolean;
  content: Model;
  by: string;
  changed_at: Date;
}

const asModel = ({ id, version, active, content, by, changed_at }: Row): Kept => ({
  id,
  version,
  active,
  content: ModelContent.parse(content),
  changedBy: by,
  changedAt: changed_at.toISOString(),
});

const SELECT = sql`
  select m.id, m.version, m.active, v.content, v.changed_by ->> 'name' as by, v.changed_at
    from value_model m join value_model_version v on v.model_id = m.id and v.version = m.version`;

export async function valueModels({ store }: Stores): Promise<Kept[]> {
  const { rows } = await sql<Row>`${SELECT} where m.removed_at is null order by v.content ->> 'title', m.id`.execute(store.db);
  return rows.map(asModel);
}

/** @throws VIN_VALUE_MODEL_NOT_FOUND */
export async function valueModel(db: Kysely<unknown>, id: string, lock = false): Promise<Kept> {
  const { rows } = await sql<Row>`${SELECT} where m.id = ${id} and m.removed_at is null ${lock ? sql`for update of m` : sql``}`.execute(db);
  if (!rows[0]) throw notFound('value_model', id);
  return asModel(rows[0]);
}

/** @throws VIN_MODEL_WRONG if it is to be in force and has mistakes. */
export function addModel({ store }: Stores, actor: Actor, { content, active }: { content: Model; active: boolean }): Promise<Kept> {
  requireSound(content, active);
  return store.transaction(actor, async (tx) => {
    const id = newId();
    await sql`insert into value_model (id, version, active) values (${id}, 1, ${active})`.execute(tx);
    await addVersion(tx, id, 1, content);
    await tx.emit('value_model.changed', { kind: 'value_model', id }, { version: 1, active });
    return valueModel(tx, id);
  });
}

/**
 * @throws VIN_MODEL_WRONG if it is to be in force and has mistakes.
 * @throws VIN_MODEL_CHANGED if somebody else changed it since `basedOn`.
 */
export function changeModel(
  { store }: Stores,
  actor: Actor,
  id: string,
  { content, active, basedOn }: { content: Model; active: boolean; basedOn: number },
): Promise<Kept> {
  requireSound(content, active);
  return store.transaction(actor, async (tx) => {
    const now = await valueModel(tx, id, true);
    if (now.version !== basedOn) throw fail('VIN_MODEL_CHANGED');
    await putVersion(tx, id, now.version + 1, content, active);
    return valueModel(tx, id);
  });
}

/** Brings an earlier version back, as a new one. @throws VIN_MODEL_VERSION, VIN_MODEL_WRONG */
export function restoreModelVersion({ store }: Stores, actor: Actor, id: string, version: number): Promise<Kept> {
  return store.transaction(actor, async (tx) => {
    const now = await valueModel(tx, id, true);
    const { rows } = await sql<{ content: Model }>`
      select content from value_model_version where model_id = ${id} and version = ${version}`.execute(tx);
    if (!rows[0]) throw fail('VIN_MODEL_VERSION', { version });
    const content = ModelContent.parse(rows[0].content);
    requireSound(content, now.active, 'kept');
    await putVersion(tx, id, now.version + 1, content, now.active, version);
    return valueModel(tx, id);
  });
}

/** Takes a model away; {@link restoreModel} brings it back. */
export function removeModel({ store }: Stores, actor: Actor, id: string): Promise<void> {
  return store.transaction(actor, async (tx) => {
    await valueModel(tx, id, true);
    await sql`update value_model set removed_at = now() where id = ${id}`.execute(tx);
    await tx.emit('value_model.removed', { kind: 'value_model', id }, {});
  });
}

/** @throws VIN_VALUE_MODEL_NOT_FOUND */
export function restoreModel({ store }: Stores, actor: Actor, id: string): Promise<Kept> {
  return store.transaction(actor, async (tx) => {
    const { rows } = await sql`update value_model set removed_at = null where id = ${id} returning id`.execute(tx);
    if (!rows[0]) throw notFound('value_model', id);
    await tx.emit('value_model.restored', { kind: 'value_model', id }, {});
    return valueModel(tx, id);
  });
}

/** Newest first. */
export async function modelVersions({ store }: Stores, id: string): Promise<z.infer<typeof ModelVersion>[]> {
  await valueModel(store.db, id);
  const { rows } = await sql<{ version: number; by: string; changed_at: Date; restores: number | null; content: Model }>`
    select version, changed_by ->> 'name' as by, changed_at, restores, content
      from value_model_version where model_id = ${id} order by version desc limit 100`.execute(store.db);
  return rows.map(({ version, by, changed_at, restores, content }) => ({
    version,
    by,
    at: changed_at.toISOString(),
    restores,
    content: ModelContent.parse(content),
  }));
}

async function putVersion(tx: Transaction, id: string, version: number, content: Model, active: boolean, restores?: number): Promise<void> {
  await sql`update value_model set version = ${version}, active = ${active} where id = ${id}`.execute(tx);
  await addVersion(tx, id, version, content, restores);
  await tx.emit('value_model.changed', { kind: 'value_model', id }, { version, active, ...(restores === undefined ? {} : { restores }) });
}

async function addVersion(tx: Transaction, id: string, version: number, content: Model, restores: number | null = null): Promise<void> {
  const by = { kind: tx.actor.kind, id: tx.actor.id, name: tx.actor.name };
  await sql`
    insert into value_model_version (model_id, version, content, restores, changed_by)
    values (${id}, ${version}, ${JSON.stringify(content)}, ${restores}, ${JSON.stringify(by)})`.execute(tx);
}

/** A draft may have mistakes; what counts may not. */
function requireSound(content: Model, active: boolean, origin?: 'kept'): void {
  if (active && checkModel(content, origin).problems.length > 0) throw fail('VIN_MODEL_WRONG');
}
