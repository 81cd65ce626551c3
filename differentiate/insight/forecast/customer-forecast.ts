// What is to be expected of one customer, down to the purchases it follows from.
import { findCustomer } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import { expectedSpend, purchaseModel } from '@vinculo/value';
import type { z } from 'zod';
import type { CustomerForecast } from '../api/forecast.ts';
import { LEVEL } from './compute-forecast.ts';
import { isFound, latestRun } from './runs.ts';

type Answer = z.infer<typeof CustomerForecast>;

interface Row {
  alive: number;
  purchases_90: number;
  purchases_365: number;
  order_value: number;
  lifetime_value: number;
  lifetime_low: number;
  lifetime_high: number;
  spend: number;
  margin_share: number;
}

interface Bought {
  purchases: number;
  first: string;
  last: string;
  span: number;
  silent: number;
  money: number;
}

/** @throws VIN_CUSTOMER_NOT_FOUND */
export async function customerForecast({ store, warehouse, settings }: Context, id: string): Promise<Answer> {
  const { customer } = await findCustomer(store, id);
  const run = await latestRun(store);
  if (!run) return { forecast: null, why: 'not_scored' };
  if (!isFound(run)) return { forecast: null, why: 'no_model' };
  const { timeZone } = await settings.get();
  const of = { customer: customer.id, timeZone, asOf: run.asOf, until: run.computedAt.slice(0, 19).replace('T', ' ') };
  const [row] = await warehouse.rows<Row>(
    `select alive, purchases_90, purchases_365, order_value, lifetime_value, lifetime_low, lifetime_high, spend, margin_share
       from customer_forecast where customer_id = {customer:UUID}`,
    of,
  );
  const [bought] = await warehouse.rows<Bought>(
    `select toUInt32(count()) as purchases, toString(min(day)) as first, toString(max(day)) as last, toUInt32(max(day) - min(day)) as span,
            toUInt32({asOf:Date} - max(day)) as silent, toFloat64(sum(money)) as money
       from (select toDate(occurred_at, {timeZone:String}) as day, sum(amount) as money from customer_order
              where customer_id = {customer:UUID} and amount > 0 and occurred_at < {until:DateTime('UTC')} and day <= {asOf:Date} group by day)`,
    of,
  );
  if (!row || !bought || bought.purchases === 0) return { forecast: null, why: 'no_purchases' };

  const predictor = purchaseModel(run.model, run.k).predictor(Object.values(run.parameters));
  const x = bought.purchases - 1;
  const [tx, T] = [bought.span / 7, (bought.span + bought.silent) / 7];
  const { p, q, mean } = run.spend;
  const usual = expectedSpend(run.spend, 0, 0);
  const discounted = row.order_value === 0 ? 0 : row.lifetime_value / row.order_value;
  return {
    why: null,
    forecast: {
      model: run.model,
      k: run.k,
      asOf: run.asOf,
      currency: run.currency,
      alive: row.alive,
      purchases90: row.purchases_90,
      purchases365: row.purchases_365,
      buys90: predictor.buysWithin(x, tx, T, 90 / 7),
      buys365: predictor.buysWithin(x, tx, T, 365 / 7),
      lifetimeValue: row.lifetime_value,
      lifetimeLow: row.lifetime_low,
      lifetimeHigh: row.lifetime_high,
      level: LEVEL,
      money: run.money,
      ...run.settings,
      terms: {
        purchases: bought.purchases,
        firstDay: bought.first,
        lastDay: bought.last,
        rhythmDays: x > 0 ? bought.span / x : null,
        silentDays: bought.silent,
        discountedPurchases: discounted,
        ownMean: bought.money / bought.purchases,
        everyonesMean: Number.isFinite(usual) ? usual : mean,
        ownWeight: q > 1 ? (p * bought.purchases) / (p * bought.purchases + q - 1) : 1,
        spend: row.spend,
        marginShare: run.money === 'margin' ? row.margin_share : null,
        orderValue: row.order_value,
      },
      computedAt: run.computedAt,
    },
  };
}
