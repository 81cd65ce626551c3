// The group of one customer, and in what they are like it.
import type { z } from 'zod';
import { findCustomer } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import type { Language } from '@vinculo/languages';
import type { CustomerNeeds, NeedsReason } from '../api/needs.ts';
import { parametersOf } from './assign-customers.ts';
import { featureColumns, readRows } from './features.ts';
import { featureQuery } from './feature-query.ts';
import { findingInForce } from './finding-in-force.ts';
import { listGroups } from './list-groups.ts';

type Reason = z.infer<typeof NeedsReason>;

/** Less than this sets the group apart too little to be a reason. */
const APART = 0.3;
const MOST = 5;

/** @throws VIN_CUSTOMER_NOT_FOUND */
export async function customerNeeds(context: Context, language: Language, id: string): Promise<z.infer<typeof CustomerNeeds>> {
  const { store, warehouse, settings } = context;
  const { customer } = await findCustomer(store, id);
  const [[scored], finding, { timeZone }] = await Promise.all([
    warehouse.rows<{ group: string; fit: number; at: string }>(
      `select toString(group_id) as group, fit, formatDateTime(computed_at, '%Y-%m-%dT%H:%i:%SZ') as at from customer_needs where customer_id = {customer:UUID}`,
      { customer: customer.id },
    ),
    findingInForce(store),
    settings.get(),
  ]);
  const group = scored && (await listGroups(store, language)).find((one) => one.id === scored.group);
  if (!group || !finding) return { needs: null };

  const parameters = { ...parametersOf(finding, timeZone), customer: customer.id };
  const read = await warehouse.scratch(async (path) => {
    await warehouse.toFile(path, featureQuery(finding.plan, 'one'), parameters, { format: 'Native' });
    return readRows(finding.plan, path);
  });
  const columns = featureColumns(finding.plan);
  const reasons: Reason[] = [];
  const against: Reason[] = [];
  for (const difference of group.differences) {
    if (Math.abs(difference.distance) < APART) continue;
    const column = columns.findIndex(({ feature, subject }) => feature === difference.feature && subject === difference.subject);
    const own = read.rows > 0 && column >= 0 ? read.values[column]![0]! : Number.NaN;
    if (!Number.isFinite(own)) continue;
    const { scale } = columns[column]!;
    // Nearer to the group than to the others, or beyond it, on the scale on which customers are compared.
    const [a, b, c] = [scale(difference.outside), scale(difference.inside), scale(own)];
    const like = (c - a) / (b - a) > 0.5;
    (like ? reasons : against).push({ ...difference, own });
  }
  return {
    needs: {
      group: { id: group.id, name: group.name, customers: group.customers, share: group.share },
      fit: scored.fit,
      reasons: reasons.slice(0, MOST),
      against: against.slice(0, 2),
      orders: read.orders[0] ?? 0,
      computedAt: scored.at,
    },
  };
}
