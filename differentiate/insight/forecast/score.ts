// The forecast of every customer, by the model that forecast this company's own past best.
import { startThread } from '@vinculo/threads';
import { dateOf } from '../life-cycle/purchase-days.ts';
import { replaceTable } from '../scores/replace-table.ts';
import { type ScoreStep, warehouseTime } from '../scores/score-step.ts';
import { monthAfter, salesBefore, track } from './bought.ts';
import { type Computed, type Refused, REPEATERS_NEEDED } from './compute-forecast.ts';
import { ORDERS_QUERY } from './customer-table.ts';
import type { ForecastThread } from './forecast.worker.ts';
import { keepRun } from './runs.ts';
import { forecastSettings } from './settings.ts';
import { DAYS_NEEDED, forecastSpan, type Span } from './span.ts';

/** As the thread writes them. */
const ROW_COLUMNS =
  'customer_id, model, alive, purchases_90, purchases_365, order_value, lifetime_value, lifetime_low, lifetime_high, computed_at, spend, margin_share';

export const forecastStep: ScoreStep = {
  name: 'forecast',
  after: ['orders'],
  async run({ store, warehouse }, { at, currency, timeZone, signal }) {
    const until = warehouseTime(at);
    const { horizonYears, discountRate } = await forecastSettings(store);
    const span = await forecastSpan(warehouse, { at, timeZone, signal });
    const days = span ? span.asOf - span.first : 0;
    const nothing = async (why: 'no_purchases' | 'short_history' | Refused['refused'], repeaters: number) => {
      await replaceTable(warehouse, 'customer_forecast', async () => {});
      await keepRun(store, at, {
        computedAt: at.toISOString(),
        why,
        days,
        daysNeeded: DAYS_NEEDED,
        repeaters,
        repeatersNeeded: REPEATERS_NEEDED,
      });
    };
    if (!span) return nothing('no_purchases', 0);
    if (days < DAYS_NEEDED) return nothing('short_history', 0);

    const thread = startThread<ForecastThread>(new URL('./forecast.worker.ts', import.meta.url), signal, () => {});
    try {
      await thread.call('begin', { asOf: span.asOf, cut: span.cut });
      await warehouse.scratch(async (path) => {
        await warehouse.toFile(path, ORDERS_QUERY, { timeZone, until, asOf: span.asOf }, { format: 'Native', signal });
        await thread.call('addOrders', path);
      });
      const found = await thread.call('compute', { asOf: span.asOf, cut: span.cut, horizonYears, discountRate });
      if ('refused' in found) return await nothing(found.refused, found.repeaters);
      await warehouse.scratch(async (path) => {
        await thread.call('write', path, { model: found.model, now: Math.floor(at.getTime() / 1000) });
        await replaceTable(warehouse, 'customer_forecast', (next) =>
          warehouse.insertFile(`${next} (${ROW_COLUMNS})`, path, 'Native', { signal }),
        );
      });
      await keepRun(store, at, {
        ...toldOf(found, span),
        history: salesBefore(span, found),
        computedAt: at.toISOString(),
        currency,
        settings: { horizonYears, discountRate },
        holdOut: {
          from: dateOf(span.first),
          cut: dateOf(span.cut),
          to: dateOf(span.asOf),
          days: span.asOf - span.cut,
          tested: found.tested,
          customers: found.testable,
          track: track(span, found),
        },
      });
    } finally {
      await thread.end();
    }
  },
};

function toldOf(found: Computed, span: Span) {
  const { parameters, months, marginShare, tested: _, testable: __, track: ___, bought: ____, ...told } = found;
  const names = Object.keys(found.candidates[0]!.parameters);
  return {
    ...told,
    asOf: dateOf(span.asOf),
    parameters: Object.fromEntries(names.map((name, i) => [name, parameters[i]!])),
    months: months.map((expected, i) => ({ month: monthAfter(span.asOf, i), expected })),
    money: marginShare === null ? ('revenue' as const) : ('margin' as const),
    marginShare,
  };
}
