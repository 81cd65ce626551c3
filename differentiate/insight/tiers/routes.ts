import type { App, Context } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/tiers.ts';
import { customerTier } from './customer-tier.ts';

export function routes(app: App, context: Context): void {
  app.get(
    '/api/v1/customers/:id/tier',
    {
      config: {
        permission: ['customer.read', 'value.read'],
        audit: { action: 'customer.read', subject: 'customer', id: ({ params }) => params.id, detail: () => ({ part: 'tier' }) },
      },
      schema: {
        tags: ['value'],
        summary: 'The value tier of a customer, and what it was made of',
        params: z.object({ id: z.uuid() }),
        response: { 200: z.object({ tier: api.CustomerTier.nullable() }) },
      },
    },
    async (request) => ({ tier: await customerTier(context, request.params.id) }),
  );
}
