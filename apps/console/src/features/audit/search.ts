import { z } from 'zod';

const day = z.iso.date();

export const auditSearch = z.object({
  action: z.string().max(100).optional(),
  actor: z.string().max(100).optional(),
  subjectKind: z.string().max(50).optional(),
  subjectId: z.string().max(100).optional(),
  from: day.optional(),
  to: day.optional(),
});
export type AuditSearch = z.infer<typeof auditSearch>;
