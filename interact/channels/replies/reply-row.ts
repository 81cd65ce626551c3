import { maskEmail, maskPhone, seesPersonal } from '@vinculo/customer-file';
import { notFound } from '@vinculo/errors';
import { decodeCursor, toPage } from '@vinculo/http';
import type { Actor, Store, Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Reply, ReplyQuery } from '../api/replies.ts';

export interface ReplyRow {
  id: string;
  batch_id: string;
  n: number;
  code: string;
  outcome: z.infer<typeof Reply>['outcome'];
  issue_id: string | null;
  record_id: string | null;
  detail: { fields?: Record<string, string>; consents?: string[] };
  created_at: Date;
  undone_at: Date | null;
  customer_id: string | null;
  customer_name: string | null;
  campaign: string | null;
  coupon: string | null;
  earlier_at: Date | null;
  earlier_batch: string | null;
  earlier_n: number | null;
}

const FROM = sql`
  select r.*, c.id as customer_id, c.display_name as customer_name, i.campaign_name as campaign, i.coupon_key as coupon,
         e.created_at as earlier_at, eb.name as earlier_batch, e.n as earlier_n
    from reply r
    left join link l on l.record_id = r.record_id and l.valid_to is null
    left join customer c on c.id = l.customer_id
    left join reply_issue i on i.id = r.issue_id
    left join reply e on e.id = r.earlier
    left join reply_batch eb on eb.id = e.batch_id`;

/** Names and places stay for whoever may not see personal data, as everywhere. */
const PERSONAL: Record<string, (value: string) => string> = {
  email: maskEmail,
  mobile: maskPhone,
  phone: maskPhone,
  national_id: () => '•••',
  birth_date: () => '•••',
  address: () => '•••',
  postcode: () => '•••',
  notes: () => '•••',
};

export function toReply(row: ReplyRow, actor: Actor): z.infer<typeof Reply> {
  const open = seesPersonal(actor);
  const fields = Object.entries(row.detail.fields ?? {}).map(
    ([field, value]) => [field, open ? value : (PERSONAL[field]?.(value) ?? value)] as const,
  );
  return {
    id: row.id,
    batchId: row.batch_id,
    n: row.n,
    code: row.code,
    outcome: row.outcome,
    customer: row.customer_id ? { id: row.customer_id, name: row.customer_name ?? '' } : null,
    campaign: row.campaign ?? '',
    coupon: row.coupon ?? '',
    earlier: row.earlier_at ? { at: row.earlier_at.toISOString(), batch: row.earlier_batch ?? '', n: row.earlier_n ?? 0 } : null,
    fields: Object.fromEntries(fields),
    consents: row.detail.consents ?? [],
    at: row.created_at.toISOString(),
    undone: row.undone_at !== null,
  };
}

/** @throws VIN_REPLY_NOT_FOUND */
export async function findReply(db: Store['db'] | Transaction, actor: Actor, id: string): Promise<z.infer<typeof Reply>> {
  const { rows } = await sql<ReplyRow>`${FROM} where r.id = ${id}`.execute(db);
  if (!rows[0]) throw notFound('reply', id);
  return toReply(rows[0], actor);
}

/** Of a batch, or what waits in the tray; the last first. */
export async function listReplies(store: Store, actor: Actor, { cursor, limit, batch, tray }: z.output<typeof ReplyQuery>) {
  const after = decodeCursor(cursor, 2) as [string, string] | undefined;
  const { rows } = await sql<ReplyRow & { place: string }>`
    select *, created_at::text as place from (${FROM}) r
     where ${batch ? sql`batch_id = ${batch}` : sql`true`}
       and ${tray ? sql`outcome in ('unknown', 'misread', 'nobody', 'expired') and undone_at is null` : sql`true`}
       and ${after ? sql`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
     order by created_at desc, id desc limit ${limit + 1}`.execute(store.db);
  const { items, next } = toPage(rows, limit, (row) => [row.place, row.id]);
  return { items: items.map((row) => toReply(row, actor)), next };
}
