// The rule language read by its definition, over people in memory: what the SQL is compared with. Nothing here is shared with the
// compiler but the days of periods.
import { type Clock, dayOf, spanOf, startOfLast } from './period.ts';
import type { FactCondition, FieldCondition, LastPeriod, Operator, RuleNode, Value } from './rule.ts';
import { type Person, PRODUCTS } from './segments.fixture.ts';

/** Whether a rule holds for somebody. @param lists members by list; @param rules rules by segment. */
export function holdsFor(
  node: RuleNode,
  one: Person,
  clock: Clock,
  lists: ReadonlyMap<string, ReadonlySet<string>>,
  rules: ReadonlyMap<string, RuleNode>,
): boolean {
  switch (node.kind) {
    case 'group': {
      if (node.of.length === 0) return true;
      const parts = node.of.map((part) => holdsFor(part, one, clock, lists, rules));
      if (node.match === 'all') return parts.every(Boolean);
      return node.match === 'any' ? parts.some(Boolean) : !parts.some(Boolean);
    }
    case 'segment': {
      const rule = rules.get(node.segment);
      const inside = rule ? holdsFor(rule, one, clock, lists, rules) : lists.get(node.segment)!.has(one.id);
      return inside === node.in;
    }
    case 'field':
      return fieldHolds(node, one, clock);
    case 'fact':
      return factHolds(node, one, clock);
  }
}

type Known = string | number | boolean | Date | string[] | null;

function valueOf(field: string, one: Person, clock: Clock): Known {
  switch (field) {
    case 'kind':
    case 'province':
    case 'city':
      return one[field] || null;
    case 'age': {
      if (!one.birth) return null;
      const today = dayOf(clock.at, clock.timeZone);
      return Number(today.slice(0, 4)) - Number(one.birth.slice(0, 4)) - (today.slice(5) < one.birth.slice(5) ? 1 : 0);
    }
    case 'birth_month':
      return one.birth ? String(Number(one.birth.slice(5, 7))) : null;
    case 'has_email':
      return one.email !== '';
    case 'records':
      return one.records.length;
    case 'first_seen':
      return new Date(Math.min(Date.parse(one.seen), one.since ? Date.parse(`${one.since}T12:00:00Z`) : Infinity));
    case 'consent':
    case 'refused':
      return statements(one, field === 'consent');
    case 'score.risk':
      return one.risk;
    case 'score.tier':
      return one.risk === null ? null : one.tier || null;
  }
  throw new TypeError(field);
}

function statements(one: Person, granted: boolean): string[] {
  const newest = new Map<string, { granted: boolean; purpose: string; channel: string }>();
  for (const said of one.consents.toSorted((a, b) => a.at.localeCompare(b.at))) newest.set(`${said.purpose} ${said.channel}`, said);
  return [...newest.values()]
    .filter((said) => said.granted === granted)
    .flatMap(({ purpose, channel }) => [purpose, `${purpose}/${channel}`]);
}

function fieldHolds({ field, op, value }: FieldCondition, one: Person, clock: Clock): boolean {
  const known = valueOf(field, one, clock);
  const missing = known === null || (Array.isArray(known) && known.length === 0);
  if (op === 'known') return !missing;
  if (op === 'unknown') return missing;
  if (op === 'yes') return known === true;
  if (op === 'no') return known !== true;
  const wanted = value as string[];
  if (op === 'in' || op === 'not_in') {
    const has = (Array.isArray(known) ? known : missing ? [] : [String(known)]).some((each) => wanted.includes(each));
    return has === (op === 'in');
  }
  if (missing) return false;
  if (op === 'all') return wanted.every((each) => (known as string[]).includes(each));
  if (op === 'contains') return String(known).toLowerCase().includes(String(value).toLowerCase());
  return compared(known as number | Date, op, value!, clock);
}

function compared(known: number | Date, op: Operator, value: Value, clock: Clock): boolean {
  if (typeof known === 'number') {
    if (op === 'between') return known >= (value as number[])[0]! && known <= (value as number[])[1]!;
    const than = value as number;
    return { eq: known === than, gt: known > than, gte: known >= than, lt: known < than, lte: known <= than }[op as 'eq'];
  }
  const day = dayOf(known, clock.timeZone);
  if (op === 'before') return day < String(value);
  if (op === 'after') return day >= String(value);
  if (op === 'between') return day >= (value as string[])[0]! && day <= (value as string[])[1]!;
  const recent = known >= startOfLast(value as LastPeriod, clock);
  return op === 'in_last' ? recent : !recent;
}

interface Row {
  at: Date;
  by: Record<string, string>;
  /** Of what it has several. */
  several?: Record<string, readonly string[]>;
  order: string;
  amount: number;
}

