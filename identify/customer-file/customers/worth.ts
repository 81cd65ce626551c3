// What a customer is worth (money, margin, groups) is for readers with value.read; what they bought and when is for everybody
// who serves them.
import { fail } from '@vinculo/errors';
import type { Actor } from '@vinculo/postgres';
import type { z } from 'zod';
import type { CustomerScore, SeenScore } from '../api/customers.ts';
import { type Filter, tellsWorth } from './filter.ts';
import { NO_FINDINGS } from './findings.ts';

export function seesWorth(actor: Pick<Actor, 'kind' | 'permissions'>): boolean {
  return actor.kind === 'system' || actor.permissions.has('value.read');
}

/** @throws VIN_ACCESS_DENIED where a filter or an order would tell a reader what they may not see. */
export function mayAsk(actor: Actor, query: Filter & { sort?: string | undefined }): void {
  if (!seesWorth(actor) && tellsWorth(query)) throw fail('VIN_ACCESS_DENIED', { permission: 'value.read' });
}

/** The score without what tells the worth, where the reader may not see it. */
export function seenScore(score: z.infer<typeof CustomerScore>, actor: Actor): z.infer<typeof SeenScore> {
  if (seesWorth(actor)) return score;
  return {
    ...score,
    revenue: null,
    margin: null,
    averageOrder: null,
    returned: null,
    discountShare: null,
    recency: null,
    frequency: null,
    monetary: null,
    rfmGroup: null,
    decile: null,
    ...NO_FINDINGS,
  };
}
