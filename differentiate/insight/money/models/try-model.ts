// What a model would say of the base and of one customer, without keeping anything.
import type { Context } from '@vinculo/http';
import type { z } from 'zod';
import type { AccountFacts, ModelResult, ModelTrial } from '../../api/value-models.ts';
import { livingCustomer } from '../living-customer.ts';
import { writtenMonth } from '../profit-overview.ts';
import { checkModel, type Model, type ReadModel } from './check-model.ts';
import { modelSql } from './model-sql.ts';

type Stores = Pick<Context, 'store' | 'warehouse' | 'settings'>;
type Result = z.infer<typeof ModelResult>;

const MONTHS = 24;

/** @throws VIN_CUSTOMER_NOT_FOUND */
export async function tryModel(stores: Stores, { content, customerId }: z.infer<typeof ModelTrial>): Promise<Result> {
  const { read, problems } = checkModel(content);
  if (!read) return { problems, base: null, customer: null };
  const { timeZone } = await stores.settings.get();
  return {
    problems,
    base: await overBase(stores, read, timeZone),
    customer: customerId ? await overCustomer(stores, read, timeZone, customerId) : null,
  };
}

/** Of one number: divided by nothing, or so large that it is a mistake. Scoring leaves the same out. */
const NONE = '(not isFinite(x) or abs(x) >= 1e10)';
/** Terms as amounts that can be added: nothing where a number is none. */
const SAFE = `arrayMap(x -> if(${NONE}, 0, round(x, 4)), terms)`;

async function overBase({ warehouse }: Stores, read: ReadModel, timeZone: string): Promise<NonNullable<Result['base']>> {
  const { sql: contracts, params } = modelSql(read, timeZone);
  const { terms } = read.model;
  const signs = terms.map(({ side }) => (side === 'income' ? 1 : -1));
  const [sums] = await warehouse.rows<{
    customers: number;
    contracts: number;
    months: number;
    amounts: number[];
    undefined: number[];
    below: number;
  }>(
    `select toUInt32(count()) as customers, toUInt32(sum(accounts)) as contracts, toUInt32(sum(rows)) as months,
            sumForEach(own) as amounts, sumForEach(wrong) as undefined,
            toUInt32(countIf(arraySum(arrayMap((x, s) -> x * s, own, {signs:Array(Int8)})) < -0.005)) as below
       from (select customer_id, uniqExact(account_key) as accounts, count() as rows, sumForEach(${SAFE}) as own,
                    sumForEach(arrayMap(x -> toUInt32(${NONE}), terms)) as wrong
               from (${contracts}) group by customer_id)`,
    { ...params, signs },
  );
  const byMonth = await warehouse.rows<{ month: number; income: number; cost: number }>(
    `select toUInt32(month) as month, arraySum(arrayMap((x, s) -> if(s > 0, x, 0), sums, {signs:Array(Int8)})) as income,
            arraySum(arrayMap((x, s) -> if(s < 0, x, 0), sums, {signs:Array(Int8)})) as cost
       from (select month, sumForEach(${SAFE}) as sums from (${contracts}) group by month order by month desc limit ${MONTHS}) order by month`,
    { ...params, signs },
  );
  const results = resultsOf(terms, sums?.amounts ?? [], sums?.undefined ?? []);
  return {
    customers: sums?.customers ?? 0,
    contracts: sums?.contracts ?? 0,
    contractMonths: sums?.months ?? 0,
    ...sidesOf(results),
    belowZero: sums?.below ?? 0,
    terms: results,
    byMonth: byMonth.map(({ month, ...money }) => ({ month: writtenMonth(month), ...money })),
  };
}

async function overCustomer(
  { store, warehouse }: Stores,
  read: ReadModel,
  timeZone: string,
  asked: string,
): Promise<NonNullable<Result['customer']>> {
  const { id, name } = await livingCustomer(store.db, asked);
  const { sql: contracts, params } = modelSql(read, timeZone, id);
  const { terms, variables } = read.model;
  const rows = await warehouse.rows<{ month: number; account: string; product: string; values: number[]; terms: (number | null)[] }>(
    `select toUInt32(month) as month, account_key as account, product_key as product, values, arrayMap(x -> if(${NONE}, null, x), terms) as terms
       from (${contracts}) order by month desc, account limit 5000`,
    params,
  );
  const amounts = terms.map((_, n) => rows.reduce((sum, row) => sum + (row.terms[n] ?? 0), 0));
  const results = resultsOf(
    terms,
    amounts,
    terms.map((_, n) => rows.filter((row) => row.terms[n] === null).length),
  );
  return {
    id,
    name,
    ...sidesOf(results),
    terms: results,
    months: rows.slice(0, 200).map((row) => ({
      month: writtenMonth(row.month),
      account: row.account,
      product: row.product,
      values: Object.fromEntries(variables.map(({ name }, n) => [name, row.values[n] ?? 0])),
      terms: Object.fromEntries(terms.map(({ name }, n) => [name, row.terms[n] ?? null])),
    })),
  };
}

type TermResult = NonNullable<Result['base']>['terms'][number];

function resultsOf(terms: Model['terms'], amounts: readonly number[], wrong: readonly number[]): TermResult[] {
  return terms.map(({ name, label, side }, n) => ({ name, label, side, amount: amounts[n] ?? 0, undefined: wrong[n] ?? 0 }));
}

function sidesOf(results: readonly TermResult[]): { income: number; cost: number } {
  const sum = (side: TermResult['side']) => results.reduce((total, one) => total + (one.side === side ? one.amount : 0), 0);
  return { income: sum('income'), cost: sum('cost') };
}

/** What the imported facts offer: measures and kinds of contract, by how much there is of each. */
export async function accountFacts({ warehouse }: Stores): Promise<z.infer<typeof AccountFacts>> {
  const measures = await warehouse.rows<{ measure: string; rows: number; customers: number; from: string; to: string }>(
    `select toString(f.measure) as measure, toUInt32(count()) as rows, toUInt32(uniq(i.customer_id)) as customers,
            toString(toDate(min(f.occurred_at))) as from, toString(toDate(max(f.occurred_at))) as to
       from account_fact f final join (select record_id, customer_id from identity final) i on i.record_id = f.record_id
      group by measure order by rows desc, measure limit 200`,
  );
  const products = await warehouse.rows<{ product: string; contracts: number }>(
    `select toString(product_key) as product, toUInt32(uniq(record_id, account_key)) as contracts from account_fact final
      where product_key != '' group by product order by contracts desc, product limit 200`,
  );
  return { measures, products };
}
