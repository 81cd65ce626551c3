import type { z } from 'zod';
import { conflict, fail, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Actor, Transaction } from '@vinculo/postgres';
import type { IdentityChanged, MergeCustomers } from '../api/customers.ts';
import { changeIdentity, decide, lockCustomers, pairsWithin, saveChange, survivorOf, withdrawDecisions } from './identity-change.ts';
import { publishRecords } from './publish-identity.ts';

/**
 * Makes two customers one, reversibly: links are closed and opened anew, never deleted, and what was decided binds every later
 * unification until somebody undoes it. The id that goes keeps answering and leads to the one that stays.
 *
 * @throws VIN_CUSTOMER_NOT_FOUND, VIN_CUSTOMER_SAME; VIN_CUSTOMER_CONFLICT for a person and a company.
 */
export async function mergeCustomers(
  context: Context,
  actor: Actor,
  { into, from, reason }: z.output<typeof MergeCustomers>,
): Promise<z.infer<typeof IdentityChanged>> {
  const { changed, records } = await changeIdentity(context.store, actor, async (tx) => {
    const { kept, gone } = await bothLocked(tx, into, from);
    if (kept.kind !== gone.kind) {
      throw conflict('customer', {
        es: 'Uno es una persona y el otro una empresa, así que no pueden ser el mismo cliente. Corrige primero el tipo en la fuente que se equivoca.',
        en: 'One is a person and the other a company, so they cannot be the same customer. Correct the kind in the source that has it wrong first.',
      });
    }
    const withdrawn = await withdrawDecisions(tx, false, kept.records, gone.records);
    const made = await decide(tx, true, pairsWithin([kept.records[0]!, ...gone.records]), reason);
    const moves = gone.records.map((record) => ({ record, from: gone.id, to: kept.id }));
    const redirects = [{ customer: gone.id, before: null, after: kept.id }];
    const changeId = await saveChange(tx, {
      kind: 'merged',
      customer: kept.id,
      other: gone.id,
      reason,
      detail: { moves, redirects, made, withdrawn },
    });
    await tx.emit(
      'customer.merged',
      { kind: 'customer', id: kept.id },
      { kept: kept.id, gone: gone.id, records: gone.records, change: changeId },
    );
    return { changed: { changeId, customerId: kept.id, otherId: gone.id }, records: gone.records };
  });
  await publishRecords(context, records);
  return changed;
}

async function bothLocked(tx: Transaction, into: string, from: string) {
  const [keptId, goneId] = [await survivorOf(tx, into), await survivorOf(tx, from)];
  if (!keptId || !goneId) throw notFound('customer', keptId ? from : into);
  if (keptId === goneId) throw fail('VIN_CUSTOMER_SAME');
  const locked = await lockCustomers(tx, [keptId, goneId]);
  const [kept, gone] = [locked.get(keptId)!, locked.get(goneId)!];
  // Somebody may have merged one of them while we waited for the lock.
  if (kept.merged_into || gone.merged_into || kept.records.length === 0 || gone.records.length === 0) {
    throw conflict('customer', {
      es: 'Alguien acaba de cambiar uno de los dos clientes. No se ha unido nada. Vuelve a abrir las fichas.',
      en: 'Somebody has just changed one of the two customers. Nothing was merged. Open the profiles again.',
    });
  }
  return { kept, gone };
}
