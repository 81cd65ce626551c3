// Products as the e-commerce events of the Segment spec name them.
import { Faulty, isObject, type Json } from './call.ts';
import { amountText, ONE, readAmount, type Units } from './amount.ts';

export interface ProductSaid {
  key: string;
  name: string;
  category: string;
  brand: string;
  /** Of one of it, before any discount. */
  price: Units | undefined;
  quantity: Units;
  coupon: string;
}

/** What a product is called by, the shop's own key first. */
const KEYS = ['product_id', 'sku', 'productId', 'id', 'variant_id'];
const MOST = 200;

/** Text of a property; a number is its digits. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim().slice(0, MOST);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

/**
 * The products of an event: its list, or the one it is about. Those without a key are called by their name.
 *
 * @param strict money follows from them, so what cannot be read is refused. @throws Faulty then.
 */
export function readProducts(properties: Json, strict = false): ProductSaid[] {
  const { products } = properties;
  if (products === undefined || products === null) {
    const one = readProduct(properties, '', strict);
    return one && !strict ? [one] : [];
  }
  if (!Array.isArray(products)) {
    if (strict) throw new Faulty('bad_products', 'properties.products', products);
    return [];
  }
  const said: ProductSaid[] = [];
  for (let n = 0; n < products.length; n++) {
    const product: unknown = products[n];
    const place = `properties.products.${n}.`;
    const read = isObject(product) ? readProduct(product, place, strict) : undefined;
    if (read) said.push(read);
    else if (strict) throw new Faulty('bad_products', place.slice(0, -1), product);
  }
  return said;
}

function readProduct(product: Json, place: string, strict: boolean): ProductSaid | undefined {
  let key = '';
  for (const field of KEYS) if ((key = textOf(product[field])) !== '') break;
  // The name of an event's own properties may be that of a page.
  const name = textOf(product.name ?? product.product_name);
  if (key === '' && place !== '') key = name;
  if (key === '') return undefined;
  const quantity = number(product, 'quantity', place, strict) ?? ONE;
  return {
    key,
    name,
    category: lastOfPath(textOf(product.category)),
    brand: textOf(product.brand),
    price: number(product, 'price', place, strict),
    quantity: quantity === 0n ? ONE : quantity,
    coupon: textOf(product.coupon),
  };
}

/** "Hogar > Cocina > Cafeteras" is of the last. */
const lastOfPath = (category: string) => category.split(/\s[>/|]\s/).at(-1)!;

function number(from: Json, field: string, place: string, strict: boolean): Units | undefined {
  const read = readAmount(from[field]);
  if (read === null && strict) throw new Faulty('bad_number', place + field, from[field]);
  return read ?? undefined;
}

/** @throws Faulty if it is there and no number. */
export function strictAmount(properties: Json, field: string): Units | undefined {
  return number(properties, field, 'properties.', true);
}

/** What the event is worth, as text: its own value, or that of the order or product it is about; null where it says none. */
export function valueOf(properties: Json, products: readonly ProductSaid[]): string | null {
  for (const field of ['value', 'revenue', 'total']) {
    const amount = readAmount(properties[field]);
    if (amount !== undefined && amount !== null) return amountText(amount);
  }
  const [one] = products;
  return products.length === 1 && one?.price !== undefined && properties.products === undefined ? amountText(one.price) : null;
}

/** ISO 4217, in capitals; '' where there is none that is. */
export function currencyOf(properties: Json): string {
  const written = properties.currency;
  return typeof written === 'string' && /^[A-Za-z]{3}$/.test(written.trim()) ? written.trim().toUpperCase() : '';
}
