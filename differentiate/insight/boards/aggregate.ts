// Measures told apart by dimensions, over a stretch of days: the SQL of every card.
import type { Warehouse } from '@vinculo/warehouse';
import { addDaysOf, addFilters, type Conditions, conditions, dayOf, type Filters, type Query } from './conditions.ts';
import { TRAITS } from './facts.ts';
import { BOUGHT, type DimensionName, type FactTable, isTime, MEASURE, type Measure, type MeasureName } from './measures.ts';
import type { Grain, Stretch } from './periods.ts';

export interface Asked {
  measure: MeasureName;
  stretch: Stretch;
  /** Of those who return: the stretch before. */
  earlier?: Stretch | undefined;
  filters: readonly Filters[];
}

/** How long a card may take before it is told that it is too much. */
const SETTINGS = { max_execution_time: 20 };
/** More parts than anybody looks at. */
const MOST = 2_000;

/** Where the time begins that a day lies in. */
const GRAIN: Record<Grain, (day: string) => string> = {
  day: (day) => day,
  week: (day) => `toMonday(${day})`,
  month: (day) => `toStartOfMonth(${day})`,
  quarter: (day) => `toStartOfQuarter(${day})`,
  year: (day) => `toStartOfYear(${day})`,
};
const LENGTH: Record<Grain, string> = {
  day: 'toIntervalDay(1)',
  week: 'toIntervalDay(7)',
  month: 'toIntervalMonth(1)',
  quarter: 'toIntervalMonth(3)',
  year: 'toIntervalMonth(12)',
};
const DIRECT: Record<FactTable, readonly string[]> = {
  fact_order: ['channel', 'store', 'source', ...TRAITS],
  fact_category: ['category', 'channel', 'store', 'source'],
  fact_contact: ['channel', 'source', 'campaign', ...TRAITS],
  fact_customer: TRAITS,
  customer_month: [],
};

/** One part of the whole: the value is null where nothing is known. */
export interface Part {
  key: string;
  value: number | null;
}

/** The measure over everything. */
export async function total(warehouse: Warehouse, asked: Asked): Promise<number | null> {
  const { sql, params } = whole(asked);
  const [row] = await warehouse.rows<{ value: number | null }>(sql, params, { settings: SETTINGS });
  return finite(row?.value);
}

/** The measure by each value of a dimension: of time in its order, of others the largest first. */
export async function parts(warehouse: Warehouse, asked: Asked, dimension: DimensionName): Promise<Part[]> {
  const { sql, params } =
    MEASURE[asked.measure].returning && isTime(dimension) ? returningByTime(asked, dimension) : byDimension(asked, [dimension]);
  const rows = await warehouse.rows<{ key0: string; value: number | null }>(sql, params, { settings: SETTINGS });
  return rows.map(({ key0, value }) => ({ key: key0, value: finite(value) }));
}

/** The measure by two dimensions at once, the largest first. */
export async function flows(warehouse: Warehouse, asked: Asked, from: DimensionName, to: DimensionName) {
  const { sql, params } = byDimension(asked, [from, to]);
  const rows = await warehouse.rows<{ key0: string; key1: string; value: number | null }>(sql, params, { settings: SETTINGS });
  return rows.map(({ key0, key1, value }) => ({ from: key0, to: key1, value: finite(value) ?? 0 }));
}

const finite = (value: number | null | undefined): number | null =>
  value === null || value === undefined || !Number.isFinite(value) ? null : value;

/** The table a question is asked of: about categories, the one that knows them. */
export function tableOf({ measure: name, filters }: Asked, dimensions: readonly DimensionName[] = []): { table: FactTable; sql: string } {
  const measure = MEASURE[name];
  const aboutCategories = dimensions.includes('category') || filters.some(({ category }) => category !== undefined);
  return aboutCategories && measure.byCategory
    ? { table: 'fact_category', sql: measure.byCategory }
    : { table: measure.table, sql: measure.sql };
}

function whole(asked: Asked): Query {
  const { table, sql } = tableOf(asked);
  const where = conditions();
  addFilters(where, table, ...asked.filters);
  const value = valueOf(asked, sql, where, table);
  return { sql: `select ${value} as value from ${table}${where.where()}`, params: where.params };
}

