// The facts of loyalty counted from raw rows, one customer after the other, as somebody with a pencil would. It shares nothing
// with the queries: what both say is right, or both have understood the definition alike.
import type { AwkwardShop, RawCustomer, RawLine } from './awkward-shop.fixture.ts';

export interface Visit {
  key: string;
  at: string;
  day: number;
  paid: number;
  /** 0…1: how far below the price on the shelf. */
  depth: number;
  store: string;
  channel: string;
  lines: RawLine[];
}
export interface Counted {
  visits: Visit[];
  /** What was paid of anything. */
  lines: RawLine[];
  counts: Record<string, number>;
  values: Record<string, number | null>;
  mainChannel: string;
  area: string;
  province: string;
  /** Of everything, returns too. */
  revenue: number;
  /** The lines that each sign is read of. */
  behind: Record<string, RawLine[]>;
}

const DAY_MS = 86_400_000;
const inMadrid = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Madrid', year: 'numeric', month: '2-digit', day: '2-digit' });
/** Days since 1970 of the calendar in Madrid. */
export const dayOf = (at: string): number =>
  Math.round(Date.parse(`${inMadrid.format(new Date(`${at.replace(' ', 'T')}Z`))}T00:00:00Z`) / DAY_MS);

const cents = (money: string | null) => Math.round(Number(money ?? 0) * 100);
const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);
const mean = (numbers: number[]) => sum(numbers) / numbers.length;
export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
}
/** Of all pairs of different ones, the share that are equal. */
function pairsAlike(list: (string | number)[]): number | null {
  if (list.length < 2) return null;
  let [alike, pairs] = [0, 0];
  for (let a = 0; a < list.length; a++)
    for (let b = a + 1; b < list.length; b++) {
      pairs++;
      if (list[a] === list[b]) alike++;
    }
  return alike / pairs;
}
const kappa = (observed: number | null, chance: number) => (observed === null ? null : (observed - chance) / (1 - chance));

const inTheCompanysMoney = ({ currency }: RawLine) => currency === 'EUR' || currency === '';
const isPaid = (line: RawLine) => cents(line.amount) > 0;
const beforeCoupon = (line: RawLine) => cents(line.amount) + cents(line.coupon);
const shelf = (line: RawLine) =>
  Math.max(0, line.list === null ? cents(line.amount) + cents(line.discount) + cents(line.coupon) : cents(line.list));
const isReduced = (line: RawLine) =>
  cents(line.discount) > 0 || (line.list !== null && cents(line.list) > cents(line.amount) + cents(line.discount) + cents(line.coupon));
const isPriced = (line: RawLine) => line.product !== '' && Number(line.quantity) > 0 && isPaid(line) && beforeCoupon(line) > 0;
const unitPrice = (line: RawLine) => beforeCoupon(line) / Number(line.quantity);

/** Cents that a unit of each product usually costs, before coupons. */
export function usualPrices(raw: AwkwardShop): Map<string, number> {
  const prices = new Map<string, number[]>();
  for (const line of raw.lines.filter(inTheCompanysMoney).filter(isPriced))
    prices.set(line.product, [...(prices.get(line.product) ?? []), unitPrice(line)]);
  return new Map([...prices].map(([product, units]) => [product, median(units)]));
}

