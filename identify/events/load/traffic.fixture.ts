// Realistic requests of 100 events: people and anonymous devices of a shop.
type Event = Record<string, unknown>;

export interface Traffic {
  people: number;
  devices: number;
  /** Shares of all events. */
  identify: number;
  orders: number;
}

/** A number of [0, 1) for each number: the same every time. */
export function mulberry(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The events of a batch. @param n of the first. */
export function traffic(n: number, count: number, random: () => number, { people, devices, identify, orders }: Traffic): Event[] {
  return Array.from({ length: count }, (_, k) => {
    const device = Math.floor(random() * devices);
    const known = device % 3 !== 0;
    const user = `u${device % people}`;
    const common = {
      messageId: `ajs-${n + k}-${Math.floor(random() * 1e9).toString(36)}`,
      anonymousId: `4f3c9a7e-0000-4000-8000-${device.toString(16).padStart(12, '0')}`,
      ...(known ? { userId: user } : {}),
      timestamp: new Date(Date.now() - 500).toISOString(),
      context: {
        ip: '10.0.0.1',
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36',
        locale: 'es-ES',
        library: { name: 'analytics.js', version: 'next-1.84.3' },
        page: {
          path: `/producto/${device % 500}`,
          url: `https://tienda.example/producto/${device % 500}?x=1`,
          referrer: 'https://www.google.com/',
          title: 'Café',
        },
      },
    };
    const product = (p: number) => ({
      product_id: `p${p % 500}`,
      name: `Producto ${p % 500}`,
      category: `Categoría ${p % 20}`,
      price: 5 + (p % 90) + 0.95,
      quantity: 1 + (p % 2),
    });
    const r = random();
    if (r < identify)
      return {
        ...common,
        type: 'identify',
        userId: user,
        traits: { email: `${user}@correo.example`, firstName: 'Ana', lastName: 'García' },
      };
    if (r < identify + orders)
      return {
        ...common,
        type: 'track',
        event: 'Order Completed',
        properties: { order_id: `o${n + k}`, revenue: 50, currency: 'EUR', products: [product(device), product(device + 7)] },
      };
    if (r < 0.5) return { ...common, type: 'page', name: 'Producto', properties: { title: 'Café', path: common.context.page.path } };
    return { ...common, type: 'track', event: r < 0.9 ? 'Product Viewed' : 'Product Added', properties: product(device) };
  });
}
