// What a visit to a site or an app was about, as the warehouse keeps it (table event). Pure.
import type { Json, WholeCall } from './call.ts';
import { currencyOf, readProducts, textOf, valueOf, type ProductSaid } from './products.ts';
import { isObject } from './call.ts';

export interface Visit {
  path: string;
  referrer: string;
  campaign: string;
  products: string[];
  categories: string[];
  value: string | null;
  currency: string;
  order_key: string;
  search: string;
  /** JSON. */
  properties: string;
  said: readonly ProductSaid[];
}

/** Told in columns of their own, or too much said of somebody: addresses may hold tokens and e-mails, and no IP is kept. */
const NOT_KEPT: ReadonlySet<string> = new Set([
  'path', 'url', 'search', 'referrer', 'referring_domain', 'ip', 'ip_address', 'products', 'product_id', 'sku', 'productId', 'category',
  'value', 'revenue', 'total', 'currency', 'order_id', 'query', 'email', 'phone', 'token', 'password', 'card_number',
]); // biome-ignore format: read as a list
const MOST_TEXT = 500;
const MOST_PRODUCTS = 250;

/** @param currency where the event says none. */
export function readVisit(call: WholeCall, currency: string): Visit {
  const { properties, context } = call;
  const page: Json = isObject(context.page) ? context.page : {};
  const said = call.type === 'track' ? readProducts(properties) : [];
  const value = valueOf(properties, said);
  const url = textFrom(properties.url) || textFrom(page.url);
  return {
    path: pathOf(textFrom(properties.path) || textFrom(page.path) || url),
    referrer: hostOf(textFrom(properties.referrer) || textFrom(page.referrer), url),
    campaign: campaignOf(context, textFrom(properties.search) || textFrom(page.search) || url),
    products: unique(said.map(({ key }) => key)).slice(0, MOST_PRODUCTS),
    categories: unique([...said.map(({ category }) => category), listCategory(call)]),
    value,
    currency: currencyOf(properties) || (value === null ? '' : currency),
    order_key: textOf(properties.order_id ?? properties.orderId),
    search: textOf(properties.query ?? properties.search_term ?? properties.searchTerm),
    properties: rest(call, said.length > 0 && properties.products === undefined),
    said,
  };
}

const textFrom = (value: unknown) => (typeof value === 'string' ? value : '');
const unique = (values: readonly string[]) => (values.length < 2 ? values.filter(Boolean) : [...new Set(values)].filter(Boolean));

/** Of Product List Viewed, which may name no product. */
const listCategory = ({ type, properties }: WholeCall) =>
  type === 'track'
    ? textOf(properties.category)
        .split(/\s[>/|]\s/)
        .at(-1)!
    : '';

/** Of a path or an address, without what follows the question mark: there stand tokens and e-mails. */
export function pathOf(written: string): string {
  if (written === '') return '';
  const end = written.search(/[?#]/);
  const bare = end === -1 ? written : written.slice(0, end);
  const host = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(bare);
  const path = host ? bare.slice(host[0].length) || '/' : bare;
  return path.slice(0, MOST_TEXT);
}

/** The host somebody came from; '' for the own site. */
function hostOf(referrer: string, url: string): string {
  const host = /^https?:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(referrer)?.[1]?.toLowerCase() ?? '';
  if (host === '') return '';
  const own = /^https?:\/\/([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase();
  return host === own ? '' : host.replace(/^www\./, '').slice(0, MOST_TEXT);
}

function campaignOf(context: Json, search: string): string {
  if (isObject(context.campaign)) return textOf(context.campaign.name);
  if (!search.includes('utm_campaign=')) return '';
  return textOf(new URLSearchParams(search.slice(search.indexOf('?') + 1)).get('utm_campaign') ?? '');
}

function rest({ properties, clock, type }: WholeCall, oneProduct: boolean): string {
  let kept: Json | undefined;
  for (const name in properties) {
    if (NOT_KEPT.has(name) || (name === 'name' && (oneProduct || type !== 'track'))) continue;
    (kept ??= {})[name] = properties[name];
  }
  if (clock !== undefined) (kept ??= {}).clock = clock;
  return kept ? JSON.stringify(kept) : '';
}
