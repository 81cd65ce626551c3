// What of a customer can be handed over, under which name, and who may.
import { fail } from '@vinculo/errors';
import { seesPersonal, seesWorth } from '@vinculo/customer-file';
import type { Actor, Store } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';

export type ColumnType = 'text' | 'number' | 'integer' | 'moment';

export interface HandedField {
  /** Name of the column on the other side. */
  column: string;
  type: ColumnType;
  group: 'contact' | 'score' | 'key';
  needs?: 'customer.read_personal' | 'value.read';
  /** Over `customer c` and `customer_score s`. */
  sql: RawBuilder<unknown>;
  /** Of a key: the label of its source. */
  label?: string;
}

const contact = (column: string, expression: RawBuilder<unknown>, personal = false): HandedField => ({
  column,
  type: 'text',
  group: 'contact',
  sql: expression,
  ...(personal ? { needs: 'customer.read_personal' as const } : {}),
});
const golden = (field: string) => sql`c.golden #>> array[${sql.lit(field)}, 'value']`;
const score = (column: string, type: ColumnType, expression: RawBuilder<unknown>, open = false): HandedField => ({
  column,
  type,
  group: 'score',
  sql: expression,
  ...(open ? {} : { needs: 'value.read' as const }),
});

const FIELDS: Readonly<Record<string, HandedField>> = {
  name: contact('name', sql`c.display_name`),
  kind: contact('kind', sql`c.kind`),
  given: contact('given_name', golden('given')),
  surname1: contact('surname1', golden('surname1')),
  surname2: contact('surname2', golden('surname2')),
  company: contact('company', golden('company')),
  email: contact('email', sql`c.email`, true),
  phone: contact('phone', sql`c.phone`, true),
  mobile: contact('mobile', golden('mobile'), true),
  nationalId: contact('national_id', sql`c.national_id`, true),
  birthDate: contact('birth_date', sql`c.birth_date::text`, true),
  street: contact('street', golden('street'), true),
  postcode: contact('postcode', golden('postcode'), true),
  city: contact('city', sql`c.city`),
  province: contact('province', sql`c.province`),
  country: contact('country', golden('country')),
  language: contact('language', golden('language')),
  changedAt: { column: 'changed_at', type: 'moment', group: 'contact', sql: sql`c.changed_at` },
  revenue: score('revenue', 'number', sql`s.revenue`),
  margin: score('margin', 'number', sql`s.margin`),
  orders: score('orders', 'integer', sql`s.orders`, true),
  lastPurchaseAt: score('last_purchase_at', 'moment', sql`s.last_purchase_at`, true),
  rfmGroup: score('rfm_group', 'text', sql`s.rfm_group`),
  decile: score('decile', 'integer', sql`s.decile`),
  profit: score('profit', 'number', sql`s.profit`),
  tier: score('tier', 'text', sql`s.tier`),
  lifetimeValue: score('lifetime_value', 'number', sql`s.lifetime_value`),
  stage: score('stage', 'text', sql`s.stage`),
  churnRisk: score('churn_risk', 'number', sql`s.churn_risk`),
  loyaltyType: score('loyalty_type', 'text', sql`s.loyalty_type`),
};

/** Every field there is, the keys of each source last. A key may be an e-mail, and is handed over as personal. */
export async function handedFields({ db }: Pick<Store, 'db'>): Promise<Map<string, HandedField>> {
  const { rows } = await sql<{
    id: string;
    name: string;
    label: string;
  }>`select id, name, label from source order by lower(label), id`.execute(db);
  const keys = rows.map(({ id, name, label }): [string, HandedField] => [
    `key:${id}`,
    {
      column: `key_${name.replaceAll('-', '_')}`,
      type: 'text',
      group: 'key',
      needs: 'customer.read_personal',
      label,
      sql: sql`(select string_agg(r.key, ' | ' order by r.key) from link l join source_record r on r.id = l.record_id
                 where l.customer_id = c.id and l.valid_to is null and r.source_id = ${sql.lit(id)}::uuid)`,
    },
  ]);
  return new Map([...Object.entries(FIELDS), ...keys]);
}

export const mayHandOver = (actor: Actor, { needs }: HandedField): boolean =>
  needs === undefined ||
  (needs === 'value.read'
    ? seesWorth(actor)
    : seesPersonal(actor) && (actor.kind === 'system' || actor.permissions.has('customer.export')));

/**
 * The fields chosen, in the order chosen; those of a source that is gone are passed over.
 *
 * @throws VIN_HAND_BACK_FIELDS naming those that this person may not hand over; VIN_REQUEST_INVALID for a field there is not.
 */
export async function chosenFields(store: Pick<Store, 'db'>, actor: Actor, ids: readonly string[]): Promise<HandedField[]> {
  const all = await handedFields(store);
  const chosen = ids.flatMap((id) => (all.has(id) ? [all.get(id)!] : []));
  const refused = chosen.filter((field) => !mayHandOver(actor, field));
  if (refused.length > 0) {
    const permission =
      refused[0]!.needs === 'value.read'
        ? 'value.read'
        : actor.permissions.has('customer.export')
          ? 'customer.read_personal'
          : 'customer.export';
    throw fail('VIN_HAND_BACK_FIELDS', { fields: refused.map(({ column }) => column).join(', '), permission });
  }
  return chosen;
}

/** The one that always goes along, and says whose the others are. */
export const ID: HandedField = { column: 'customer_id', type: 'text', group: 'key', sql: sql`c.id::text` };
