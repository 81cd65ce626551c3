// A value model over the facts of contracts, as SQL: one row a contract and month, with the numbers that go in and the terms.
import { formulaSql, numberSql } from './evaluate-formula.ts';
import type { ReadModel } from './check-model.ts';

const COMBINED = {
  sum: (measure: string) => `sumIf(value, measure = ${measure})`,
  average: (measure: string) => `if(countIf(measure = ${measure}) = 0, 0., avgIf(value, measure = ${measure}))`,
  last: (measure: string) => `argMaxIf(value, at, measure = ${measure})`,
  highest: (measure: string) => `if(countIf(measure = ${measure}) = 0, 0., maxIf(value, measure = ${measure}))`,
};

export interface ModelSql {
  /** Columns customer_id, account_key, product_key, month, values (Array(Float64), as the variables stand), terms (Array(Float64), as the terms stand). */
  sql: string;
  params: Record<string, unknown>;
}

/** @param customer - reads the facts of this customer alone. */
export function modelSql({ model, formulas }: ReadModel, timeZone: string, customer?: string): ModelSql {
  const measure = (n: number) => `{measures:Array(String)}[${n + 1}]`;
  const columns = new Map([
    ...model.variables.map(({ name }, n): [string, string] => [name, `v[${n + 1}]`]),
    ...model.parameters.map(({ name, value }): [string, string] => [name, numberSql(value)]),
  ]);
  const values = model.variables.map(({ combine }, n) => `toFloat64(${COMBINED[combine](measure(n))})`);
  const sql = `
    select customer_id, account_key, product_key, month, v as values, cast([${formulas.map((one) => formulaSql(one, columns)).join(', ')}], 'Array(Float64)') as terms
      from (
        select customer_id, account_key, any(product) as product_key, month, cast([${values.join(', ')}], 'Array(Float64)') as v
          from (
            select i.customer_id as customer_id, f.source_id as source_id, f.account_key as account_key, toString(f.product_key) as product,
                   toYYYYMM(f.occurred_at, {timeZone:String}) as month, f.occurred_at as at, toString(f.measure) as measure, toFloat64(f.value) as value
              from account_fact f final
              join (select record_id, customer_id from identity final ${customer ? 'where customer_id = {customer:UUID}' : ''}) i on i.record_id = f.record_id
             where f.measure in {measures:Array(String)}
               and (empty({products:Array(String)}) or f.product_key in {products:Array(String)})
          )
         group by customer_id, source_id, account_key, month
      )`;
  const params = {
    measures: model.variables.map((one) => one.measure),
    products: model.products,
    timeZone,
    ...(customer ? { customer } : {}),
  };
  return { sql, params };
}

/** Money out of a Float64, to the ten-thousandth; nothing where it is no number. */
export const moneySql = (amount: string) =>
  `if(isFinite(${amount}) and abs(${amount}) < 1e10, toDecimal64(toInt64(round(${amount} * 10000)), 4) / 10000, toDecimal64(0, 4))`;
