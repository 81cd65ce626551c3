// What another cost table would do, before it applies: the units of effort are there, so only prices change.
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { CostsPreview } from '../api/costs.ts';
import { type CostTable, NO_COSTS, priceList, type UnitCost } from './cost-table.ts';
import { currentCosts } from './current-costs.ts';
import { pricedEffort, priceParameters } from './priced-effort.ts';
import { latestSnapshot } from './profit-snapshot.ts';
import { marginParameters } from './stated-margins.ts';

type Stores = Pick<Context, 'store' | 'warehouse' | 'settings'>;

const EXAMPLES = 5;

/**
 * Three statements of margins stand side by side: 0 what the scores were computed with, 1 the one in force, 2 the draft. The
 * scores may be older than the table in force, so both are told apart from them.
 */
const stated = (n: number) =>
  `coalesce(toDecimal64(paid * stated${n}, 4), toDecimal64(paid * {companyMargin${n}:Nullable(Decimal(9, 4))}, 4))`;
const statedOf = (n: number) =>
  `if(has({categories${n}:Array(String)}, category), arrayMap(m -> toDecimal64(m, 4), {categoryMargins${n}:Array(String)})[indexOf({categories${n}:Array(String)}, category)], null) as stated${n}`;

/** Sales without a cost of their own, under each of the three. */
const UNCOSTED = `
  select customer_id, ${[1, 2].map((n) => `sum(toFloat64(ifNull(left${n}, 0)) - toFloat64(ifNull(left0, 0))) as margin${n}, countIf(isNull(left${n})) as unknown${n}`).join(', ')}
    from (select customer_id, ${[0, 1, 2].map((n) => `${stated(n)} as left${n}`).join(', ')}
            from (select customer_id, amount as paid, ${[0, 1, 2].map(statedOf).join(', ')} from customer_line where basis > 0 and amount != 0))
   group by customer_id`;

interface Totals {
  customers1: number;
  customers2: number;
  below1: number;
  below2: number;
  unknown1: number;
  unknown2: number;
  profit1: number;
  profit2: number;
  fall: number;
  rise: number;
}

/** Compares a draft with the table in force. Nothing is kept. */
export async function previewCosts({ store, warehouse, settings }: Stores, draft: CostTable): Promise<z.infer<typeof CostsPreview>> {
  const [snapshot, current] = await Promise.all([latestSnapshot(store.db), currentCosts(store.db)]);
  const scored = snapshot?.costs ?? NO_COSTS;
  const tables = [scored, current.table, draft];
  const efforts = snapshot?.overview.efforts ?? [];
  const margins = tables.map(({ margins: stated }) => JSON.stringify(stated));
  const marginsChange = margins.some((one) => one !== margins[0]);

  // Every price with the table it belongs to as its term; what stays the same is left out, so that it need not be read.
  const lists = tables.map((table) => priceList(table, efforts));
  const changed = changedPrices(lists);
  const { timeZone } = await settings.get();
  const params = {
    timeZone,
    ...priceParameters(changed),
    ...Object.fromEntries(
      tables.flatMap((table, n) => Object.entries(marginParameters(table)).map(([name, value]) => [`${name}${n}`, value])),
    ),
  };
  const cost = (n: number) => `toFloat64(sumIf(cost, term = '${n}')) - toFloat64(sumIf(cost, term = '0'))`;
  const both = `
    select base + margin1 - cost1 as then1, base + margin2 - cost2 as then2, customer_id,
           (was or cost1 != 0) and ${marginsChange ? 'unknown1 = 0' : '(known or not was)'} as ok1,
           (was or cost2 != 0) and ${marginsChange ? 'unknown2 = 0' : '(known or not was)'} as ok2
      from (
        select customer_id, max(w) as was, max(k) as known, sum(b) as base, sum(c1) as cost1, sum(c2) as cost2, sum(m1) as margin1, sum(m2) as margin2,
               max(u1) as unknown1, max(u2) as unknown2
          from (
            select customer_id, 1 as w, isNotNull(profit) as k, toFloat64(ifNull(margin, 0) + income - cost_to_serve) as b,
                   0. as c1, 0. as c2, 0. as m1, 0. as m2, 0 as u1, 0 as u2
              from customer_profit
            union all
            select customer_id, 0, 0, 0., ${cost(1)}, ${cost(2)}, 0., 0., 0, 0 from (${pricedEffort()}) group by customer_id
            ${marginsChange ? `union all select customer_id, 0, 0, 0., 0., 0., margin1, margin2, unknown1, unknown2 from (${UNCOSTED})` : ''}
          )
         group by customer_id
      )`;
  // To four digits, as profit is kept: whoever is below zero there by a fraction of a cent is so here, and no dust of adding up is.
  const kept = (n: number) => `round(then${n}, 4)`;
  const [totals] = await warehouse.rows<Totals>(
    `select ${[1, 2]
      .map(
        (n) => `toUInt32(countIf(ok${n})) as customers${n}, toUInt32(countIf(ok${n} and ${kept(n)} < 0)) as below${n},
                toUInt32(countIf(not ok${n})) as unknown${n}, sumIf(then${n}, ok${n}) as profit${n}`,
      )
      .join(', ')},
            toUInt32(countIf(ok2 and ${kept(2)} < 0 and not (ok1 and ${kept(1)} < 0))) as fall,
            toUInt32(countIf(ok1 and ${kept(1)} < 0 and ok2 and ${kept(2)} >= 0)) as rise
       from (${both})`,
    params,
  );
  const examples = await warehouse.rows<{ id: string; before: number | null; after: number | null }>(
    `select toString(customer_id) as id, if(ok1, then1, null) as before, if(ok2, then2, null) as after
       from (${both}) where abs(then2 - then1) >= 0.005 order by abs(then2 - then1) desc, customer_id limit ${EXAMPLES}`,
    params,
  );
  const names = await namesOf(
    { store },
    examples.map(({ id }) => id),
  );
  const side = (n: 1 | 2) => ({
    customers: totals?.[`customers${n}`] ?? 0,
    belowZero: totals?.[`below${n}`] ?? 0,
    unknown: totals?.[`unknown${n}`] ?? 0,
    profit: totals?.[`profit${n}`] ?? 0,
  });
  return {
    before: side(1),
    after: side(2),
    fall: totals?.fall ?? 0,
    rise: totals?.rise ?? 0,
    examples: examples.flatMap(({ id, before, after }) => {
      const name = names.get(id);
      return name === undefined ? [] : [{ customerId: id, name, before, after }];
    }),
  };
}

/** Prices that are not the same in all tables, with the number of their table as the term. */
function changedPrices(lists: readonly UnitCost[][]): UnitCost[] {
  const effort = ({ kind, via }: UnitCost) => `${kind}\n${via}`;
  const written = lists.map((list) => {
    const prices = new Map<string, string>();
    for (const price of list) {
      prices.set(effort(price), `${prices.get(effort(price)) ?? ''}${price.from} ${price.to} ${price.amount};`);
    }
    return prices;
  });
  return lists.flatMap((list, n) =>
    list
      .filter((price) => new Set(written.map((prices) => prices.get(effort(price)))).size > 1)
      .map((price) => ({ ...price, term: String(n) })),
  );
}

/** Customers by the names people know them by. */
export async function namesOf({ store }: Pick<Context, 'store'>, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, display_name as name from customer where id = any(${ids}::uuid[]) and merged_into is null`.execute(store.db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