/** Everybody's, by name; only who has visited. */
export function countByHand(raw: AwkwardShop, today: number): Map<string, Counted> {
  const people = raw.customers.map((customer) => ({ customer, ...bought(raw, customer) }));
  const buyers = people.filter(({ visits }) => visits.length > 0);

  const usual = usualPrices(raw);
  const everyVisit = buyers.flatMap(({ visits }) => visits);
  const chanceOf = (which: 'store' | 'channel') => {
    const known = everyVisit.map((visit) => visit[which]).filter((name) => name !== '');
    return sum([...new Set(known)].map((name) => (known.filter((other) => other === name).length / known.length) ** 2));
  };
  const [sameStore, sameChannel] = [chanceOf('store'), chanceOf('channel')];

  const homes = new Map(raw.customers.map((customer) => [customer.name, homeOf(raw, customer)]));
  const local = new Map<string, string>();
  for (const area of new Set([...homes.values()].map((home) => home.area))) {
    const neighbours = buyers.filter(({ customer }) => homes.get(customer.name)!.area === area);
    if (area === '' || neighbours.length < 10) continue;
    const stores = neighbours.flatMap(({ visits }) => visits.map(({ store }) => store)).filter((store) => store !== '');
    const times = (name: string) => stores.filter((store) => store === name).length;
    // Of two that are as usual, the last of the alphabet: any would do, as long as it is the same each night.
    const [best] = [...new Set(stores)].toSorted((a, b) => times(b) - times(a) || (a < b ? 1 : -1));
    if (best !== undefined) local.set(area, best);
  }

  return new Map(
    buyers.map(({ customer, visits, lines, revenue, rewarded }) => {
      const { area, province } = homes.get(customer.name)!;
      const days = [...new Set(visits.map(({ day }) => day))];
      const gaps = days.slice(1).map((day, i) => day - days[i]!);
      const first = days[0]!;
      const age = Math.max(0, today - first);
      const placed = visits.filter(({ store }) => store !== '');
      const reached = visits.filter(({ channel }) => channel !== '');
      const spent = sum(visits.map(({ paid }) => paid));
      const known = lines.filter(({ product }) => product !== '');
      const sorted = lines.filter(({ product }) => categoryOf(raw, product) !== '');
      const priced = lines.filter(isPriced);
      const reduced = lines.filter(isReduced);
      const withCoupon = visits.filter(
        (visit) => visit.lines.some((line) => cents(line.amount) >= 0 && cents(line.coupon) > 0) || rewarded(visit),
      );
      const mine = <T extends { record: string }>(rows: T[]) => rows.filter(({ record }) => customer.records.includes(record));
      const mailings = mine(raw.mailings);
      const responded = mailings.filter(({ response, respondedAt }) => response !== '' || respondedAt !== null);
      const contacts = mine(raw.contacts);
      const named = (words: RegExp) => contacts.filter(({ topic }) => words.test(topic));
      const answers = named(/encuesta|survey|satisf|\bnps\b|valoraci/i)
        .map(({ outcome }) => answerOf(outcome))
        .filter((answer) => answer !== null);
      const complaints = contacts.filter(
        ({ direction, topic, outcome }) =>
          direction !== 'out' && /queja|reclam|complain|claim|grievance|incidencia/i.test(`${topic} ${outcome}`),
      );
      const referrals = named(/recom|referral|referid/i).filter(({ direction }) => direction !== 'out');
      const lineMoney = sum(lines.map(({ amount }) => cents(amount)));
      const of = (products: string[], categories: string[]) =>
        lines.filter(({ product }) => products.includes(product) || categories.includes(categoryOf(raw, product)));
      const exclusive = of(raw.stated.exclusive_product, raw.stated.exclusive_category);
      const contract = of(raw.stated.contract_product, raw.stated.contract_category);
      const lonely = raw.stated.no_rival_province.includes(province)
        ? visits
        : visits.filter(({ store }) => raw.stated.no_rival_store.includes(store));
      const middle = (first + today) / 2;
      const late = sum(visits.filter(({ day }) => day > middle).map(({ paid }) => paid));
      const basket = spent / visits.length;
      const neighbours = local.get(area);
      const allOf = (some: Visit[]) => some.flatMap((visit) => visit.lines);
      const money = (some: RawLine[]) => sum(some.map(({ amount }) => cents(amount)));
      const counted: Counted = {
        visits,
        lines,
        revenue: revenue / 100,
        area,
        province,
        mainChannel: mostFrequent(reached.map(({ channel }) => channel)),
        counts: {
          visits: visits.length,
          days: days.length,
          gaps: gaps.length,
          pairs: visits.length - 1,
          placed: placed.length,
          reached: reached.length,
          lines: lines.length,
          known: known.length,
          sorted: sorted.length,
          priced: priced.length,
          contacted: mailings.length,
          surveys: answers.length,
          referrals: referrals.length,
          complaints: complaints.length,
          discounted: reduced.length,
          coupon_visits: withCoupon.length,
          responded: responded.length,
        },
        values: {
          pace: (days.length * 30) / Math.max(60, age),
          regularity: gaps.length < 3 ? null : 1 - Math.sqrt(mean(gaps.map((gap) => (gap - mean(gaps)) ** 2))) / mean(gaps),
          weekday: kappa(pairsAlike(days.map((day) => day % 7)), 1 / 7),
          sameness: known.length < 4 ? null : pairsAlike(known.map(({ product }) => product)),
          variety: sorted.length < 4 ? null : 1 - pairsAlike(sorted.map(({ product }) => categoryOf(raw, product)))!,
          basket: basket / 100,
          growth: age < 120 || visits.length < 4 ? null : Math.log2((late + basket) / (spent - late + basket)),
          tenure: age,
          store: sameStore > 0.95 ? null : kappa(pairsAlike(placed.map(({ store }) => store)), sameStore),
          near:
            neighbours === undefined || placed.length === 0
              ? null
              : placed.filter(({ store }) => store === neighbours).length / placed.length,
          channel: sameChannel > 0.95 ? null : kappa(pairsAlike(reached.map(({ channel }) => channel)), sameChannel),
          deals: lines.length === 0 ? null : reduced.length / lines.length,
          price: priced.length === 0 ? null : mean(priced.map((line) => Math.log(usual.get(line.product)! / unitPrice(line)))),
          stockpile: visits.length < 6 ? null : correlation(visits),
          coupons: withCoupon.length / visits.length,
          mailing: mailings.length === 0 ? null : responded.length / mailings.length,
          survey: answers.length === 0 ? null : mean(answers),
          referral: referrals.length,
          complaint: complaints.length / (1 + visits.length / 20),
          exclusive: lineMoney > 0 ? money(exclusive) / lineMoney : 0,
          contract: lineMoney > 0 ? money(contract) / lineMoney : 0,
          no_rival: lonely.length / visits.length,
        },
        behind: {
          ...Object.fromEntries(
            ['pace', 'regularity', 'weekday', 'basket', 'growth', 'tenure', 'stockpile'].map((sign) => [sign, allOf(visits)]),
          ),
          store: allOf(placed),
          near: allOf(placed),
          channel: allOf(reached),
          no_rival: allOf(lonely),
          coupons: allOf(withCoupon),
          sameness: known,
          variety: sorted,
          deals: reduced,
          price: priced,
          exclusive,
          contract,
        },
      };
      return [customer.name, counted] as const;
    }),
  );
}