/** The measure's own SQL; of those who return, the overlap of two stretches, counted exactly. */
function valueOf(asked: Asked, sql: string, where: Conditions, table: FactTable): string {
  const measure = MEASURE[asked.measure];
  if (!measure.returning) {
    addDaysOf(where, table, asked.stretch);
    return `toFloat64(${sql})`;
  }
  const { from, to } = asked.stretch;
  // Nothing comes before «todo»: nobody can return.
  const earlier = asked.earlier ?? { from: '1970-01-01', to: '1970-01-01' };
  const during = (range: { from: string; to: string }) =>
    `day between ${where.bind(range.from, 'Date')} and ${where.bind(range.to, 'Date')}`;
  const was = during(earlier);
  const is = during({ from, to });
  where.add(`(${was} or ${is}) and ${BOUGHT}`);
  const again = `bitmapAndCardinality(groupBitmapStateIf(customer_no, ${was}), groupBitmapStateIf(customer_no, ${is}))`;
  return share(measure, again, `groupBitmapIf(customer_no, ${was})`);
}

const share = ({ returning }: Measure, again: string, all: string): string =>
  `if(${all} = 0, null, ${returning === 'again' ? '' : '1 - '}${again} / ${all})`;

/**
 * Of those who bought in a bucket, the share who did in the next: nobody where nobody bought, unknown where nobody had before. The
 * last one may not be over.
 */
function returningByTime(asked: Asked, grain: Grain): Query {
  const { table } = tableOf(asked);
  const measure = MEASURE[asked.measure];
  const where = conditions();
  addFilters(where, table, ...asked.filters);
  addDaysOf(where, table, { from: asked.earlier?.from ?? asked.stretch.from, to: asked.stretch.to });
  where.add(BOUGHT);
  const start = GRAIN[grain]('day');
  const [from, to] = [asked.stretch.from, asked.stretch.to].map((day) => where.bind(day, 'Date'));
  const length = LENGTH[grain];
  const before = `states[indexOf(starts, point - ${length})]`;
  const again = `if(has(starts, point), bitmapAndCardinality(states[indexOf(starts, point)], ${before}), 0)`;
  return {
    sql: `
      select toString(point) as key0, if(has(starts, point - ${length}), ${share(measure, again, `bitmapCardinality(${before})`)}, null) as value
        from (select groupArray(start) as starts, groupArray(state) as states
                from (select ${start} as start, groupBitmapState(customer_no) as state from ${table}${where.where()} group by start order by start))
       array join arrayDistinct(arrayConcat(starts, arrayMap(one -> toDate(one + ${length}), starts))) as point
       where point >= ${GRAIN[grain](from!)} and point <= ${to} order by point`,
    params: where.params,
  };
}

function byDimension(asked: Asked, dimensions: readonly DimensionName[]): Query {
  const { table, sql } = tableOf(asked, dimensions);
  const where = conditions();
  addFilters(where, table, ...asked.filters);
  const value = valueOf(asked, sql, where, table);
  const { from, keys } = source(table, dimensions);
  const names = keys.map((_, n) => `key${n}`);
  const timely = dimensions.length === 1 && isTime(dimensions[0]!);
  return {
    sql: `select ${keys.map((key, n) => `toString(${key}) as key${n}`).join(', ')}, ${value} as value
            from ${from}${where.where()}
           group by ${keys.join(', ')} order by ${timely ? 'key0' : `value desc nulls last, ${names.join(', ')}`} limit ${MOST}`,
    params: where.params,
  };
}

/** Where the keys come from: the table's own columns, or what its customers are. */
export function source(table: FactTable, dimensions: readonly DimensionName[]): { from: string; keys: string[] } {
  let from: string = table;
  const who = table === 'customer_month' ? 'customer_id' : 'customer_no';
  const keys = dimensions.map((dimension, n) => {
    if (isTime(dimension)) return GRAIN[dimension](dayOf(table));
    if (DIRECT[table].includes(dimension)) return dimension;
    const traits =
      dimension === 'segment'
        ? `select ${who}, toString(segment_id) as trait${n} from (select segment_id, customer_id from segment_member final where inside = 1) as m
             join (select customer_no, customer_id from fact_customer) as c using (customer_id)`
        : `select ${who}, toString(${dimension}) as trait${n} from fact_customer`;
    from += ` join (${traits}) as t${n} using (${who})`;
    return `trait${n}`;
  });
  return { from, keys };
}
