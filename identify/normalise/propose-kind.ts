import { matchColumnName } from './column-name.ts';
import { FIELDS, type Field, type FieldName, FIELD_NAMES, IMPORT_KINDS, type ImportKind } from './fields.ts';

export interface KindProposal {
  kind: ImportKind;
  /** How many columns speak for it, those that only this kind has counting more. */
  score: number;
  /** Whether the columns it cannot do without are there. */
  complete: boolean;
  fields: FieldName[];
}

/** Groups of fields of which a file of the kind has one each, and fields it does not have. */
const SHAPES: Record<ImportKind, { needs: FieldName[][]; never?: FieldName[] }> = {
  customers: {
    needs: [
      ['full_name', 'given_name', 'surname', 'surname1', 'company_name', 'email', 'phone', 'mobile', 'national_id'],
      ['key', 'email', 'phone', 'mobile', 'national_id', 'address', 'birth_date', 'city'],
    ],
  },
  products: {
    needs: [
      ['product_key', 'product_name'],
      ['category', 'subcategory', 'brand', 'price', 'cost', 'product_name'],
    ],
    never: ['order_key', 'customer_key', 'quantity', 'coupon_key'],
  },
  purchases: {
    needs: [
      ['order_key', 'customer_key', 'line_key'],
      ['amount', 'quantity', 'unit_price'],
    ],
  },
  contacts: {
    needs: [['customer_key'], ['direction', 'topic', 'outcome', 'agent', 'text', 'contact_key']],
    never: ['amount', 'quantity', 'coupon_key'],
  },
  campaigns: {
    needs: [
      ['campaign_key', 'campaign_name'],
      ['starts_on', 'ends_on', 'campaign_kind', 'campaign_name'],
    ],
    never: ['customer_key', 'coupon_key'],
  },
  campaign_contacts: { needs: [['campaign_key'], ['customer_key']], never: ['coupon_key', 'amount', 'quantity'] },
  coupons: { needs: [['coupon_key'], ['campaign_key', 'product_key']], never: ['customer_key', 'order_key'] },
  redemptions: { needs: [['coupon_key'], ['customer_key']], never: ['quantity', 'amount'] },
  consents: { needs: [['customer_key'], ['purpose', 'granted', 'legal_basis', 'proof']], never: ['amount', 'quantity'] },
  account_facts: { needs: [['customer_key'], ['measure'], ['value']], never: ['order_key', 'quantity', 'coupon_key', 'direction'] },
};

/** Every kind of file a set of headers could be, likeliest first. */
export function rankKinds(columnNames: readonly string[]): KindProposal[] {
  const named = new Map<FieldName, number>();
  const surely = new Set<FieldName>();
  for (const column of columnNames) {
    for (const field of FIELD_NAMES) {
      const score = matchColumnName(column, field)?.score ?? 0;
      if (score >= 0.6 && score > (named.get(field) ?? 0)) named.set(field, score);
      if (score >= 0.75) surely.add(field);
    }
  }
  return IMPORT_KINDS.map((kind) => {
    const { needs, never = [] } = SHAPES[kind];
    const fields = FIELD_NAMES.filter((field) => named.has(field) && kindsOf(field).includes(kind));
    let score = 0;
    for (const field of fields) score += named.get(field)! / kindsOf(field).length;
    const complete =
      needs.every((group) => group.some((field) => named.has(field) && kindsOf(field).includes(kind))) &&
      !never.some((field) => surely.has(field));
    return { kind, score: Math.round(score * 1000) / 1000, complete, fields };
  }).toSorted((a, b) => Number(b.complete) - Number(a.complete) || b.score - a.score);
}

/** The kind of file a set of headers looks like; `undefined` when no header means anything. */
export function proposeKind(columnNames: readonly string[]): ImportKind | undefined {
  const best = rankKinds(columnNames)[0];
  return best !== undefined && best.score > 0 ? best.kind : undefined;
}

function kindsOf(field: FieldName): readonly ImportKind[] {
  const { kinds }: Field = FIELDS[field];
  return kinds;
}