/** What each customer has brought in all, of those who have bought or brought back anything. */
export function revenueByHand(raw: AwkwardShop): Map<string, number> {
  const all = raw.customers.map(({ name, records }) => ({
    name,
    lines: raw.lines.filter((line) => records.includes(line.record) && inTheCompanysMoney(line)),
  }));
  return new Map(
    all.filter(({ lines }) => lines.length > 0).map(({ name, lines }) => [name, sum(lines.map(({ amount }) => cents(amount)))]),
  );
}

function bought(raw: AwkwardShop, { records }: RawCustomer) {
  const mine = raw.lines.filter((line) => records.includes(line.record) && inTheCompanysMoney(line));
  const orders = new Map<string, RawLine[]>();
  for (const [n, line] of mine.entries()) {
    const key = line.order === '' ? `line ${n}` : line.order;
    orders.set(key, [...(orders.get(key) ?? []), line]);
  }
  const visits = [...orders]
    .map(([key, lines]): Visit => {
      const at = lines.map((line) => line.at).toSorted()[0]!;
      const listed = sum(lines.map(shelf));
      const off = sum(lines.map((line) => cents(line.discount) + cents(line.coupon)));
      // What came back was not bought cheap.
      const below = listed - sum(lines.map(({ amount }) => Math.max(0, cents(amount))));
      return {
        key,
        at,
        day: dayOf(at),
        paid: sum(lines.map(({ amount }) => cents(amount))),
        depth: listed > 0 ? Math.min(1, Math.max(0, off, below) / listed) : 0,
        store: lines[0]!.store,
        channel: lines[0]!.channel,
        lines,
      };
    })
    .filter(({ paid }) => paid > 0)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const redemptions = raw.redemptions.filter(({ record }) => records.includes(record));
  return {
    visits,
    lines: mine.filter(isPaid),
    revenue: sum(mine.map(({ amount }) => cents(amount))),
    /** A reward belongs to its order; without one, to what was bought that day. */
    rewarded: (visit: Visit) => redemptions.some(({ order, at }) => (order === '' ? dayOf(at) === visit.day : order === visit.key)),
  };
}

const categoryOf = (raw: AwkwardShop, product: string) => raw.categories.get(product) ?? '';

function homeOf(raw: AwkwardShop, { records }: RawCustomer): { area: string; province: string } {
  const told = raw.homes.filter(({ record }) => records.includes(record)).toSorted((a, b) => (a.changedAt < b.changedAt ? 1 : -1));
  return {
    area: told.find(({ postcode }) => postcode.length > 3)?.postcode.slice(0, -2) ?? '',
    province: told.find(({ province }) => province !== '')?.province ?? '',
  };
}

function mostFrequent(names: string[]): string {
  const times = (name: string) => names.filter((other) => other === name).length;
  return names.toSorted((a, b) => times(b) - times(a))[0] ?? '';
}

/** 0…1 of an answer as people write it down. */
function answerOf(outcome: string): number | null {
  const [, number, , scale] = /(\d+([.,]\d+)?)(?:.*?(?:\/|de|of)\s*(\d+))?/.exec(outcome) ?? [];
  if (number !== undefined) {
    const told = Number(number.replace(',', '.'));
    return Math.min(1, told / Math.max(1, Number(scale ?? (told > 10 ? 100 : 10))));
  }
  return /detractor/i.test(outcome) ? 0.1 : null;
}

/** Pearson's, of how cheap a visit was with the days until the next; null where either never differs. */
function correlation(visits: Visit[]): number | null {
  const x = visits.slice(0, -1).map(({ depth }) => depth);
  const y = visits.slice(1).map(({ day }, i) => day - visits[i]!.day);
  const deviations = (list: number[]) => list.map((n) => n - mean(list));
  const [dx, dy] = [deviations(x), deviations(y)];
  const spread = Math.sqrt(sum(dx.map((d) => d * d)) * sum(dy.map((d) => d * d)));
  return spread < 1e-9 ? null : sum(dx.map((d, i) => d * dy[i]!)) / spread;
}
