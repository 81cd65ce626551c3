// Making, changing, archiving.
import { conflict, fail } from '@vinculo/errors';
import { type Actor, newId, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { NewSegment, Segment, SegmentChange } from './api.ts';
import { checkRule } from './check-rule.ts';
import type { Segments } from './environment.ts';
import { findSegment, usersOf } from './find-segment.ts';
import { findRow } from './segment-row.ts';

const forUpdate = sql`for update`;

/** @throws VIN_SEGMENT_CONFLICT for a name in use, and what {@link checkRule} throws. */
export async function createSegment(segments: Segments, actor: Actor, made: z.output<typeof NewSegment>): Promise<z.infer<typeof Segment>> {
  const { context } = segments;
  if (made.kind === 'rule') await checkRule(segments, actor, made.rule.where);
  const from = made.kind === 'list' && made.from ? await findRow(context.store.db, made.from) : undefined;
  if (from?.kind === 'prospects')
    throw fail('VIN_SEGMENT_KIND', {
      detail: { es: 'Los contactos de una lista de correo no son clientes.', en: 'People on a mailing list are no customers.' },
    });
  const id = newId();
  await context.store.transaction(actor, async (tx) => {
    await nameIsFree(tx, made.name);
    await sql`
      insert into segment (id, kind, name, description, rule, frozen_from, created_by, author_name, counted_at)
      values (${id}, ${made.kind}, ${made.name}, ${made.description}, ${made.kind === 'rule' ? JSON.stringify(made.rule) : null}::jsonb, ${from?.id ?? null},
              ${actor.id}, ${actor.name}, ${made.kind === 'list' && !from ? sql`now()` : null})`.execute(tx);
    await tx.emit('segment.created', { kind: 'segment', id }, { name: made.name, kind: made.kind });
    if (made.kind === 'rule' || from)
      await context.jobs.enqueue('segment.recount', { segment: id, freeze: from?.id ?? null }, { actor, tx });
  });
  return findSegment(segments, id);
}

/** @throws VIN_SEGMENT_CONFLICT when somebody changed it meanwhile or the name is in use. */
export async function changeSegment(
  segments: Segments,
  actor: Actor,
  id: string,
  { version, ...change }: z.output<typeof SegmentChange>,
): Promise<z.infer<typeof Segment>> {
  const { context } = segments;
  if (change.rule) await checkRule(segments, actor, change.rule.where, id);
  await context.store.transaction(actor, async (tx) => {
    const row = await findRow(tx, id, forUpdate);
    if (row.version !== version)
      throw conflict('segment', {
        es: `Alguien ha cambiado «${row.name}» mientras lo tenías abierto. No se ha guardado nada. Vuelve a abrirlo.`,
        en: `Somebody changed "${row.name}" while you had it open. Nothing was saved. Open it again.`,
      });
    if (change.rule && row.kind !== 'rule')
      throw fail('VIN_SEGMENT_KIND', { detail: { es: 'Una lista no tiene regla.', en: 'A list has no rule.' } });
    if (change.name && change.name.toLowerCase() !== row.name.toLowerCase()) await nameIsFree(tx, change.name);
    const newRule = change.rule !== undefined && JSON.stringify(change.rule) !== JSON.stringify(row.rule);
    await sql`
      update segment set name = ${change.name ?? row.name}, description = ${change.description ?? row.description}, changed_at = now(), version = version + 1,
             rule = ${change.rule ? JSON.stringify(change.rule) : row.rule ? JSON.stringify(row.rule) : null}::jsonb
       where id = ${id}`.execute(tx);
    await tx.emit(
      'segment.changed',
      { kind: 'segment', id },
      { name: change.name ?? row.name, rule: newRule ? { before: row.rule, after: change.rule } : null },
    );
    if (!newRule) return;
    // Whatever names it gives others too.
    for (const segment of [id, ...(await usersBelow(tx, id))]) await context.jobs.enqueue('segment.recount', { segment }, { actor, tx });
  });
  return findSegment(segments, id);
}

/** Every segment that names this one, directly or through another. */
async function usersBelow(tx: Transaction, id: string): Promise<string[]> {
  const found = new Set<string>();
  const ask = async (one: string): Promise<void> => {
    for (const user of await usersOf(tx, one)) {
      if (found.has(user.id)) continue;
      found.add(user.id);
      await ask(user.id);
    }
  };
  await ask(id);
  return [...found];
}

/**
 * Puts a segment away, or brings it back, which counts it anew. Its members stay as they were meanwhile, and nobody is told of moves.
 *
 * @throws VIN_SEGMENT_IN_USE while others depend on it.
 */
export async function archiveSegment(segments: Segments, actor: Actor, id: string, archived: boolean): Promise<z.infer<typeof Segment>> {
  const { context } = segments;
  await context.store.transaction(actor, async (tx) => {
    const row = await findRow(tx, id, forUpdate);
    if ((row.archived_at !== null) === archived) return;
    if (archived) {
      const users = await usersOf(tx, id);
      if (users.length > 0) throw fail('VIN_SEGMENT_IN_USE', { detail: users.map(({ name }) => `«${name}»`).join(', ') });
    } else await nameIsFree(tx, row.name);
    await sql`update segment set archived_at = ${archived ? sql`now()` : null} where id = ${id}`.execute(tx);
    await tx.emit(archived ? 'segment.archived' : 'segment.restored', { kind: 'segment', id }, { name: row.name });
    if (!archived && row.kind !== 'prospects') await context.jobs.enqueue('segment.recount', { segment: id }, { actor, tx });
  });
  return findSegment(segments, id);
}

async function nameIsFree(tx: Transaction, name: string): Promise<void> {
  const { rows } = await sql`select from segment where lower(name) = lower(${name}) and archived_at is null`.execute(tx);
  if (rows.length === 0) return;
  throw conflict('segment', {
    es: `Ya hay un segmento o una lista que se llama «${name}». Ponle otro nombre.`,
    en: `There is a segment or list called "${name}" already. Give it another name.`,
  });
}
