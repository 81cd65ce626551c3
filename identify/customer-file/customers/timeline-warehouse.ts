import type { Warehouse } from '@vinculo/warehouse';
import type { Item, Kind, TimelineRequest } from './timeline.ts';

interface Row {
  /** Prefixed by its kind, so that ids of different tables never meet in a cursor. */
  id: string;
  kind: Kind;
  /** `2024-05-01T10:00:00Z` */
  at: string;
  channel: string;
  source: string;
  /** What else there is to say, in the order of the words of the kind. */
  said: string[];
}

/**
 * The newest version of each fact of some records. Of few records that is read in half the time that FINAL takes, which merges every
 * part of a table it touches.
 */
const newest = (table: string, id: string, columns: string): string =>
  `(select ${id}, ${columns} from ${table} where record_id in {records:Array(UUID)} order by version desc limit 1 by record_id, ${id}) as f`;

/** Plain columns: every expression more is planned anew with each question, which costs more than reading a customer's facts. */
const FACTS: Partial<Record<Kind, { words: readonly string[]; query: string }>> = {
  contact: {
    words: ['direction', 'topic', 'outcome', 'agent', 'text'],
    query: `
      select concat('contact:', toString(contact_id)) as id, 'contact' as kind, f.occurred_at as at, f.channel as channel,
             toString(source_id) as source, [toString(direction), topic, outcome, agent, text] as said
        from ${newest('contact', 'contact_id', 'source_id, occurred_at, channel, direction, topic, outcome, agent, text')}`,
  },
  campaign: {
    words: ['campaign', 'response', 'respondedAt'],
    query: `
      select concat('campaign:', toString(contact_id)) as id, 'campaign' as kind, f.occurred_at as at, f.channel as channel,
             toString(source_id) as source, [campaign_key, toString(response), ifNull(toString(responded_at), '')] as said
        from ${newest('campaign_contact', 'contact_id', 'source_id, occurred_at, channel, campaign_key, response, responded_at')}`,
  },
  redemption: {
    words: ['coupon', 'campaign', 'order'],
    query: `
      select concat('redemption:', toString(redemption_id)) as id, 'redemption' as kind, redeemed_at as at, '' as channel,
             toString(source_id) as source, [coupon_key, campaign_key, order_key] as said
        from ${newest('redemption', 'redemption_id', 'source_id, redeemed_at, coupon_key, campaign_key, order_key')}`,
  },
};

/** An order is one event, however many lines it has; a line without an order stands alone. The products are those paid most for. */
const ORDERS = {
  words: ['order', 'amount', 'currency', 'lines', 'store', 'saved', 'returned', 'products'],
  query: `
    select concat('purchase:', if(order_key = '', toString(line_id), order_key) as key, ':', toString(source_id)) as id, 'purchase' as kind,
           max(f.occurred_at) as at, any(f.channel) as channel, toString(source_id) as source,
           [any(order_key), toString(sum(amount)), any(currency), toString(count()), any(store), toString(sum(discount + coupon_discount)),
            toString(countIf(amount < 0)),
            arrayStringConcat(arrayMap(x -> x.2, arrayReverseSort(x -> x.1, groupArray(12)((abs(amount), product_key)))), '\\n')] as said
      from ${newest('purchase', 'line_id', 'source_id, order_key, occurred_at, product_key, amount, discount, coupon_discount, currency, channel, store')}
     group by source_id, key`,
};

const EVENT_WORDS = ['type', 'name', 'path', 'value', 'currency', 'search', 'products'];

/**
 * What somebody did on the web, in an app or at a till. A customer may have a hundred thousand: which are the newest is found out of
 * what tells them apart, and only those are read whole. An event that was moved to somebody else is `gone` here.
 */
async function newestEvents(warehouse: Warehouse, { records, before, limit }: TimelineRequest): Promise<Row[]> {
  const older = before ? `and (occurred_at, id) < (fromUnixTimestamp64Milli({at:Int64}, 'UTC'), {id:String})` : '';
  return warehouse.rows<Row>(
    `select concat('event:', toString(event_id)) as id, 'event' as kind, e.occurred_at as at, '' as channel, toString(source_id) as source,
            [toString(type), name, path, ifNull(toString(value), ''), toString(currency), search, arrayStringConcat(arraySlice(products, 1, 12), '\n')] as said
       from (select * from event
              where record_id in {records:Array(UUID)}
                and (record_id, event_id) in (
                  select record_id, event_id from (
                    select record_id, event_id, occurred_at, gone, concat('event:', toString(event_id)) as id from event
                     where record_id in {records:Array(UUID)} order by version desc limit 1 by record_id, event_id)
                   where gone = 0 ${older}
                   order by occurred_at desc, id desc limit {limit:UInt32})
              order by version desc limit 1 by record_id, event_id) as e
      order by at desc, id desc`,
    { records, limit, ...(before ? { at: Date.parse(before.at), id: before.id } : {}) },
    { settings: { max_threads: 1 } },
  );
}

