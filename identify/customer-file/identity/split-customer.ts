import type { z } from 'zod';
import { conflict, fail, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { type Actor, newId } from '@vinculo/postgres';
import type { IdentityChanged, SplitCustomer } from '../api/customers.ts';
import {
  changeIdentity,
  decide,
  lockCustomers,
  pairsBetween,
  pairsWithin,
  saveChange,
  survivorOf,
  withdrawDecisions,
} from './identity-change.ts';
import { publishRecords } from './publish-identity.ts';

/**
 * Makes some records of a customer a customer of their own, reversibly. They are decided to be one among themselves and none of
 * those that stay, and no later unification overrides that.
 *
 * @throws VIN_CUSTOMER_NOT_FOUND; VIN_CUSTOMER_NOT_SPLITTABLE when nothing would stay; VIN_CUSTOMER_CONFLICT for a record of somebody else.
 */
export async function splitCustomer(
  context: Context,
  actor: Actor,
  id: string,
  { records, reason }: z.output<typeof SplitCustomer>,
): Promise<z.infer<typeof IdentityChanged>> {
  const leaving = [...new Set(records)].toSorted();
  const changed = await changeIdentity(context.store, actor, async (tx) => {
    const customerId = await survivorOf(tx, id);
    const customer = customerId ? (await lockCustomers(tx, [customerId])).get(customerId) : undefined;
    if (!customer) throw notFound('customer', id);
    if (!leaving.every((record) => customer.records.includes(record))) {
      throw conflict('customer', {
        es: 'Alguno de los registros elegidos ya no es de este cliente. No se ha separado nada. Vuelve a abrir la ficha.',
        en: 'One of the records chosen is no longer of this customer. Nothing was split. Open the profile again.',
      });
    }
    const staying = customer.records.filter((record) => !leaving.includes(record));
    if (staying.length === 0) throw fail('VIN_CUSTOMER_NOT_SPLITTABLE');

    const made = newId();
    const withdrawn = await withdrawDecisions(tx, true, leaving, staying);
    const decisions = [
      ...(await decide(tx, false, pairsBetween(leaving, staying), reason)),
      ...(await decide(tx, true, pairsWithin(leaving), reason)),
    ];
    const moves = leaving.map((record) => ({ record, from: customer.id, to: made }));
    const changeId = await saveChange(tx, {
      kind: 'split',
      customer: customer.id,
      other: made,
      reason,
      detail: { moves, redirects: [], made: decisions, withdrawn },
    });
    await tx.emit('customer.split', { kind: 'customer', id: customer.id }, { kept: customer.id, made, records: leaving, change: changeId });
    return { changeId, customerId: customer.id, otherId: made };
  });
  await publishRecords(context, leaving);
  return changed;
}
