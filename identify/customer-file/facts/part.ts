// Facts that come one by one. Composed in ../index.ts.
import type { FeaturePart } from '@vinculo/http';
import { forgetPurchases } from './fresh-purchases.ts';

export const part: FeaturePart = {
  handlers: () => ({
    'customers.scored': async ({ data }, tx) => {
      if (typeof data.began === 'string') await forgetPurchases(tx, new Date(data.began));
    },
  }),
};
