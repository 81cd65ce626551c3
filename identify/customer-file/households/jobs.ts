import type { Context } from '@vinculo/http';
import type { JobDefinition } from '@vinculo/jobs';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { withPending } from './pending.ts';
import { formAllHouseholds, formChangedHouseholds } from './update-households.ts';
import { sumScores } from './write-households.ts';

export function jobs(context: Context): JobDefinition<never>[] {
  const form: JobDefinition<{ scope?: 'all' | 'changed' }> = {
    name: 'household.form',
    exclusive: 'household',
    after: ['import.run', 'identity.unify', 'insight.score'],
    retries: 3,
    // Every change asks for one; the nightly one is for records that changed without changing who is who.
    schedule: '55 2 * * *',
    run: ({ scope = 'all' }, job) =>
      scope === 'all'
        ? formAllHouseholds(context, job)
        : withPending(context, (customers) => formChangedHouseholds(context, customers, job)),
  };
  const value: JobDefinition<object> = {
    name: 'household.value',
    exclusive: 'household',
    retries: 3,
    run: () => context.store.transaction(SYSTEM, (tx) => sumScores(tx, sql`h.dissolved_at is null`)),
  };
  return [form, value] as JobDefinition<never>[];
}
