// What each scoring learnt of how customers buy, as it said it then.
import { newId, type Store, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ForecastFound, ForecastRefusal } from '../api/forecast.ts';

export type Found = z.infer<typeof ForecastFound>;
export type Refusal = z.infer<typeof ForecastRefusal>;

const KEPT_DAYS = 400;

export async function keepRun(store: Store, at: Date, run: Found | Refusal): Promise<void> {
  await store.transaction(SYSTEM, async (tx) => {
    await sql`insert into forecast_run (id, computed_at, forecast) values (${newId()}, ${at}, ${JSON.stringify(run)}::jsonb)`.execute(tx);
    await sql`delete from forecast_run where computed_at < now() - make_interval(days => ${KEPT_DAYS})`.execute(tx);
  });
}

/** The last run; undefined before the first scoring. */
export async function latestRun({ db }: Pick<Store, 'db'>): Promise<Found | Refusal | undefined> {
  const { rows } = await sql<{ forecast: Found | Refusal }>`select forecast from forecast_run order by computed_at desc limit 1`.execute(
    db,
  );
  return rows[0]?.forecast;
}

export const isFound = (run: Found | Refusal | undefined): run is Found => run !== undefined && 'model' in run;
