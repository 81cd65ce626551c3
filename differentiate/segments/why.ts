// Why somebody is in a segment, or is not: the rule again, each condition with what is known and the facts behind it.
import { findCustomer } from '@vinculo/customer-file';
import type { Actor } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { CustomerSegments, Evidence, Why, WhyNode } from './api.ts';
import { binder, compile, factRows } from './compile.ts';
import { meaningOf, type Segments } from './environment.ts';
import type { FactBase } from './facts.ts';
import type { FactCondition, RuleNode } from './rule.ts';
import { findRow } from './segment-row.ts';

/** Facts shown of a condition. */
const SHOWN = 5;
const ONLY = 'select {customer:UUID}';

interface Asking {
  segments: Segments;
  customer: string;
  meaning: Awaited<ReturnType<typeof meaningOf>>['meaning'];
  worth: boolean;
}

export async function whyIn(segments: Segments, actor: Actor, segment: string, customerId: string): Promise<z.infer<typeof Why>> {
  const { context } = segments;
  const row = await findRow(context.store.db, segment);
  const { customer } = await findCustomer(context.store, customerId);
  const [member] = await context.warehouse.rows<{ since: string }>(
    `select formatDateTime(since, '%Y-%m-%dT%H:%i:%SZ', 'UTC') as since from segment_member m final
      where segment_id = {segment:UUID} and customer_id = {customer:UUID} and inside`,
    { segment, customer: customer.id },
  );
  const since = member?.since ?? null;
  if (!row.rule) return { inside: since !== null, since, addedBy: await addedBy(segments, segment, customer.id), rule: null };
  const { meaning } = await meaningOf(segments, [row.rule.where]);
  const rule = await explain({ segments, customer: customer.id, meaning, worth: actor.permissions.has('value.read') }, row.rule.where);
  const whole = 'match' in rule ? rule : { match: 'all' as const, holds: rule.holds, of: [rule] };
  return { inside: since !== null, since, addedBy: null, rule: whole };
}

async function addedBy({ context }: Segments, segment: string, customer: string): Promise<string | null> {
  const { rows } = await sql<{ added_by: string }>`
    select added_by from segment_entry where segment_id = ${segment} and customer_id = ${customer}`.execute(context.store.db);
  return rows[0]?.added_by ?? null;
}

async function explain(asking: Asking, node: RuleNode): Promise<WhyNode | z.infer<typeof Evidence>> {
  if (node.kind === 'group') {
    const of = [];
    for (const part of node.of) of.push(await explain(asking, part));
    const some = of.some(({ holds }) => holds);
    const holds = node.of.length === 0 || (node.match === 'any' ? some : node.match === 'none' ? !some : of.every((part) => part.holds));
    return { match: node.match, holds, of };
  }
  const holds = await holdsFor(asking, node);
  if (node.kind === 'fact') return { condition: node, holds, ...(await ofFact(asking, node)) };
  return { condition: node, holds, found: node.kind === 'field' ? await valueOf(asking, node.field) : holds === node.in, facts: [] };
}

async function holdsFor({ segments, customer, meaning }: Asking, node: RuleNode): Promise<boolean> {
  const { where, params } = compile(node, meaning, { only: ONLY, touched: false });
  const rows = await segments.context.warehouse.rows(
    `select 1 from customer_profile as p final where p.alive and p.customer_id = {customer:UUID} and (${where})`,
    { ...params, customer },
  );
  return rows.length > 0;
}

async function valueOf({ segments, customer, meaning, worth }: Asking, id: string): Promise<z.infer<typeof Evidence>['found']> {
  const field = meaning.fields.get(id)!;
  if (field.worth && !worth) return null;
  const { params } = compile({ kind: 'group', match: 'all', of: [] }, meaning, { only: ONLY, touched: false });
  const day = `formatDateTime(${field.sql}, '%Y-%m-%d')`;
  const value =
    field.kind === 'date'
      ? day
      : field.kind === 'number' || field.kind === 'money' || field.kind === 'share'
        ? `toFloat64(${field.sql})`
        : field.sql;
  const from = field.table
    ? `${field.table} as p where p.customer_id = {customer:UUID}`
    : 'customer_profile as p final where p.alive and p.customer_id = {customer:UUID}';
  const [row] = await segments.context.warehouse.rows<{ value: unknown }>(`select ${value} as value from ${from}`, { ...params, customer });
  const found = row?.value;
  if (found === undefined || found === null || found === '') return null;
  if (Array.isArray(found)) return found.map(String);
  if (field.kind === 'flag') return found === 1;
  if (typeof found === 'number') return found;
  const text = String(found);
  return field.kind === 'date' ? text : [await labelled(segments, id, text)];
}

