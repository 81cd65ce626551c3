import { z } from 'zod';

export const boardsSearch = z.object({ create: z.enum(['yes']).optional() });
export type BoardsSearch = z.infer<typeof boardsSearch>;

/** What may stand in the URL of a board: its filters where they are not the saved ones, as JSON. */
export const boardSearch = z.object({ f: z.string().max(20_000).optional() });
export type BoardSearch = z.infer<typeof boardSearch>;