/** The newest facts of the kinds asked for; product and campaign keys get their names. */
export async function warehouseFacts(warehouse: Warehouse, request: TimelineRequest): Promise<Item[]> {
  if (request.records.length === 0) return [];
  const others = Object.entries(FACTS).flatMap(([kind, { query }]) => (request.kinds.has(kind as Kind) ? [query] : []));
  const [orders, events, facts] = await Promise.all([
    request.kinds.has('purchase') ? newestFirst(warehouse, ORDERS.query, request) : [],
    request.kinds.has('event') ? newestEvents(warehouse, request) : [],
    others.length > 0 ? newestFirst(warehouse, others.join(' union all '), request) : [],
  ]);
  const told = [
    ...orders.map((row) => itemOf(row, ORDERS.words)),
    ...events.map((row) => itemOf(row, EVENT_WORDS)),
    ...facts.map((row) => itemOf(row, FACTS[row.kind]!.words)),
  ];
  const productsOf = ({ products = '' }: Record<string, string>) => products.split('\n').filter(Boolean);
  const [products, campaigns] = await Promise.all([
    namesOf(
      warehouse,
      'product',
      told.flatMap(({ data }) => productsOf(data)),
    ),
    namesOf(
      warehouse,
      'campaign',
      told.flatMap(({ data }) => data.campaign || []),
    ),
  ]);
  return told.map(({ data, ...item }) => ({
    ...item,
    data: {
      ...data,
      ...(data.products === undefined ? {} : { products: productsOf(data).map((key) => products.get(key) ?? key) }),
      ...(data.campaign === undefined ? {} : { campaignName: campaigns.get(data.campaign) ?? data.campaign }),
    },
  }));
}

function newestFirst(warehouse: Warehouse, query: string, { records, before, limit }: TimelineRequest): Promise<Row[]> {
  const at = before ? Date.parse(before.at) : 0;
  // These happened at whole seconds. After an event in the middle of one, what is of that second comes, whatever its id.
  const place = before ? { at: Math.ceil(at / 1_000), id: at % 1_000 === 0 ? before.id : '' } : {};
  return warehouse.rows<Row>(
    `select * from (${query}) ${before ? `where (at, id) < (toDateTime({at:UInt32}, 'UTC'), {id:String})` : ''}
      order by at desc, id desc limit {limit:UInt32}`,
    { records, limit, ...place },
    // So few rows: to share them out between threads costs more than to read them.
    { settings: { max_threads: 1 } },
  );
}

function itemOf({ id, kind, at, channel, source, said }: Row, words: readonly string[]) {
  const data: Record<string, string> = Object.fromEntries(words.map((word, k) => [word, said[k]!]));
  return { id, kind, at: at.includes('.') ? at : at.replace('Z', '.000Z'), channel, sourceId: source, data };
}

/** Names change seldom, and many customers have the same: for a minute nobody asks for them again. */
const NAMES_MS = 60_000;
const MOST_NAMES = 50_000;
const known = new WeakMap<Warehouse, Record<'product' | 'campaign', { names: Map<string, string>; since: number }>>();

async function namesOf(warehouse: Warehouse, table: 'product' | 'campaign', keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const fresh = () => ({ names: new Map<string, string>(), since: Date.now() });
  const kept = known.get(warehouse) ?? { product: fresh(), campaign: fresh() };
  known.set(warehouse, kept);
  if (Date.now() - kept[table].since > NAMES_MS || kept[table].names.size > MOST_NAMES) kept[table] = fresh();
  const { names } = kept[table];
  const unknown = [...new Set(keys)].filter((key) => !names.has(key));
  if (unknown.length > 0) {
    const rows = await warehouse.rows<{ key: string; name: string }>(
      `select ${table}_key as key, name from ${table} final where ${table}_key in {keys:Array(String)}`,
      { keys: unknown },
    );
    // What has no name is called by its key.
    for (const key of unknown) names.set(key, key);
    for (const { key, name } of rows) if (name !== '') names.set(key, name);
  }
  return names;
}
