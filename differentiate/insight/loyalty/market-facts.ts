// What the company states of its market.
import type { z } from 'zod';
import { conflict, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { type Actor, newId, type Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { MarketFact, MarketFactKind, MarketFactList, NewMarketFact } from '../api/loyalty.ts';
import { recompute } from './recompute.ts';

type Kind = z.infer<typeof MarketFactKind>;
type Fact = z.infer<typeof MarketFact>;

/** Which list of the fact query each kind goes into. */
const LIST: Record<Kind, string> = {
  exclusive_product: 'exclusiveProducts',
  exclusive_category: 'exclusiveCategories',
  contract_product: 'contractProducts',
  contract_category: 'contractCategories',
  no_rival_province: 'provinces',
  no_rival_store: 'stores',
};

/** The facts in force as parameters of the fact query. */
export async function statedMarket(store: Pick<Store, 'db'>): Promise<Record<string, string[]>> {
  const { rows } = await sql<{ kind: Kind; subject: string }>`select kind, subject from market_fact where ended_at is null`.execute(
    store.db,
  );
  return Object.fromEntries(
    Object.entries(LIST).map(([kind, name]) => [name, rows.filter((row) => row.kind === kind).map(({ subject }) => subject)]),
  );
}

const ENDED_SHOWN = 200;

/** Those in force and those that ended, newest first. */
export async function marketFacts({ store, warehouse }: Context): Promise<z.infer<typeof MarketFactList>> {
  const { rows } = await sql<Omit<Fact, 'name'>>`
    select id, kind, subject, note, stated_by ->> 'name' as "statedBy", to_char(stated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "statedAt",
           ended_by ->> 'name' as "endedBy", to_char(ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "endedAt"
      from market_fact order by ended_at desc nulls first, stated_at desc, id limit ${ENDED_SHOWN}`.execute(store.db);
  const keys = rows.filter(({ kind }) => kind.endsWith('_product')).map(({ subject }) => subject);
  const names = new Map(
    keys.length
      ? (
          await warehouse.rows<{ key: string; name: string }>(
            'select product_key as key, name from product final where product_key in {keys:Array(String)}',
            { keys },
          )
        ).map(({ key, name }) => [key, name])
      : [],
  );
  return { items: rows.map((row) => ({ ...row, name: names.get(row.subject) || row.subject })) };
}

/**
 * States a fact, and has everybody scored again.
 *
 * @throws VIN_MARKET_FACT_CONFLICT when it is stated already.
 */
export async function stateFact(
  context: Context,
  actor: Actor,
  { kind, subject, note }: z.infer<typeof NewMarketFact>,
): Promise<{ id: string }> {
  const id = newId();
  const by = JSON.stringify({ kind: actor.kind, id: actor.id, name: actor.name });
  await context.store.transaction(actor, async (tx) => {
    const { rows } = await sql`
      insert into market_fact (id, kind, subject, note, stated_by) values (${id}, ${kind}, ${subject}, ${note}, ${by}::jsonb)
      on conflict (kind, subject) where ended_at is null do nothing returning id`.execute(tx);
    if (rows.length === 0) throw alreadyStated();
    await tx.emit('market_fact.stated', { kind: 'market_fact', id }, { kind, subject, note });
  });
  await recompute(context, actor);
  return { id };
}

/**
 * Ends a fact: it was true until now. It stays in the history.
 *
 * @throws VIN_MARKET_FACT_NOT_FOUND for none in force.
 */
export async function endFact(context: Context, actor: Actor, id: string): Promise<void> {
  const by = JSON.stringify({ kind: actor.kind, id: actor.id, name: actor.name });
  await context.store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ kind: string; subject: string }>`
      update market_fact set ended_at = now(), ended_by = ${by}::jsonb where id = ${id} and ended_at is null returning kind, subject`.execute(
      tx,
    );
    if (!rows[0]) throw notFound('market_fact', id);
    await tx.emit('market_fact.ended', { kind: 'market_fact', id }, rows[0]);
  });
  await recompute(context, actor);
}

/**
 * Takes back the ending of a fact.
 *
 * @throws VIN_MARKET_FACT_NOT_FOUND for none that ended; VIN_MARKET_FACT_CONFLICT when it was stated again since.
 */
export async function resumeFact(context: Context, actor: Actor, id: string): Promise<void> {
  await context.store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ kind: string; subject: string; again: boolean }>`
      select kind, subject, exists (select from market_fact o where o.kind = f.kind and o.subject = f.subject and o.ended_at is null) as again
        from market_fact f where id = ${id} and ended_at is not null for update`.execute(tx);
    if (!rows[0]) throw notFound('market_fact', id);
    const { again, ...fact } = rows[0];
    if (again) throw alreadyStated();
    await sql`update market_fact set ended_at = null, ended_by = null where id = ${id}`.execute(tx);
    await tx.emit('market_fact.resumed', { kind: 'market_fact', id }, fact);
  });
  await recompute(context, actor);
}

const alreadyStated = () =>
  conflict('market_fact', {
    es: 'Eso ya está en la lista. No se ha cambiado nada.',
    en: 'That is in the list already. Nothing was changed.',
  });
