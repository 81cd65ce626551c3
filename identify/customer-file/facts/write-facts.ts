// Facts that come one by one, by an event, a call, a coupon in the post, rather than in a file.
import type { Warehouse } from '@vinculo/warehouse';

/** What a fact says beside its own words: whose it is, who told it, when it happened. */
interface Told {
  record_id: string;
  source_id: string;
  occurred_at: Date;
}

/** One line of an order. Amounts as decimal text, in `currency`; negative for a return. */
export interface PurchaseFact extends Told {
  line_id: string;
  order_key: string;
  product_key: string;
  quantity: string;
  amount: string;
  list_amount: string | null;
  discount: string;
  coupon_discount: string;
  /** Of the whole line. */
  cost: string | null;
  currency: string;
  channel: string;
  store: string;
}

export interface ContactFact extends Told {
  contact_id: string;
  channel: string;
  direction: 'in' | 'out';
  topic: string;
  outcome: string;
  agent: string;
  text: string;
}

export interface CampaignContactFact extends Told {
  contact_id: string;
  campaign_key: string;
  channel: string;
  response: string;
  responded_at: Date | null;
}

export interface RedemptionFact extends Omit<Told, 'occurred_at'> {
  redemption_id: string;
  coupon_key: string;
  campaign_key: string;
  order_key: string;
  redeemed_at: Date;
}

export interface LiveFacts {
  purchase?: readonly PurchaseFact[];
  contact?: readonly ContactFact[];
  campaign_contact?: readonly CampaignContactFact[];
  redemption?: readonly RedemptionFact[];
}

const NO_IMPORT = '00000000-0000-0000-0000-000000000000';

/** Fact versions are milliseconds and a row's number, as imports make them. */
const ROWS_A_MILLISECOND = 1_048_576n;

/**
 * Writes facts into the warehouse. A fact with the id of one that is there takes its place, if `at` is later: writing the same
 * again changes nothing, so that whoever was killed in between does it once more.
 */
export async function writeFacts(warehouse: Warehouse, facts: LiveFacts, at: Date): Promise<void> {
  const version = String(BigInt(at.getTime()) * ROWS_A_MILLISECOND);
  for (const [table, rows] of Object.entries(facts) as [keyof LiveFacts, readonly object[]][])
    if (rows.length > 0)
      await warehouse.insert(
        table,
        rows.map((row) => ({ ...row, import_id: NO_IMPORT, version })),
      );
}

/** Takes facts back, by the records they are of and their own ids. */
export async function removeFacts(
  warehouse: Warehouse,
  table: keyof LiveFacts,
  records: readonly string[],
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const id = { purchase: 'line_id', contact: 'contact_id', campaign_contact: 'contact_id', redemption: 'redemption_id' }[table];
  await warehouse.command(`delete from ${table} where record_id in {records:Array(UUID)} and ${id} in {ids:Array(UUID)}`, { records, ids });
}
