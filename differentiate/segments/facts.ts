// Facts that a rule can count: the kinds, what narrows them, what can be measured of them. Data; the compiler makes SQL of it, and
// the words are in the `segments` catalogue: fact.<kind>, by.<name>, measure.<kind>.<name>.

/** Where the rows of a fact are read. `order` is a whole order, `line` one product of it. */
export type FactBase = 'order' | 'line' | 'contact' | 'campaign_contact' | 'redemption' | 'event';

export interface Measure {
  /** An aggregate over the rows of one customer. */
  sql: string;
  /** The same over whole orders, where that is quicker. */
  orderSql?: string;
  /** The same where it is only compared with numbers below `limit`: distinct values are not counted further than that. */
  upTo?(limit: number): string;
  /** Rows that count at all; of no others is anything known. */
  where?: string;
  kind: 'number' | 'money' | 'date';
  /** Needs products, so that whole orders are not enough. */
  line?: true;
  /** Of no rows at all: 0, or nothing (who has no purchases has no average one). */
  none: 0 | null;
  worth?: true;
}

/** What narrows a fact: the column of its row. */
export interface Narrowing {
  column: string;
  /** An order does not know it, a line does. */
  line?: true;
  closed?: readonly string[];
  /** Whether the row is one of the values, where that is more than being equal. @param values a bound Array(String). */
  matches?(values: string): string;
}

export interface FactKind {
  base: FactBase;
  by: Record<string, Narrowing>;
  measures: Record<string, Measure>;
}

/** The values of a contact's direction are the product's own. */
const DIRECTIONS = ['in', 'out'];
/** What somebody did, the page of a site they saw, the screen of an app. */
const EVENT_TYPES = ['track', 'page', 'screen'];

/** What was bought counts as a time if it brought something, as an order does everywhere: neither a return nor a gift. Money is what was paid, less what came back. */
const bought = 'amount > 0';

/** Of what brand a product is stands in the product file alone: a million customers' lines need no copy of it, and it is right at once. */
const ofProductsWith = (column: string) => (values: string) =>
  `product_key in (select product_key from product final where ${column} in ${values})`;

/** A visit shows several products, and shops seldom say of what category or brand they are: the product file knows. */
const productsWith = (column: string) => (values: string) =>
  `hasAny(products, (select groupArray(product_key) from product final where ${column} in ${values}))`;

/** Names of the e-commerce part of the Segment spec. */
const VIEWED = `name = 'Product Viewed'`;
const ADDED = `name = 'Product Added'`;

export const FACTS = {
  purchase: {
    base: 'order',
    by: {
      product: { column: 'product_key', line: true },
      category: { column: 'category', line: true },
      subcategory: { column: 'subcategory', line: true, matches: ofProductsWith('subcategory') },
      brand: { column: 'brand', line: true, matches: ofProductsWith('brand') },
      channel: { column: 'channel' },
      store: { column: 'store' },
    },
    measures: {
      times: {
        sql: 'uniqExact(order_id)',
        orderSql: 'count()',
        upTo: (limit) => `uniqUpTo(${limit})(order_id)`,
        where: bought,
        kind: 'number',
        none: 0,
      },
      amount: { sql: 'toFloat64(sum(amount))', kind: 'money', none: 0, worth: true },
      average: {
        sql: `if(uniqExactIf(order_id, ${bought}) = 0, null, toFloat64(sum(amount)) / uniqExactIf(order_id, ${bought}))`,
        orderSql: `if(countIf(${bought}) = 0, null, toFloat64(sum(amount)) / countIf(${bought}))`,
        kind: 'money',
        none: null,
        worth: true,
      },
      quantity: { sql: 'toFloat64(sum(quantity))', where: bought, kind: 'number', none: 0, line: true },
      products: {
        sql: 'uniqExact(product_key)',
        upTo: (limit) => `uniqUpTo(${limit})(product_key)`,
        where: `${bought} and product_key != ''`,
        kind: 'number',
        none: 0,
        line: true,
      },
      categories: {
        sql: 'uniqExact(category)',
        upTo: (limit) => `uniqUpTo(${limit})(category)`,
        where: `${bought} and category != ''`,
        kind: 'number',
        none: 0,
        line: true,
      },
      last: { sql: 'max(occurred_at)', where: bought, kind: 'date', none: null },
      first: { sql: 'min(occurred_at)', where: bought, kind: 'date', none: null },
    },
  },
  contact: {
    base: 'contact',
    by: {
      channel: { column: 'channel' },
      direction: { column: 'direction', closed: DIRECTIONS },
      topic: { column: 'topic' },
      outcome: { column: 'outcome' },
    },
    measures: {
      times: { sql: 'count()', kind: 'number', none: 0 },
      channels: { sql: 'uniqExact(channel)', where: `channel != ''`, kind: 'number', none: 0 },
      last: { sql: 'max(occurred_at)', kind: 'date', none: null },
    },
  },
  campaign: {
    base: 'campaign_contact',
    by: { campaign: { column: 'campaign_key' }, channel: { column: 'channel' }, response: { column: 'response' } },
    measures: {
      times: { sql: 'count()', kind: 'number', none: 0 },
      responses: { sql: 'count()', where: `response != ''`, kind: 'number', none: 0 },
      last: { sql: 'max(occurred_at)', kind: 'date', none: null },
    },
  },
  redemption: {
    base: 'redemption',
    by: { coupon: { column: 'coupon_key' }, campaign: { column: 'campaign_key' } },
    measures: {
      times: { sql: 'count()', kind: 'number', none: 0 },
      coupons: { sql: 'uniqExact(coupon_key)', kind: 'number', none: 0 },
      last: { sql: 'max(occurred_at)', kind: 'date', none: null },
    },
  },
  event: {
    base: 'event',
    by: {
      name: { column: 'name' },
      type: { column: 'type', closed: EVENT_TYPES },
      // «/ofertas*» are all that begin so.
      path: {
        column: 'path',
        matches: (values) =>
          `arrayExists(x -> if(endsWith(x, '*'), startsWith(path, substring(x, 1, length(x) - 1)), path = x), ${values})`,
      },
      product: { column: 'products', matches: (values) => `hasAny(products, ${values})` },
      category: { column: 'category', matches: (values) => `(hasAny(categories, ${values}) or ${productsWith('category')(values)})` },
      brand: { column: 'brand', matches: productsWith('brand') },
      search: { column: 'search' },
      // utm_campaign and the site they came from.
      utm: { column: 'campaign' },
      referrer: { column: 'referrer' },
    },
    measures: {
      times: { sql: 'count()', kind: 'number', none: 0 },
      viewed: { sql: 'count()', where: VIEWED, kind: 'number', none: 0 },
      added: { sql: 'count()', where: ADDED, kind: 'number', none: 0 },
      pages: { sql: 'count()', where: `type in ('page', 'screen')`, kind: 'number', none: 0 },
      searches: { sql: 'count()', where: `search != ''`, kind: 'number', none: 0 },
      days: { sql: 'uniqExact(toDate(occurred_at, {timeZone:String}))', kind: 'number', none: 0 },
      last: { sql: 'max(occurred_at)', kind: 'date', none: null },
      first: { sql: 'min(occurred_at)', kind: 'date', none: null },
    },
  },
} as const satisfies Record<string, FactKind>;

export type FactName = keyof typeof FACTS;

/** The kind of a fact by the name a rule gives it. */
export function factKind(name: string): FactKind | undefined {
  return Object.hasOwn(FACTS, name) ? FACTS[name as FactName] : undefined;
}
