import type { z } from 'zod';
import { sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import type { CustomerRow, CustomerScore, RfmGroup } from '../api/customers.ts';
import { type Findings, NO_FINDINGS, toFindings } from './findings.ts';
import { maskEmail, maskPhone, seesPersonal } from '../identity/mask.ts';
import { seesWorth } from './worth.ts';

/** What every list of customers reads, over `customer c` and `customer_score s`. */
export const listColumns = sql`
  c.id, c.kind, c.display_name, c.sort_name, c.email, c.phone, c.city, c.province, c.records, c.sources, c.changed_at,
  s.revenue, s.margin, s.orders, s.last_purchase_at, s.rfm_group, s.decile,
  s.profit, s.tier, s.lifetime_value, s.stage, s.churn_risk, s.loyalty_type`;

export interface CustomerListRow extends Findings {
  id: string;
  kind: 'person' | 'company';
  display_name: string;
  sort_name: string;
  email: string | null;
  phone: string | null;
  city: string | null;
  province: string | null;
  records: number;
  sources: string[];
  changed_at: Date;
  revenue: string | null;
  margin: string | null;
  orders: number | null;
  last_purchase_at: Date | null;
  rfm_group: z.infer<typeof RfmGroup> | null;
  decile: number | null;
  sort_value: string | null;
}

export function toCustomerRow(row: CustomerListRow, actor: Actor): z.infer<typeof CustomerRow> {
  const open = seesPersonal(actor);
  const worth = seesWorth(actor);
  return {
    id: row.id,
    kind: row.kind,
    name: row.display_name,
    email: open ? row.email : maskEmail(row.email),
    phone: open ? row.phone : maskPhone(row.phone),
    city: row.city,
    province: row.province,
    records: row.records,
    sources: row.sources,
    changedAt: row.changed_at.toISOString(),
    score:
      row.revenue === null
        ? null
        : {
            revenue: worth ? Number(row.revenue) : null,
            margin: worth && row.margin !== null ? Number(row.margin) : null,
            orders: row.orders!,
            lastPurchaseAt: row.last_purchase_at!.toISOString(),
            rfmGroup: worth ? row.rfm_group : null,
            decile: worth ? row.decile : null,
            ...(worth ? toFindings(row) : NO_FINDINGS),
          },
  };
}

export interface ScoreRow extends Findings {
  revenue: string;
  margin: string | null;
  orders: number;
  first_purchase_at: Date;
  last_purchase_at: Date;
  returned: string;
  discount_share: number;
  channels: string[];
  recency: number;
  frequency: number;
  monetary: number;
  rfm_group: z.infer<typeof RfmGroup>;
  decile: number;
  computed_at: Date;
}

export function toScore(row: ScoreRow): z.infer<typeof CustomerScore> {
  return {
    revenue: Number(row.revenue),
    margin: row.margin === null ? null : Number(row.margin),
    orders: row.orders,
    firstPurchaseAt: row.first_purchase_at.toISOString(),
    lastPurchaseAt: row.last_purchase_at.toISOString(),
    averageOrder: row.orders === 0 ? null : Number(row.revenue) / row.orders,
    returned: Number(row.returned),
    discountShare: row.discount_share,
    channels: row.channels,
    recency: row.recency,
    frequency: row.frequency,
    monetary: row.monetary,
    rfmGroup: row.rfm_group,
    decile: row.decile,
    ...toFindings(row),
    computedAt: row.computed_at.toISOString(),
  };
}
