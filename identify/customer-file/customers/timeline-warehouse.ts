import type { Warehouse } from '@vinculo/warehouse';
import type { Item, Kind, TimelineRequest } from './timeline.ts';

interface FactRow {
  id: string;
  kind: Kind;
  at: string;
  channel: string;
  source: string;
  data: string;
}

/** `id` is prefixed by its kind, so that ids of different tables never meet in a cursor. */
const FACTS: Partial<Record<Kind, string>> = {
  // An order is one event, however many lines it has; a line without an order stands alone.
  purchase: `
    select concat('purchase:', if(order_key = '', toString(line_id), order_key), ':', toString(any(source_id))) as id,
           'purchase' as kind, max(occurred_at) as at, any(channel) as channel, any(source_id) as source,
           toJSONString(map(
             'order', any(order_key), 'amount', toString(sum(amount)), 'currency', any(currency), 'lines', toString(count()),
             'store', any(store), 'saved', toString(sum(discount + coupon_discount)), 'returned', toString(countIf(amount < 0)),
             'products', arrayStringConcat(arrayMap(x -> x.2, arrayReverseSort(x -> x.1, groupArray(12)((abs(amount), product_key)))), '\\n'))) as data
      from purchase final where record_id in {records:Array(UUID)}
     group by source_id, if(order_key = '', toString(line_id), order_key)`,
  contact: `
    select concat('contact:', toString(contact_id)), 'contact', occurred_at, channel, source_id,
           toJSONString(map('direction', toString(direction), 'topic', topic, 'outcome', outcome, 'agent', agent, 'text', text))
      from contact final where record_id in {records:Array(UUID)}`,
  campaign: `
    select concat('campaign:', toString(contact_id)), 'campaign', occurred_at, channel, source_id,
           toJSONString(map('campaign', campaign_key, 'response', toString(response), 'respondedAt', ifNull(toString(responded_at), '')))
      from campaign_contact final where record_id in {records:Array(UUID)}`,
  redemption: `
    select concat('redemption:', toString(redemption_id)), 'redemption', redeemed_at, '', source_id,
           toJSONString(map('coupon', coupon_key, 'campaign', campaign_key, 'order', order_key))
      from redemption final where record_id in {records:Array(UUID)}`,
};

/** The newest facts of the kinds asked for; product and campaign keys get their names. */
export async function warehouseFacts(warehouse: Warehouse, { records, kinds, before, limit }: TimelineRequest): Promise<Item[]> {
  const queries = Object.entries(FACTS).flatMap(([kind, query]) => (kinds.has(kind as Kind) ? [query] : []));
  if (queries.length === 0 || records.length === 0) return [];
  const rows = await warehouse.rows<FactRow>(
    `select f.1 as id, f.2 as kind, formatDateTime(f.3, '%Y-%m-%dT%H:%i:%S.000Z') as at, f.4 as channel, toString(f.5) as source, f.6 as data
       from (${queries.map((query) => `select tuple(*) as f from (${query})`).join(' union all ')})
      ${before ? 'where (at, id) < ({at:String}, {id:String})' : ''}
      order by at desc, id desc limit {limit:UInt32}`,
    { records, limit, ...(before ? { at: before.at, id: before.id } : {}) },
  );
  const parsed = rows.map((row) => ({ ...row, data: JSON.parse(row.data) as Record<string, string> }));
  const [products, campaigns] = await Promise.all([
    names(
      warehouse,
      'product',
      'product_key',
      parsed.flatMap((row) => row.data.products?.split('\n') ?? []),
    ),
    names(
      warehouse,
      'campaign',
      'campaign_key',
      parsed.flatMap((row) => (row.data.campaign ? [row.data.campaign] : [])),
    ),
  ]);
  return parsed.map((row) => ({
    id: row.id,
    kind: row.kind,
    at: row.at,
    channel: row.channel,
    sourceId: row.source,
    data: {
      ...row.data,
      ...(row.data.products === undefined
        ? {}
        : {
            products: row.data.products
              .split('\n')
              .filter(Boolean)
              .map((key) => products.get(key) ?? key),
          }),
      ...(row.data.campaign === undefined ? {} : { campaignName: campaigns.get(row.data.campaign) ?? row.data.campaign }),
    },
  }));
}

async function names(warehouse: Warehouse, table: 'product' | 'campaign', key: string, keys: string[]): Promise<Map<string, string>> {
  const distinct = [...new Set(keys)].filter(Boolean);
  if (distinct.length === 0) return new Map();
  const rows = await warehouse.rows<{ key: string; name: string }>(
    `select ${key} as key, name from ${table} final where ${key} in {keys:Array(String)}`,
    { keys: distinct },
  );
  return new Map(rows.filter((row) => row.name !== '').map((row) => [row.key, row.name]));
}
