// What the company may expect, and by which model.
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Forecast } from '../api/forecast.ts';
import { isFound, latestRun } from './runs.ts';
import { forecastSettings } from './settings.ts';

type Overview = z.infer<typeof Forecast>;

const EARLIER = 30;

/** The last forecast, or why there is none; and what was chosen before. */
export async function forecastOverview({ store }: Pick<Context, 'store'>): Promise<Overview> {
  const run = await latestRun(store);
  const { rows: earlier } = await sql<Overview['earlier'][number]>`
    select forecast ->> 'computedAt' as "computedAt", forecast ->> 'model' as model, (forecast ->> 'k')::integer as k,
           (forecast #>> '{candidates,0,error}')::float8 as error, (forecast ->> 'sales365')::float8 as sales365
      from forecast_run where forecast ? 'model' order by computed_at desc offset 1 limit ${EARLIER}`.execute(store.db);
  return {
    settings: await forecastSettings(store),
    forecast: isFound(run) ? run : null,
    refused: run && !isFound(run) ? run : null,
    earlier,
  };
}
