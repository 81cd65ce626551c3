// A shop on the web as its visitors make it: whole events as Segment's libraries write them, the same ones for the same seed.
import { randomUUID } from 'node:crypto';

export interface Person {
  userId: string;
  traits: Record<string, string>;
}

export interface Shop {
  /** The next event, without its time, as JSON. */
  next(): { type: 'page' | 'track' | 'identify'; json: string };
}

const PRODUCTS = Array.from({ length: 400 }, (_, n) => ({
  product_id: `P${n}`,
  name: `Café de origen ${n}`,
  category: ['Café', 'Té', 'Cafeteras', 'Molinillos', 'Tazas'][n % 5],
  brand: ['Sierra', 'Origen', 'La Fábrica'][n % 3],
  price: 4 + (n % 60) + 0.95,
  currency: 'EUR',
}));

/**
 * Of a hundred events 2 are identify, 1 an order, 7 go into the basket, 35 look at a product, 55 at a page. Of the visitors a third are
 * known by their number and identified before; the rest are devices that nobody has named.
 */
export function shop(people: readonly Person[], devices: number, seed: number): Shop {
  const random = generator(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  let n = 0;

  /** A device of a person is always the same, so that people are not many on one. */
  function visitor(): { anonymousId: string; userId?: string } {
    if (random() > 1 / 3) return { anonymousId: `anon-${Math.floor(random() * devices)}` };
    const { userId } = pick(people);
    return { anonymousId: `device-of-${userId}`, userId };
  }

  function context(path: string) {
    return {
      library: { name: 'analytics.js', version: 'npm:next-1.84.3' },
      locale: 'es-ES',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      page: { path, url: `https://tienda.example${path}?utm_source=boletin`, title: 'Tienda de café', referrer: 'https://www.google.com/' },
      campaign: { source: 'boletin', medium: 'email', name: 'otoño' },
      timezone: 'Europe/Madrid',
    };
  }

  return {
    next() {
      n++;
      const dice = random() * 100;
      const base = { messageId: `ajs-next-${randomUUID()}`, integrations: {} };
      if (dice < 2) {
        const { userId, traits } = pick(people);
        const told = { type: 'identify', anonymousId: `device-of-${userId}`, userId, traits, context: context('/cuenta'), ...base };
        return { type: 'identify', json: JSON.stringify(told) };
      }
      const who = visitor();
      if (dice < 3) {
        const products = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({ ...pick(PRODUCTS), quantity: 1 }));
        const revenue = Math.round(products.reduce((sum, { price }) => sum + price, 0) * 100) / 100;
        const properties = { order_id: `O-${seed}-${n}`, revenue, total: revenue, currency: 'EUR', products };
        // Who orders says who they are.
        const buyer = pick(people).userId;
        const order = { ...who, anonymousId: `device-of-${buyer}`, userId: buyer };
        return track({ ...order, event: 'Order Completed', properties, context: context('/gracias'), ...base });
      }
      if (dice < 10)
        return track({
          ...who,
          event: 'Product Added',
          properties: { ...pick(PRODUCTS), quantity: 1 },
          context: context('/cesta'),
          ...base,
        });
      const product = pick(PRODUCTS);
      const path = `/productos/${product.product_id}`;
      if (dice < 45) return track({ ...who, event: 'Product Viewed', properties: product, context: context(path), ...base });
      const { page } = context(path);
      return {
        type: 'page',
        json: JSON.stringify({ type: 'page', ...who, name: 'Producto', properties: page, context: context(path), ...base }),
      };
    },
  };
}

const track = (event: object) => ({ type: 'track' as const, json: JSON.stringify({ type: 'track', ...event }) });

/** Numbers in [0, 1) that are the same each time. Source: mulberry32, Tommy Ettinger, public domain. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
