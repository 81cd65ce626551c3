// Shapes shared with the console: zod only, nothing of the server.
import { z } from 'zod';

const instant = z.iso.datetime();

export const auditLine = z
  .object({
    id: z.string(),
    at: instant,
    actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
    action: z.string().describe('customer.read, customer.merged'),
    subject: z.object({ kind: z.string(), id: z.string() }),
    detail: z.record(z.string(), z.unknown()),
    requestId: z.string().nullable(),
    ip: z.string().nullable(),
  })
  .meta({ id: 'AuditLine' });
export type AuditLine = z.infer<typeof auditLine>;

const filters = {
  actor: z.string().max(100).optional().describe('Id of who did it'),
  action: z.string().max(100).optional().describe('An action, `customer.read`, or all of an area, `customer`'),
  from: instant.optional(),
  to: instant.optional().describe('Not included'),
  cursor: z.string().max(2_000).optional().describe('The `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

export const auditQuery = z.object({
  subjectKind: z.string().max(50).optional(),
  subjectId: z.string().max(100).optional(),
  ...filters,
});
export type AuditQuery = z.infer<typeof auditQuery>;

export const customerAuditQuery = z.object(filters);

export const auditList = z.object({ items: z.array(auditLine), next: z.string().nullable() });
