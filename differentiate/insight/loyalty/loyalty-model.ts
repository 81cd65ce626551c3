// The scoring model that people edit: a version a change, the newest in force.
import type { z } from 'zod';
import { DEFAULT_LOYALTY_MODEL, type LoyaltyModel } from '@vinculo/value';
import { conflict, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Actor, Store, Transaction } from '@vinculo/postgres';
import { type Kysely, sql } from 'kysely';
import type { LoyaltyModelChange, LoyaltyModelHistory } from '../api/loyalty.ts';
import { recompute } from './recompute.ts';

type History = z.infer<typeof LoyaltyModelHistory>;
export interface ModelVersion {
  /** 0: nobody has changed it, it is the one of the library. */
  version: number;
  content: LoyaltyModel;
}

export async function modelInForce({ db }: Pick<Store, 'db'>): Promise<ModelVersion> {
  const { rows } = await sql<ModelVersion>`select version, content from loyalty_model order by version desc limit 1`.execute(db);
  return rows[0] ?? { version: 0, content: DEFAULT_LOYALTY_MODEL };
}

const KEPT = 100;

/** The model in force, and what became of it, newest first. */
export async function modelHistory(store: Store): Promise<History> {
  const { rows } = await sql<History['versions'][number]>`
    select version, note, restores, changed_by ->> 'name' as "changedBy",
           to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "changedAt"
      from loyalty_model order by version desc limit ${KEPT}`.execute(store.db);
  return { ...(await modelInForce(store)), standard: DEFAULT_LOYALTY_MODEL, versions: rows };
}

/**
 * Puts another model into force, and has everybody scored again.
 *
 * @throws VIN_LOYALTY_MODEL_CONFLICT when somebody changed it since `basedOn`.
 */
export async function changeModel(
  context: Context,
  actor: Actor,
  { content, note, basedOn }: z.infer<typeof LoyaltyModelChange>,
): Promise<History> {
  await context.store.transaction(actor, async (tx) => {
    const now = await lockModel(tx);
    if (now.version !== basedOn) {
      throw conflict('loyalty_model', {
        es: 'Alguien ha cambiado los pesos mientras los editabas. No se ha guardado nada. Vuelve a abrir la página.',
        en: 'Somebody changed the weights while you were editing them. Nothing was saved. Open the page again.',
      });
    }
    await keep(tx, now.version + 1, content, note, null);
  });
  await recompute(context, actor);
  return modelHistory(context.store);
}

/**
 * Brings back an earlier version as a new one, so that this can be undone too.
 *
 * @param version 0 is the model of the library.
 * @throws VIN_LOYALTY_MODEL_NOT_FOUND
 */
export async function restoreModel(context: Context, actor: Actor, version: number): Promise<History> {
  await context.store.transaction(actor, async (tx) => {
    const now = await lockModel(tx);
    await keep(tx, now.version + 1, await contentOf(tx, version), '', version);
  });
  await recompute(context, actor);
  return modelHistory(context.store);
}

export async function contentOf(db: Kysely<unknown>, version: number): Promise<LoyaltyModel> {
  if (version === 0) return DEFAULT_LOYALTY_MODEL;
  const { rows } = await sql<{ content: LoyaltyModel }>`select content from loyalty_model where version = ${version}`.execute(db);
  if (!rows[0]) throw notFound('loyalty_model', String(version));
  return rows[0].content;
}

/** Two who change it at once wait for each other. */
async function lockModel(tx: Transaction): Promise<ModelVersion> {
  await sql`lock table loyalty_model in share row exclusive mode`.execute(tx);
  return modelInForce({ db: tx });
}

async function keep(tx: Transaction, version: number, content: LoyaltyModel, note: string, restores: number | null): Promise<void> {
  const by = JSON.stringify({ kind: tx.actor.kind, id: tx.actor.id, name: tx.actor.name });
  await sql`
    insert into loyalty_model (version, content, note, restores, changed_by)
    values (${version}, ${JSON.stringify(content)}::jsonb, ${note}, ${restores}, ${by}::jsonb)`.execute(tx);
  await tx.emit(
    restores === null ? 'loyalty_model.changed' : 'loyalty_model.restored',
    { kind: 'loyalty_model', id: String(version) },
    { note, restores },
  );
}
