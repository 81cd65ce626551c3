// Orders as they are after a round: their lines in place of those that were there.
import { recordId } from '@vinculo/postgres';
import type { LiveFacts, PurchaseFact, RedemptionFact } from '@vinculo/customer-file';
import type { WarehouseOfThread } from '@vinculo/warehouse';
import { chunks } from '../devices/own-devices.ts';
import { orderFacts } from './order-facts.ts';
import type { Told } from './told.ts';

/** An order that something was told of, or whose device is somebody else's now. */
export interface TouchedOrder {
  sourceId: string;
  orderKey: string;
  /** By message. */
  told: Record<string, Told>;
}

/** `event_order.told`. */
interface Kept {
  told: Record<string, Told>;
  /** What was written of it, and under whose record. */
  written?: { record: string; lines: string[]; redemptions: string[] };
}

export interface SavedOrders {
  /** Whose facts changed. */
  records: string[];
  redeemed: boolean;
}

/** How facts are written and taken back: see writeFacts and removeFacts of @vinculo/customer-file. */
export interface FactWriter {
  write(facts: LiveFacts, at: Date): Promise<void>;
  remove(table: keyof LiveFacts, records: readonly string[], ids: readonly string[]): Promise<void>;
}

export interface OrderContext {
  warehouse: WarehouseOfThread;
  facts: FactWriter;
  /** Where an order says no currency. */
  currency: string;
  /** Later than that of every round before. */
  at: Date;
  /** Under whose record what nobody signed on a device is, for each [device, milliseconds since 1970]. */
  ownersOf(places: readonly (readonly [device: string, at: number])[]): Promise<string[]>;
}

const AT_ONCE = 400;

/**
 * Writes the facts of the orders and takes back those that do not hold any more. What was told is kept last: whoever was killed in
 * between does it all again, with the same result.
 */
export async function saveOrders(context: OrderContext, touched: readonly TouchedOrder[]): Promise<SavedOrders> {
  const saved: SavedOrders = { records: [], redeemed: false };
  for (const some of chunks(touched, AT_ONCE)) await saveSome(context, some, saved);
  return saved;
}

async function saveSome(context: OrderContext, touched: readonly TouchedOrder[], saved: SavedOrders): Promise<void> {
  const { warehouse, at } = context;
  const ids = touched.map(({ sourceId, orderKey }) => orderId(sourceId, orderKey));
  const rows = await warehouse.rows<{ id: string; told: string }>(
    'select toString(order_id) as id, told from event_order final where order_id in {ids:Array(UUID)}',
    { ids },
  );
  const before = new Map(rows.map(({ id, told }) => [id, JSON.parse(told) as Kept]));
  const orders = touched.map(({ sourceId, orderKey, told }, n) => {
    const known = before.get(ids[n]!);
    return { id: ids[n]!, sourceId, orderKey, known, told: { ...known?.told, ...told } };
  });
  const owners = await ownersOf(context, orders);

  const purchase: PurchaseFact[] = [];
  const redemption: RedemptionFact[] = [];
  const gone = { records: new Set<string>(), lines: [] as string[], redemptions: [] as string[] };
  const kept: object[] = [];
  for (const [n, order] of orders.entries()) {
    const record = owners[n]!;
    const facts = orderFacts(order, context.currency);
    const told = { record_id: record, source_id: order.sourceId };
    for (const line of facts.lines)
      purchase.push({
        ...told,
        line_id: line.lineId,
        order_key: order.orderKey,
        occurred_at: new Date(line.at),
        product_key: line.productKey,
        quantity: line.quantity,
        amount: line.amount,
        list_amount: line.listAmount,
        discount: line.discount,
        coupon_discount: line.couponDiscount,
        cost: null,
        currency: line.currency,
        channel: line.channel,
        store: line.store,
      });
    for (const { redemptionId, coupon, at: redeemed } of facts.redemptions)
      redemption.push({
        ...told,
        redemption_id: redemptionId,
        coupon_key: coupon,
        campaign_key: '',
        order_key: order.orderKey,
        redeemed_at: new Date(redeemed),
      });
    const written = {
      record,
      lines: facts.lines.map(({ lineId }) => lineId),
      redemptions: facts.redemptions.map(({ redemptionId }) => redemptionId),
    };
    const former = order.known?.written;
    if (former) {
      const moved = former.record !== record;
      const lines = former.lines.filter((id) => moved || !written.lines.includes(id));
      const redemptions = former.redemptions.filter((id) => moved || !written.redemptions.includes(id));
      if (lines.length + redemptions.length > 0) {
        gone.records.add(former.record);
        gone.lines.push(...lines);
        gone.redemptions.push(...redemptions);
        saved.records.push(former.record);
      }
    }
    if (facts.lines.length > 0) saved.records.push(record);
    if (facts.redemptions.length > 0) saved.redeemed = true;
    const keep: Kept = { told: order.told, written };
    const { id, sourceId, orderKey } = order;
    kept.push({ order_id: id, source_id: sourceId, order_key: orderKey, told: JSON.stringify(keep), version: at.getTime() });
  }
  // A line keeps its id when its order goes to somebody else: what is taken away goes first, and what holds is written after it.
  await context.facts.remove('purchase', [...gone.records], gone.lines);
  await context.facts.remove('redemption', [...gone.records], gone.redemptions);
  await context.facts.write({ purchase, redemption }, at);
  await warehouse.insert('event_order', kept);
}

export const orderId = (sourceId: string, orderKey: string): string => recordId(sourceId, `order:${orderKey}`);

/** Whose each order is: of the person who is named with it, the order itself before what came after; else whose the device was. */
async function ownersOf(context: OrderContext, orders: readonly { told: Record<string, Told> }[]): Promise<string[]> {
  const owners: string[] = [];
  const places: [number, string, number][] = [];
  for (const [n, { told }] of orders.entries()) {
    const messages = Object.entries(told)
      .toSorted(([a, left], [b, right]) => rank(left) - rank(right) || left.at - right.at || (a < b ? -1 : 1))
      .map(([, message]) => message);
    const named = messages.find(({ record }) => record !== undefined);
    const seen = messages.find(({ device }) => device !== undefined);
    owners[n] = named?.record ?? '';
    if (!named && seen) places.push([n, seen.device!, seen.at]);
  }
  const found = await context.ownersOf(places.map(([, device, at]) => [device, at] as const));
  for (const [k, [n]] of places.entries()) owners[n] = found[k]!;
  return owners;
}

const RANKS = ['completed', 'updated'];
const rank = ({ kind }: Told) => (RANKS.includes(kind) ? RANKS.indexOf(kind) : RANKS.length);
