// How long customers have been customers, and how many stay.
import { kaplanMeier } from '@vinculo/value';
import type { Warehouse } from '@vinculo/warehouse';
import { spreadOf } from './read-buyers.ts';
import type { Period } from './period.ts';
import type { Figures } from './read-report.ts';
import { buyersOf, type Scope } from './scope.ts';

type Duration = Figures['duration'];

/** Longer than this nobody looks. */
const MOST_MONTHS = 120;

export async function readDuration(warehouse: Pick<Warehouse, 'rows'>, scope: Scope, { to }: Period): Promise<Duration> {
  const params = { ...scope.params, to };
  const tenure = `
    select b.spend as spend, dateDiff('day', toDate(v.first_purchase_at, {timeZone:String}), toDate({to:String})) / 365.25 as years
      from (${buyersOf(scope)}) b join (select customer_id, first_purchase_at from customer_value) v on v.customer_id = b.customer_id
     where b.orders > 0`;
  const [spread] = await warehouse.rows<{ buyers: number; years: number[] }>(
    `select toUInt32(count()) as buyers, quantiles(0.25, 0.5, 0.75)(years) as years from (${tenure})`,
    params,
  );
  const bands = await warehouse.rows<Duration['bands'][number]>(
    `select multiIf(years < 1, '0', years < 2, '1', years < 3, '2', years < 5, '3', '5') as years, toUInt32(count()) as customers,
            count() / sum(count()) over () as share, sum(spend) as revenue
       from (select spend, t.years as years from (${tenure}) t) group by years order by years`,
    params,
  );
  // Who is lost or inactive ended with the last purchase; the others go on, and how long is not known yet.
  const lives = await warehouse.rows<{ months: number; ended: number; n: number }>(
    `select least(${MOST_MONTHS}, intDiv(if(ended, dateDiff('day', v.first_purchase_at, v.last_purchase_at), dateDiff('day', v.first_purchase_at, toDateTime(toDate({to:String}) + 1, {timeZone:String}))) * 100, 3044)) as months,
            toUInt8(l.stage in ('lost', 'inactive')) as ended, toUInt32(count()) as n
       from customer_value v join (select customer_id, stage from customer_life_cycle) l on l.customer_id = v.customer_id
      where ${scope.whose.replace('customer_id in', 'v.customer_id in')} and v.first_purchase_at < toDateTime(toDate({to:String}) + 1, {timeZone:String})
      group by months, ended order by months`,
    params,
  );
  return { years: spread!.buyers > 0 ? spreadOf(spread!.years) : null, bands, survival: survivalOf(lives) };
}

function survivalOf(lives: readonly { months: number; ended: number; n: number }[]): Duration['survival'] {
  if (lives.every(({ ended }) => ended === 0)) return [];
  // A month's figures weigh as many customers as they stand for.
  const curve = kaplanMeier(
    lives.map(({ months }) => Math.max(0, months)),
    lives.map(({ ended }) => ended),
    { counts: lives.map(({ n }) => n) },
  );
  return curve.steps.map(({ time, survival, low, high }) => ({ months: time, share: survival, low, high }));
}
