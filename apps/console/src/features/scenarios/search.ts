import { z } from 'zod';

/** What may stand in the URL: the levers in whole percent, so that a link shows the same scenario. */
export const scenariosSearch = z.object({
  segment: z.string().optional(),
  id: z.string().optional(),
  kept: z.coerce.number().optional(),
  frequency: z.coerce.number().optional(),
  order: z.coerce.number().optional(),
  margin: z.coerce.number().optional(),
  newcomers: z.coerce.number().optional(),
  cost: z.coerce.number().optional(),
});
export type ScenariosSearch = z.infer<typeof scenariosSearch>;
