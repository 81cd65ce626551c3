import { z } from 'zod';

/** Which saved question is open. */
export const questionsSearch = z.object({ id: z.uuid().optional() });
export type QuestionsSearch = z.infer<typeof questionsSearch>;
