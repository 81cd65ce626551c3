// How many customers are lost, month by month, and what they had brought.
import { kaplanMeier } from '@vinculo/value';
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { Churn } from '../api/life-cycle.ts';
import { latestSummary } from './summary.ts';
import { allOf, type Whose, whose } from './whose.ts';

type View = z.infer<typeof Churn>;

/** Months shown, and those the comparison sums up. */
const MONTHS = 24;
const COMPARED = 12;
/** Fewer customers than this on average are no group to compare. */
const FEWEST = 5;
const MOST_GROUPS = 6;

/** Every time somebody was a customer, one row each, of those asked for. */
const spells = (where: string) => `
  select l.first_source as source, l.first_channel as channel, l.customer_id as customer_id, number,
         toUInt32(toYear(began) * 12 + toMonth(began) - 1) as from_month, began,
         ended, if(ended = toDate(0), 1000000, toUInt32(toYear(ended) * 12 + toMonth(ended) - 1)) as until_month, brought
    from customer_life_cycle l
   array join spell_from as began, spell_until as ended, spell_brought as brought, arrayEnumerate(spell_from) as number
   where ${where}`;

export async function churn({ store, warehouse }: Pick<Context, 'store' | 'warehouse'>, asked: Whose): Promise<View> {
  const summary = await latestSummary(store);
  if (!summary) return { months: [], by: [], survival: [] };
  const { sql: conditions, params } = whose(asked);
  const all = spells(allOf(conditions));
  const running = monthNumber(summary.asOf);
  const [months, survival, by] = [
    await warehouse.rows<{ month: number; gained: number; back: number; lost: number; cost: number }>(
      `select month, toUInt32(sum(gained)) as gained, toUInt32(sum(back)) as back, toUInt32(sum(lost)) as lost, sum(cost) as cost
         from (select from_month as month, countIf(number = 1) as gained, countIf(number > 1) as back, 0 as lost, 0 as cost from (${all}) group by month
               union all
               select until_month as month, 0, 0, count(), sum(brought) from (${all}) where until_month < 1000000 group by month)
        group by month order by month`,
      params,
    ),
    await warehouse.rows<{ month: number; gone: number; all: number }>(
      `select toUInt32(intDiv(toUInt32(if(ended = toDate(0), {asOf:Date}, ended) - began) * 100, 3044)) as month, toUInt32(countIf(ended != toDate(0))) as gone, toUInt32(count()) as all
         from (${all}) where number = 1 group by month order by month`,
      { ...params, asOf: summary.asOf },
    ),
    await groups(warehouse, all, params, running),
  ];
  return { months: rates(months, running), survival: survivalOf(survival), by: await labelled(store, by) };
}

/** Customers at the beginning of each month: all who came before it, less all who were lost before it. */
function rates(rows: { month: number; gained: number; back: number; lost: number; cost: number }[], running: number): View['months'] {
  const at = new Map(rows.map((row) => [row.month, row]));
  const months: View['months'] = [];
  let customers = 0;
  for (let month = rows[0]?.month ?? running; month <= running; month++) {
    const { gained = 0, back = 0, lost = 0, cost = 0 } = at.get(month) ?? {};
    months.push({ month: monthName(month), customers, lost, cost, gained, back, running: month === running });
    customers += gained + back - lost;
  }
  return months.slice(-MONTHS - 1);
}

/**
 * The share still there at the end of each month, until too few are left to tell. Who is still a customer counts until today and no
 * longer.
 */
export function survivalOf(rows: readonly { month: number; gone: number; all: number }[]): View['survival'] {
  const { steps } = kaplanMeier(
    rows.flatMap(({ month }) => [month, month]),
    rows.flatMap(() => [true, false]),
    { counts: rows.flatMap(({ gone, all }) => [gone, all - gone]) },
  );
  const [lost, seen] = [new Map(steps.map((step) => [step.time, step.survival])), new Map(rows.map(({ month, all }) => [month, all]))];
  let atRisk = rows.reduce((sum, { all }) => sum + all, 0);
  let share = 1;
  const curve = [{ month: 0, share, atRisk }];
  for (let month = 0; month <= (rows.at(-1)?.month ?? -1) && atRisk >= FEWEST; month++) {
    share = lost.get(month) ?? share;
    atRisk -= seen.get(month) ?? 0;
    curve.push({ month: month + 1, share, atRisk });
  }
  return curve;
}

interface Group {
  kind: 'source' | 'channel' | 'province';
  key: string;
  customers: number;
  lost: number;
  cost: number;
}

/** The last whole months, by where customers began and where they live: on average so many customers, so many lost. */
function groups(warehouse: Context['warehouse'], all: string, params: Record<string, unknown>, running: number): Promise<Group[]> {
  const by = (kind: Group['kind'], key: string, from: string) => `
    select '${kind}' as kind, ${key} as key,
           sum(greatest(0, toInt64(least({last:UInt32}, until_month)) - toInt64(greatest({first:UInt32} - 1, from_month)))) / ${COMPARED} as customers,
           toUInt32(countIf(until_month between {first:UInt32} and {last:UInt32})) as lost,
           sumIf(brought, until_month between {first:UInt32} and {last:UInt32}) as cost
      from ${from} group by key having customers >= ${FEWEST} order by customers desc limit ${MOST_GROUPS}`;
  const provinces = `(select s.*, p.province as province from (${all}) s join (select customer_id, province from customer_profile final where alive and province != '') p on p.customer_id = s.customer_id)`;
  return warehouse.rows<Group>(
    `select * from (${by('source', 'toString(source)', `(${all})`)}) union all
     select * from (${by('channel', 'toString(channel)', `(${all})`)}) union all
     select * from (${by('province', 'toString(province)', provinces)})`,
    { ...params, first: running - COMPARED, last: running - 1 },
  );
}

async function labelled(store: Context['store'], groups: Group[]): Promise<View['by']> {
  const labels = await sourceLabels(store);
  return groups
    .filter(({ key, kind }) => (kind === 'source' ? labels.has(key) : key !== ''))
    .map((group) => ({ ...group, label: group.kind === 'source' ? (labels.get(group.key) ?? '') : group.key }));
}

/** Names of the sources by id. */
export async function sourceLabels({ db }: Pick<Context['store'], 'db'>): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; label: string }>`select id, label from source`.execute(db);
  return new Map(rows.map(({ id, label }) => [id, label]));
}

/** Months since year 0, as the queries count them. */
const monthNumber = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
const monthName = (month: number) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
