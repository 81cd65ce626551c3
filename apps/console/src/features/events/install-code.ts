// What is pasted to send events, in each of the ways there are. Code, not words: it is the same in every language.
import type { Treatment } from './schemas.ts';

export const WAYS = ['web', 'segment', 'node', 'http'] as const;
export type Way = (typeof WAYS)[number];

interface Given {
  key: string;
  /** `https://crm.example.com` */
  server: string;
  treatment: Pick<Treatment, 'consent' | 'consentCategory'> | undefined;
}

/** Calls made before the script has come wait in a list. */
const STUB = `<script>
  window.vinculo = window.vinculo || [];
  for (const name of ['identify', 'track', 'page', 'group', 'alias', 'reset', 'consent', 'ready'])
    vinculo[name] = vinculo[name] || ((...given) => vinculo.push([name, ...given]));
</script>`;

/** The steps of a way, each with the text to copy; their words are `install.<way>.<step>`. */
export function installCode(way: Way, { key, server, treatment }: Given): { step: 'tag' | 'calls'; text: string }[] {
  switch (way) {
    case 'web': {
      const attributes = [
        `data-write-key="${key}"`,
        ...(treatment?.consent === 'not_refused' ? ['data-consent="not_refused"'] : []),
        ...(treatment && treatment.consentCategory !== 'analytics' ? [`data-category="${treatment.consentCategory}"`] : []),
      ];
      return [
        { step: 'tag', text: `${STUB}\n<script async src="${server}/v1/vinculo.js"\n        ${attributes.join('\n        ')}></script>` },
        {
          step: 'calls',
          text: `vinculo.consent({ analytics: true });
vinculo.identify('1042', { firstName: 'Lucía', email: 'lucia@example.com' });
vinculo.track('Product Viewed', {
  product_id: 'CF-250', name: 'Café de Colombia', category: 'Café', price: 8.9, currency: 'EUR',
});
vinculo.track('Order Completed', {
  order_id: '2026-118', currency: 'EUR',
  products: [{ product_id: 'CF-250', name: 'Café de Colombia', price: 8.9, quantity: 2 }],
});
vinculo.reset();`,
        },
      ];
    }
    case 'segment':
      return [
        {
          step: 'tag',
          text: `import { AnalyticsBrowser } from '@segment/analytics-next';

export const analytics = AnalyticsBrowser.load({
  writeKey: '${key}',
  cdnURL: '${server}',
});`,
        },
        {
          step: 'calls',
          text: `analytics.page();
analytics.identify('1042', { firstName: 'Lucía', email: 'lucia@example.com' });
analytics.track('Product Viewed', { product_id: 'CF-250', name: 'Café de Colombia', category: 'Café' });`,
        },
      ];
    case 'node':
      return [
        {
          step: 'tag',
          text: `import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({
  writeKey: '${key}',
  host: '${server}',
});`,
        },
        {
          step: 'calls',
          text: `analytics.identify({ userId: '1042', traits: { firstName: 'Lucía', email: 'lucia@example.com' } });
analytics.track({
  userId: '1042',
  event: 'Order Completed',
  properties: {
    order_id: '2026-118', currency: 'EUR',
    products: [{ product_id: 'CF-250', name: 'Café de Colombia', price: 8.9, quantity: 2 }],
  },
});
await analytics.closeAndFlush();`,
        },
      ];
    case 'http':
      return [
        {
          step: 'tag',
          text: `curl ${server}/v1/track \\
  --user '${key}:' \\
  --header 'content-type: application/json' \\
  --data '{
    "userId": "1042",
    "event": "Product Viewed",
    "properties": { "product_id": "CF-250", "name": "Café de Colombia", "category": "Café" }
  }'`,
        },
        {
          step: 'calls',
          text: `curl ${server}/v1/batch \\
  --user '${key}:' \\
  --header 'content-type: application/json' \\
  --data '{
    "batch": [
      { "type": "identify", "userId": "1042", "traits": { "firstName": "Lucía", "email": "lucia@example.com" } },
      { "type": "track", "userId": "1042", "event": "Order Completed",
        "properties": { "order_id": "2026-118", "currency": "EUR",
          "products": [{ "product_id": "CF-250", "name": "Café de Colombia", "price": 8.9, "quantity": 2 }] } }
    ]
  }'`,
        },
      ];
  }
}