function factHolds(node: FactCondition, one: Person, clock: Clock): boolean {
  const inPeriod = ({ at }: Row) => {
    if (!node.period) return true;
    const { from, until } = spanOf(node.period, clock);
    return (!from || at >= from) && (!until || at < until);
  };
  const is = (known: string, wanted: string) => (wanted.endsWith('*') ? known.startsWith(wanted.slice(0, -1)) : known === wanted);
  const meant = ({ by, several }: Row) =>
    (node.which ?? []).every((which) => {
      const known = several?.[which.by] ?? [by[which.by] ?? ''];
      return known.some((one) => which.is.some((wanted) => is(one, wanted))) !== (which.not ?? false);
    });
  const rows = rowsOf(node, one).filter((row) => inPeriod(row) && meant(row));
  const found = measureOf(node.measure, node.fact, rows, clock);
  if (node.op === 'known') return found !== null;
  if (node.op === 'unknown') return found === null;
  return found !== null && compared(found, node.op, node.value!, clock);
}

/** Whole orders, unless products are asked about. */
function rowsOf(node: FactCondition, one: Person): Row[] {
  const at = (text: string) => new Date(text);
  if (node.fact === 'contact')
    return one.contacts.map((row) => ({
      at: at(row.at),
      order: '',
      amount: 0,
      by: { channel: row.channel ?? '', direction: row.direction, topic: row.topic, outcome: row.outcome },
    }));
  if (node.fact === 'campaign')
    return one.campaigns.map((row) => ({
      at: at(row.at),
      order: '',
      amount: 0,
      by: { campaign: row.campaign, channel: row.channel ?? '', response: row.response },
    }));
  if (node.fact === 'event')
    return one.visits
      .filter(({ gone }) => !gone)
      .map((row) => ({
        at: at(row.at),
        order: '',
        amount: 0,
        by: { name: row.name, type: row.type, path: row.path, search: row.search },
        several: {
          product: row.products,
          category: [...row.categories, ...row.products.flatMap((key) => PRODUCTS[key]?.category || [])],
          brand: row.products.flatMap((key) => PRODUCTS[key]?.brand || []),
        },
      }));
  if (node.fact === 'redemption')
    return one.coupons.map((row) => ({ at: at(row.at), order: '', amount: 0, by: { coupon: row.coupon, campaign: row.campaign } }));
  const lines = one.lines.map((line) => ({
    at: at(line.at),
    order: line.order,
    amount: line.amount,
    by: { product: line.product, ...PRODUCTS[line.product]!, channel: line.channel ?? 'store', store: line.store ?? '1' } as Record<
      string,
      string
    >,
  }));
  const ofProducts =
    ['quantity', 'products', 'categories'].includes(node.measure) ||
    (node.which ?? []).some(({ by }) => ['product', 'category', 'subcategory', 'brand'].includes(by));
  if (ofProducts) return lines;
  const orders = grouped(lines);
  return orders.map((of) => ({
    at: new Date(Math.min(...of.map((line) => line.at.getTime()))),
    order: of[0]!.order,
    amount: of.reduce((sum, { amount }) => sum + amount, 0),
    by: of[0]!.by,
  }));
}

function grouped(lines: Row[]): Row[][] {
  const orders = new Map<string, Row[]>();
  for (const line of lines) orders.set(line.order, [...(orders.get(line.order) ?? []), line]);
  return [...orders.values()];
}

function measureOf(measure: string, fact: string, rows: Row[], clock: Clock): number | Date | null {
  const bought = fact === 'purchase' ? rows.filter(({ amount }) => amount > 0) : rows;
  const times = fact === 'purchase' ? new Set(bought.map(({ order }) => order)).size : rows.length;
  const total = rows.reduce((sum, { amount }) => sum + amount, 0);
  const distinct = (by: string) => new Set(bought.map((row) => row.by[by]).filter(Boolean)).size;
  const instants = bought.map(({ at }) => at.getTime());
  switch (measure) {
    case 'times':
      return times;
    case 'amount':
      return total;
    case 'average':
      return times === 0 ? null : total / times;
    case 'quantity':
      return bought.length;
    case 'products':
      return distinct('product');
    case 'categories':
      return distinct('category');
    case 'channels':
      return distinct('channel');
    case 'coupons':
      return distinct('coupon');
    case 'responses':
      return rows.filter(({ by }) => by.response !== '').length;
    case 'viewed':
      return rows.filter(({ by }) => by.name === 'Product Viewed').length;
    case 'added':
      return rows.filter(({ by }) => by.name === 'Product Added').length;
    case 'pages':
      return rows.filter(({ by }) => by.type !== 'track').length;
    case 'searches':
      return rows.filter(({ by }) => by.search !== '').length;
    case 'days':
      return new Set(rows.map(({ at }) => dayOf(at, clock.timeZone))).size;
    case 'last':
      return instants.length === 0 ? null : new Date(Math.max(...instants));
    case 'first':
      return instants.length === 0 ? null : new Date(Math.min(...instants));
  }
  throw new TypeError(measure);
}
