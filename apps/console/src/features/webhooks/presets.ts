import type { HookVerify } from './schemas.ts';

/** How systems people have sign what they send. Source: their own developer pages. */
export const PRESETS = {
  standard: { kind: 'standard' },
  shopify: { kind: 'hmac', header: 'x-shopify-hmac-sha256', algorithm: 'sha256', encoding: 'base64', idHeader: 'x-shopify-webhook-id' },
  woocommerce: {
    kind: 'hmac',
    header: 'x-wc-webhook-signature',
    algorithm: 'sha256',
    encoding: 'base64',
    idHeader: 'x-wc-webhook-delivery-id',
  },
  stripe: { kind: 'stripe' },
  github: {
    kind: 'hmac',
    header: 'x-hub-signature-256',
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: 'sha256=',
    idHeader: 'x-github-delivery',
  },
  hmac: { kind: 'hmac', header: 'x-signature', algorithm: 'sha256', encoding: 'hex' },
  none: { kind: 'none' },
} as const satisfies Record<string, HookVerify>;
export type Preset = keyof typeof PRESETS;
