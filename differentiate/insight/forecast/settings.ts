// How far the forecast looks, and what later money is worth: a version a change, the newest in force.
import { conflict } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Actor, Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ForecastSettings, ForecastSettingsChange, ForecastSettingsInForce } from '../api/forecast.ts';

/** Three years, as far as most shops can see; 10 % a year, the usual of the papers on lifetime value. */
export const STANDARD: z.infer<typeof ForecastSettings> = { horizonYears: 3, discountRate: 0.1 };

type InForce = z.infer<typeof ForecastSettingsInForce>;

export async function forecastSettings({ db }: Pick<Store, 'db'>): Promise<InForce> {
  const { rows } = await sql<InForce>`
    select version, horizon_years as "horizonYears", discount_rate::float8 as "discountRate", changed_by ->> 'name' as "changedBy",
           to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "changedAt"
      from forecast_setting order by version desc limit 1`.execute(db);
  return rows[0] ?? { version: 0, ...STANDARD, changedBy: null, changedAt: null };
}

/**
 * Changes the settings, and has everybody scored again.
 *
 * @throws VIN_FORECAST_SETTING_CONFLICT when somebody changed them since `basedOn`.
 */
export async function changeSettings(
  { store, jobs }: Context,
  actor: Actor,
  { horizonYears, discountRate, basedOn }: z.infer<typeof ForecastSettingsChange>,
): Promise<InForce> {
  await store.transaction(actor, async (tx) => {
    await sql`lock table forecast_setting in share row exclusive mode`.execute(tx);
    const before = await forecastSettings({ db: tx });
    if (before.version !== basedOn) {
      throw conflict('forecast_setting', {
        es: 'Alguien los ha cambiado mientras los editabas. No se ha guardado nada. Vuelve a abrir la página.',
        en: 'Somebody changed them while you were editing. Nothing was saved. Open the page again.',
      });
    }
    const by = JSON.stringify({ kind: actor.kind, id: actor.id, name: actor.name });
    await sql`
      insert into forecast_setting (version, horizon_years, discount_rate, changed_by)
      values (${basedOn + 1}, ${horizonYears}, ${discountRate}, ${by}::jsonb)`.execute(tx);
    await tx.emit(
      'forecast_setting.changed',
      { kind: 'forecast_setting', id: String(basedOn + 1) },
      { horizonYears, discountRate, before: { horizonYears: before.horizonYears, discountRate: before.discountRate } },
    );
  });
  await jobs.enqueue('insight.score', {}, { actor, key: 'insight.score' });
  return forecastSettings(store);
}