async function labelled({ catalogue, context }: Segments, id: string, value: string): Promise<string> {
  const labels = await catalogue.get(id)?.labels?.(context.store);
  return labels?.find((one) => one.value === value)?.label ?? value;
}

/** What a fact is called in a line of evidence. */
const WHAT: Record<FactBase, string> = {
  order: 'store',
  line: `arrayStringConcat(arrayFilter(x -> x != '', [if(m.name = '', product_key, m.name), toString(category)]), ' · ')`,
  contact: 'topic',
  campaign_contact: 'campaign_key',
  redemption: 'coupon_key',
  event: `multiIf(length(products) > 0, if(m.name = '', products[1], m.name), search != '', concat('«', search, '»'), path != '', path, f.name)`,
};
const NAMES: Partial<Record<FactBase, string>> = {
  line: 'left any join (select product_key as key, name from product final) as m on m.key = f.product_key',
  event: 'left any join (select product_key as key, name from product final) as m on m.key = f.products[1]',
};
/** What came over it; coupons say nothing of that. */
const CHANNEL: Partial<Record<FactBase, string>> = { redemption: `''`, event: `if(type = 'screen', 'app', 'web')` };

async function ofFact(
  { segments, customer, meaning, worth }: Asking,
  node: FactCondition,
): Promise<Pick<z.infer<typeof Evidence>, 'found' | 'facts'>> {
  const values = binder();
  const {
    measure,
    base,
    rows,
    sql: measured,
  } = factRows(node, {
    ...meaning,
    whose: { only: ONLY, touched: false },
    bind: values.bind,
    inside: [],
  });
  const params = { ...values.params, customer, currency: meaning.currency, timeZone: meaning.clock.timeZone };
  const value = measure.kind === 'date' ? `formatDateTime(${measured}, '%Y-%m-%d')` : `toFloat64(${measured})`;
  const channel = CHANNEL[base] ?? 'channel';
  const amount = (base === 'order' || base === 'line') && worth ? 'toFloat64(amount)' : 'null';
  const [[found], facts] = await Promise.all([
    segments.context.warehouse.rows<{ value: number | string | null }>(
      `select ${value} as value from (${rows}) group by customer_id`,
      params,
    ),
    segments.context.warehouse.rows<{ at: string; what: string; amount: number | null; channel: string }>(
      `select formatDateTime(occurred_at, '%Y-%m-%dT%H:%i:%SZ', 'UTC') as at, toString(${WHAT[base]}) as what, ${amount} as amount, ${channel} as channel
         from (${rows}) as f ${NAMES[base] ?? ''} order by occurred_at desc limit ${SHOWN}`,
      params,
      { settings: { join_use_nulls: 0 } },
    ),
  ]);
  return { found: measure.worth && !worth ? null : (found?.value ?? measure.none), facts };
}

/** The segments and lists a customer is in today. */
export async function segmentsOf({ context }: Segments, customerId: string): Promise<z.infer<typeof CustomerSegments>> {
  const { customer } = await findCustomer(context.store, customerId);
  const { rows } = await sql<{ id: string; name: string; kind: 'rule' | 'list'; description: string }>`
    select id, name, kind, description from segment where archived_at is null and kind <> 'prospects' order by lower(name)`.execute(
    context.store.db,
  );
  const member = await context.warehouse.rows<{ id: string; since: string }>(
    `select toString(segment_id) as id, formatDateTime(since, '%Y-%m-%dT%H:%i:%SZ', 'UTC') as since from segment_member m final
      where segment_id in {segments:Array(UUID)} and customer_id = {customer:UUID} and inside`,
    { segments: rows.map(({ id }) => id), customer: customer.id },
  );
  const since = new Map(member.map((row) => [row.id, row.since]));
  return { items: rows.flatMap((row) => (since.has(row.id) ? [{ ...row, since: since.get(row.id)! }] : [])) };
}
