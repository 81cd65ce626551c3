import type { App, Context } from '@vinculo/http';
import { z } from 'zod';
import { auditList, auditQuery, customerAuditQuery } from './api.ts';
import { readAudit } from './read-audit.ts';

const tags = ['audit'];

export function auditRoutes(app: App, { store }: Context): void {
  app.get(
    '/api/v1/audit',
    {
      config: {
        permission: 'audit.read',
        audit: {
          action: 'audit.read',
          subject: 'audit',
          // Who watches the watchers: what was asked is kept, the page of the answer is not.
          detail: ({ query: { cursor: _cursor, limit: _limit, ...asked } }) => asked,
        },
      },
      schema: { tags, summary: 'Who saw and who changed what, latest first', querystring: auditQuery, response: { 200: auditList } },
    },
    (request) => readAudit(store, request.query),
  );

  app.get(
    '/api/v1/customers/:id/audit',
    {
      config: {
        permission: ['customer.read', 'audit.read'],
        audit: { action: 'audit.read', subject: 'customer', id: ({ params }) => params.id },
      },
      schema: {
        tags,
        summary: 'Who saw and who changed this customer',
        params: z.object({ id: z.uuid() }),
        querystring: customerAuditQuery,
        response: { 200: auditList },
      },
    },
    (request) => readAudit(store, { ...request.query, subjectKind: 'customer', subjectId: request.params.id }),
  );
}
