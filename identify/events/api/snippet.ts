// What a page may know of its visitor.
import { z } from 'zod';

/** A visitor is asked for by the id of their browser, never by a userId or an e-mail, which somebody else may know. */
export const Question = z.object({ writeKey: z.string().max(100), anonymousId: z.string().min(1).max(200) });

/** The given name that this browser told, and nothing else. */
export const Recognised = z.discriminatedUnion('known', [
  z.object({ known: z.literal(false) }),
  z.object({ known: z.literal(true), givenName: z.string() }),
]);
