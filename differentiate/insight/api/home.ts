// What the API says on Inicio.
import { z } from 'zod';
import { ValueOverview } from './value.ts';

/** Inicio: what changed since yesterday, what needs me, what to do next. */
export const Home = z.object({
  customers: z.number(),
  people: z.number(),
  companies: z.number(),
  records: z.number(),
  duplicates: z.number(),
  quality: z.object({
    score: z.number(),
    worst: z.array(z.object({ sourceLabel: z.string(), field: z.string(), completeness: z.number(), validity: z.number() })),
  }),
  /** Null for a reader without value.read. */
  value: ValueOverview.nullable(),
  since: z.object({ newCustomers: z.number(), merged: z.number(), imports: z.number() }),
  needs: z.array(z.object({ key: z.string(), count: z.number(), to: z.string() })),
  imports: z.array(
    z.object({
      id: z.uuid(),
      fileName: z.string(),
      sourceLabel: z.string(),
      kind: z.string(),
      state: z.string(),
      rowsRead: z.number(),
      rowsRejected: z.number(),
      createdAt: z.iso.datetime(),
    }),
  ),
});
