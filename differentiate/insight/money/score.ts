// Profit: what each customer leaves, less what serving them cost; by month, and over all.
import { type ScoreStep, type Scoring, type Stores, warehouseTime } from '../scores/score-step.ts';
import { fromParts, inParts } from '../scores/money-parts.ts';
import { replaceTable } from '../scores/replace-table.ts';
import { type CostTable, priceList } from './cost-table.ts';
import { currentCosts } from './current-costs.ts';
import { type EffortTotal, effortTotals, fillEffort } from './effort.ts';
import { customerSlices, EVERYBODY } from './customer-slices.ts';
import { pricedEffort, priceParameters } from './priced-effort.ts';
import { keepSnapshot } from './profit-snapshot.ts';
import { scoreModels } from './models/score-models.ts';

const ZERO = 'toDecimal64(0, 4)';
const total = (parts: string) => fromParts(`sum(${parts})`);
/** What there are no prices nor models for is nothing: to add it up would take as long as what there is. */
const totalOf = (there: boolean, parts: string) => (there ? total(parts) : ZERO);

/**
 * Months in which somebody bought, had a contract or cost something. With a sale of unknown margin there is no profit to speak of.
 * Of `k`, 2 is a known margin, 1 an unknown one, 0 what has none; orders are those that brought something.
 *
 * @param others - there are prices or models, so that months have more than orders.
 */
const byMonth = (within: string, others: boolean) => {
  const orders = `
      select customer_id, toYYYYMM(occurred_at, {timeZone:String}) as month, amount > 0 as o, ${inParts('amount')} as r, ${inParts(`ifNull(margin, ${ZERO})`)} as m,
             1 + isNotNull(margin) as k, basis as b, ${inParts(`if(basis = 3, amount - known_revenue, ${ZERO})`)} as n, toInt64(0) as i, toInt64(0) as c
        from customer_order where ${within}`;
  const rest = `
      union all
      select customer_id, month, 0, 0, 0, 0, 0, 0, 0, ${inParts('cost')} from (${pricedEffort(within)})
      union all
      select customer_id, month, 0, 0, 0, 0, 0, 0, if(side = 'income', ${inParts('amount')}, 0), if(side = 'cost', ${inParts('amount')}, 0)
        from customer_model_month where ${within}`;
  return `
  select customer_id, month, toUInt32(sum(o)) as orders, ${total('r')} as revenue,
         if(max(k) = 1, null, ${total('m')}) as margin, ${totalOf(others, 'c')} as cost_to_serve,
         if(max(b) = 3, null, ifNull(margin, ${ZERO}) + income - cost_to_serve) as profit, ${totalOf(others, 'i')} as income, ${total('n')} as unknown_revenue, max(b)
    from (${orders} ${others ? rest : ''})
   group by customer_id, month`;
};

/** Every term of every customer, those of the models under their model. */
const terms = (within: string) => `
  select customer_id, 'cost' as side, term, sum(cost) as amount from (${pricedEffort(within)}) group by customer_id, term
  union all
  select customer_id, toString(side), concat('model.', toString(model_id), '.', term), sum(amount)
    from customer_model_month where ${within} group by customer_id, side, model_id, term`;

const NO_TERMS = `cast(map(), 'Map(String, Decimal(18, 4))')`;

const inAll = (within: string, others: boolean) => {
  const months = `
      select customer_id, ${inParts('revenue')} as r, ${inParts(`ifNull(margin, ${ZERO})`)} as m, multiIf(isNull(margin), 1, orders > 0 or margin != 0, 2, 0) as k,
             ${inParts('cost_to_serve')} as c, ${inParts('income')} as i, ${inParts('unknown_revenue')} as n, basis as b, 0 as t, ${NO_TERMS} as cs, ${NO_TERMS} as ins
        from customer_month where ${within}`;
  const rest = `
      union all
      select customer_id, 0, 0, 0, 0, 0, 0, 0, 1,
             mapFromArrays(groupArrayIf(term, side = 'cost'), groupArrayIf(amount, side = 'cost')),
             mapFromArrays(groupArrayIf(term, side = 'income'), groupArrayIf(amount, side = 'income'))
        from (${terms(within)}) group by customer_id`;
  return `
  select customer_id, ${total('r')} as revenue, if(max(k) = 1, null, ${total('m')}) as margin,
         ['cost', 'category', 'company', 'none'][1 + max(b)] as margin_basis, ${others ? 'anyIf(cs, t)' : NO_TERMS}, ${totalOf(others, 'c')} as cost_to_serve,
         if(max(b) = 3, null, ifNull(margin, ${ZERO}) + income - cost_to_serve) as profit, {now:DateTime('UTC')},
         ${others ? 'anyIf(ins, t)' : NO_TERMS}, ${totalOf(others, 'i')} as income, ${total('n')} as unknown_revenue
    from (${months} ${others ? rest : ''})
   group by customer_id`;
};

export const profitStep: ScoreStep = {
  name: 'profit',
  after: ['value', 'contacts'],
  async run(context, scoring) {
    const costs = await currentCosts(context.store.db);
    const models = await scoreModels(context, scoring);
    await fillEffort(context, scoring, casesOf(costs.table));
    const efforts = await effortTotals(context, scoring);
    await fillProfit(context, scoring, costs.table, efforts);
    await keepSnapshot(context, scoring, { costs, models, efforts });
  },
};

async function fillProfit(
  { warehouse }: Stores,
  { at, timeZone, signal }: Scoring,
  table: CostTable,
  efforts: readonly EffortTotal[],
): Promise<void> {
  const prices = priceList(table, efforts);
  const [contracts] = await warehouse.rows<{ any: number }>('select count() > 0 as any from customer_model_month');
  const others = prices.length > 0 || contracts?.any === 1;
  const params = { ...priceParameters(prices), timeZone, now: warehouseTime(at) };
  // Orders alone are read in the order of their customers, and added up as they come.
  const slices = others ? await customerSlices(warehouse) : [EVERYBODY];
  const fill = async (into: string, columns: string, rows: (within: string, others: boolean) => string) => {
    for (const slice of slices) {
      await warehouse.command(
        `insert into ${into} (${columns}) ${rows(slice.within, others)}`,
        { ...params, ...slice.params },
        { signal, settings: { optimize_aggregation_in_order: 1 } },
      );
    }
  };
  await replaceTable(warehouse, 'customer_month', (next) =>
    fill(next, 'customer_id, month, orders, revenue, margin, cost_to_serve, profit, income, unknown_revenue, basis', byMonth),
  );
  await replaceTable(warehouse, 'customer_profit', (next) =>
    fill(
      next,
      'customer_id, revenue, margin, margin_basis, costs, cost_to_serve, profit, computed_at, incomes, income, unknown_revenue',
      inAll,
    ),
  );
}

const casesOf = ({ terms }: CostTable): string[] => terms.flatMap(({ kind, via }) => (kind === 'case' && via !== null ? [via] : []));
