import { notFound } from '@vinculo/errors';
import type { z } from 'zod';
import { type Kysely, sql } from 'kysely';
import type { Actor, Store } from '@vinculo/postgres';
import type { ReviewField, ReviewPair } from '../api/review.ts';
import { maskField, seesPersonal } from '../identity/mask.ts';
import { type Traits, valueOf } from '../identity/traits.ts';
import { keeps } from './apply-verdict.ts';
import { inOrder, PAIR_COLUMNS, type PairRow, toRow } from './pair-row.ts';
import { ASKS, WITH_RECORDS } from './questions.ts';
import { sideOf } from './sides.ts';

type Pair = z.infer<typeof ReviewPair>;
type Field = z.infer<typeof ReviewField>;

interface Row extends PairRow {
  record_a: string;
  record_b: string;
  refusal: string | null;
  prior: number;
  weight: number;
  terms: [field: string, level: string, bits: number][];
  asks: boolean;
  customer_a: string;
  customer_b: string;
}

/** Everything a person needs to decide a pair, in one answer. @throws VIN_REVIEW_PAIR_NOT_FOUND */
export async function findPair({ db }: Pick<Store, 'db'>, actor: Actor, id: string): Promise<Pair> {
  const { rows } = await sql<Row>`
    select ${PAIR_COLUMNS}, p.record_a, p.record_b, p.refusal, p.prior, p.weight, p.terms, coalesce(${ASKS}, false) as asks,
           la.customer_id as customer_a, lb.customer_id as customer_b
      from review_pair p ${WITH_RECORDS} where p.id = ${id}`.execute(db);
  if (!rows[0]) throw notFound('review_pair', id);
  const row = inOrder(rows[0]);
  const owner = (record: string) => (record === row.record_a ? row.customer_a : row.customer_b);
  const [left, right] = [owner(row.a.id), owner(row.b.id)];
  const open = seesPersonal(actor);
  const customers = await customersOf(db, actor, row);
  const [a, b] = [customers.get(left)!, left === right ? null : customers.get(right)!];
  return {
    ...toRow(row, actor),
    asks: row.asks,
    refusal: row.refusal,
    masked: !open,
    fields: fieldsOf(row, open),
    prior: row.prior,
    weight: row.weight,
    terms: row.terms.map(([field, level, weight]) => ({ field, level, weight })),
    customerA: a.shown,
    customerB: b?.shown ?? null,
    consequences: await consequences(db, row, a, b),
  };
}

interface CustomerOfPair {
  id: string;
  records: string[];
  shown: Pair['customerA'];
}

async function customersOf(db: Kysely<unknown>, actor: Actor, { customer_a, customer_b }: Row): Promise<Map<string, CustomerOfPair>> {
  const { rows } = await sql<{ id: string; name: string; records: string[]; revenue: string | null; orders: number | null }>`
    select c.id, c.display_name as name, s.revenue, s.orders,
           array(select record_id from link where customer_id = c.id and valid_to is null order by record_id)::text[] as records
      from customer c left join customer_score s on s.customer_id = c.id
     where c.id in (${customer_a}, ${customer_b})`.execute(db);
  const worth = actor.kind === 'system' || actor.permissions.has('value.read');
  return new Map(
    rows.map(({ id, name, records, revenue, orders }) => [
      id,
      {
        id,
        records,
        shown: {
          id,
          name,
          records: records.length,
          revenue: worth && revenue !== null ? Number(revenue) : null,
          orders: worth ? orders : null,
        },
      },
    ]),
  );
}

async function consequences(db: Kysely<unknown>, row: Row, a: CustomerOfPair, b: CustomerOfPair | null): Promise<Pair['consequences']> {
  if (b) {
    const records = a.records.length + b.records.length;
    return {
      same: { does: 'merge', kept: (keeps(a, b) ? a : b).id, records },
      different: { does: 'stay', leaving: 0, staying: records },
    };
  }
  const leaving = (await sideOf(db, a.records, row)).length;
  return {
    same: { does: 'stay', kept: a.id, records: a.records.length },
    different: { does: 'split', leaving, staying: a.records.length - leaving },
  };
}

/** What each comparison reads of a record's traits, and how its parts are put together. A field not named here reads the trait of its own name. */
const PARTS: Record<string, { traits: readonly string[]; between: string }> = {
  surnames: { traits: ['surname1', 'surname2'], between: ' ' },
  full_name: { traits: ['given', 'surname1', 'surname2'], between: ' ' },
  phone: { traits: ['mobile', 'phone', 'phone2'], between: ' · ' },
  address: { traits: ['street', 'address_rest', 'postcode', 'city'], between: ', ' },
};
/** Not compared, but they help a person to decide. */
const BESIDES = ['gender', 'province', 'trade_name', 'contact_name', 'created_at'];

function fieldsOf({ pattern, terms, a, b }: Row, open: boolean): Field[] {
  const weights = new Map(terms.map(([field, , bits]) => [field, bits]));
  const compared = pattern
    .split(' ')
    .slice(1)
    .map((level) => level.split('=') as [string, string]);
  const shown = (field: string, traits: Traits) => {
    const { traits: names, between } = PARTS[field] ?? { traits: [field], between: ' ' };
    const values = names.map((name) => (open ? valueOf(traits, name) : maskField(name, valueOf(traits, name))));
    return [...new Set(values.filter(Boolean))].join(between);
  };
  const row = (field: string, level: string | null): Field => ({
    field,
    level,
    weight: level === null ? null : (weights.get(field) ?? 0),
    valueA: shown(field, a.traits),
    valueB: shown(field, b.traits),
  });
  return [...compared.map(([field, level]) => row(field, level)), ...BESIDES.map((field) => row(field, null))].filter(
    ({ valueA, valueB }) => valueA !== '' || valueB !== '',
  );
}
