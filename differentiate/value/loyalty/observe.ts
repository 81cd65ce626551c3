// What can be seen of a customer: their history in, the facts that signs are read of out. The warehouse of Vínculo computes the
// same in SQL; a test holds the two together.
import type { LoyaltySign } from './signs.ts';

/** An order with something paid. */
export interface LoyaltyVisit {
  /** Days since any fixed day, whole; 0 is a Monday. */
  day: number;
  paid: number;
  /** Discounts and coupons. */
  saved: number;
  /** Before them. */
  listed: number;
  /** '' unknown, like channel. */
  store: string;
  channel: string;
}

export interface LoyaltyLine {
  product: string;
  category: string;
  quantity: number;
  paid: number;
  /** Of the paid, what a coupon took off besides. */
  coupon: number;
  discounted: boolean;
}

export interface LoyaltyHistory {
  /** Oldest first. */
  visits: readonly LoyaltyVisit[];
  lines: readonly LoyaltyLine[];
  /** Visits with a coupon or a reward. */
  couponVisits: number;
  /** Campaigns that reached them, and those they answered. */
  contacted: number;
  responded: number;
  /** Answers to surveys, 0…1. */
  surveys: readonly number[];
  referrals: number;
  complaints: number;
  /** Where people who live near each other live: a part of the postcode; '' unknown. */
  area: string;
  province: string;
}

/** What the company says of its market. */
export interface MarketFacts {
  exclusiveProducts: ReadonlySet<string>;
  exclusiveCategories: ReadonlySet<string>;
  contractProducts: ReadonlySet<string>;
  contractCategories: ReadonlySet<string>;
  provincesWithoutRival: ReadonlySet<string>;
  storesWithoutRival: ReadonlySet<string>;
}

/** What all customers together tell: measured once, then used for each. */
export interface LoyaltyMarket {
  /** What a unit of each product usually costs: the median of what was paid before coupons. */
  usualPrice: ReadonlyMap<string, number>;
  /** The store where the people of an area buy most. */
  localStore: ReadonlyMap<string, string>;
  /** Probability that two visits of anybody are in the same store, or through the same channel. */
  sameStore: number;
  sameChannel: number;
}

/** A fact and how many observations it rests on; `value` is null where it cannot be known. */
export interface Observed {
  value: number | null;
  n: number;
}
export type LoyaltyFacts = Record<LoyaltySign, Observed>;

/** An area with fewer people tells nothing of where its people buy. */
export const AREA_LEAST = 10;
/** Where nearly all visits are in one store, or by one channel, being faithful to it says nothing. */
export const ONE_FOR_ALL = 0.95;
const PACE_FLOOR = 60;
const GROWTH_FLOOR = 120;
const LEAST_GAPS = 3;
const LEAST_PAIRS = 5;

export function measureMarket(histories: readonly LoyaltyHistory[]): LoyaltyMarket {
  const prices = new Map<string, number[]>();
  const people = new Map<string, number>();
  const visitsOf = new Map<string, Map<string, number>>();
  const stores = new Map<string, number>();
  const channels = new Map<string, number>();
  for (const { visits, lines, area } of histories) {
    for (const line of lines)
      if (line.paid > 0 && line.quantity > 0) (prices.get(line.product) ?? set(prices, line.product, [])).push(unitPrice(line));
    if (area !== '') add(people, area);
    for (const { store, channel } of visits) {
      if (store !== '') add(stores, store);
      if (channel !== '') add(channels, channel);
      if (store !== '' && area !== '') add(visitsOf.get(area) ?? set(visitsOf, area, new Map<string, number>()), store);
    }
  }
  const local = [...visitsOf].filter(([area]) => people.get(area)! >= AREA_LEAST);
  return {
    usualPrice: new Map([...prices].map(([product, paid]) => [product, median(paid)])),
    localStore: new Map(local.map(([area, counts]) => [area, [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0]])),
    sameStore: sameOf(stores),
    sameChannel: sameOf(channels),
  };
}

/** @param at the day it is about, counted like those of the visits. */
export function observeLoyalty(history: LoyaltyHistory, market: LoyaltyMarket, stated: MarketFacts, at: number): LoyaltyFacts {
  const { visits, lines, contacted, responded, surveys } = history;
  const days = [...new Set(visits.map(({ day }) => day))];
  const first = days[0] ?? at;
  // A till whose clock is fast sells tomorrow.
  const age = Math.max(0, at - first);
  const gaps = days.slice(1).map((day, i) => day - days[i]!);
  const placed = visits.filter(({ store }) => store !== '');
  const reached = visits.filter(({ channel }) => channel !== '');
  const local = market.localStore.get(history.area);
  const spent = sum(visits.map(({ paid }) => paid));
  const known = lines.filter(({ product }) => product !== '');
  const sorted = lines.filter(({ category }) => category !== '');
  const priced = known.filter(({ paid, quantity, product }) => paid > 0 && quantity > 0 && market.usualPrice.has(product));
  const bought = sum(lines.map(({ paid }) => paid));
  const shareOf = (products: ReadonlySet<string>, categories: ReadonlySet<string>) =>
    bought > 0
      ? sum(lines.filter(({ product, category }) => products.has(product) || categories.has(category)).map(({ paid }) => paid)) / bought
      : 0;
  const pairs = visits.slice(1).map((visit, i) => ({ depth: depthOf(visits[i]!), gap: visit.day - visits[i]!.day }));

  return {
    pace: seen((days.length * 30) / Math.max(PACE_FLOOR, age), days.length),
    regularity: seen(gaps.length < LEAST_GAPS ? null : 1 - deviation(gaps) / mean(gaps), gaps.length),
    weekday: seen(beyond(sameAmong(days.map((day) => day % 7)), 1 / 7), days.length),
    sameness: seen(known.length < 4 ? null : sameAmong(known.map(({ product }) => product)), known.length),
    variety: seen(sorted.length < 4 ? null : 1 - sameAmong(sorted.map(({ category }) => category))!, sorted.length),
    basket: seen(visits.length ? spent / visits.length : null, visits.length),
    growth: seen(growthOf(visits, first, at), visits.length),
    tenure: seen(age, visits.length),
    store: seen(
      market.sameStore > ONE_FOR_ALL ? null : beyond(sameAmong(placed.map(({ store }) => store)), market.sameStore),
      placed.length,
    ),
    near: seen(
      local === undefined || placed.length === 0 ? null : placed.filter(({ store }) => store === local).length / placed.length,
      placed.length,
    ),
    channel: seen(
      market.sameChannel > ONE_FOR_ALL ? null : beyond(sameAmong(reached.map(({ channel }) => channel)), market.sameChannel),
      reached.length,
    ),
    deals: seen(lines.length ? lines.filter(({ discounted }) => discounted).length / lines.length : null, lines.length),
    price: seen(
      priced.length ? mean(priced.map((line) => Math.log(market.usualPrice.get(line.product)! / unitPrice(line)))) : null,
      priced.length,
    ),
    stockpile: seen(pairs.length < LEAST_PAIRS ? null : correlation(pairs), pairs.length),
    coupons: seen(visits.length ? Math.min(1, history.couponVisits / visits.length) : null, visits.length),
    mailing: seen(contacted ? responded / contacted : null, contacted),
    survey: seen(surveys.length ? mean(surveys) : null, surveys.length),
    referral: seen(history.referrals, 1),
    complaint: seen(history.complaints / (1 + visits.length / 20), 1),
    exclusive: seen(shareOf(stated.exclusiveProducts, stated.exclusiveCategories), visits.length),
    contract: seen(shareOf(stated.contractProducts, stated.contractCategories), visits.length),
    no_rival: seen(noRival(history, stated), visits.length),
  };
}

/** Lives where nobody else sells; else, the share of visits made where nobody else sells. */
function noRival({ province, visits }: LoyaltyHistory, stated: MarketFacts): number {
  if (stated.provincesWithoutRival.has(province)) return 1;
  return visits.length ? visits.filter(({ store }) => stated.storesWithoutRival.has(store)).length / visits.length : 0;
}

/** Second half of their time against the first, each with one usual visit more so that a silence is not infinite. */
function growthOf(visits: readonly LoyaltyVisit[], first: number, at: number): number | null {
  if (at - first < GROWTH_FLOOR || visits.length < 4) return null;
  const middle = (first + at) / 2;
  const usual = mean(visits.map(({ paid }) => paid));
  const late = sum(visits.filter(({ day }) => day > middle).map(({ paid }) => paid));
  const early = sum(visits.filter(({ day }) => day <= middle).map(({ paid }) => paid));
  return Math.log2((late + usual) / (early + usual));
}

const depthOf = ({ saved, listed }: LoyaltyVisit) => (listed > 0 ? saved / listed : 0);
const unitPrice = ({ paid, coupon, quantity }: LoyaltyLine) => (paid + coupon) / quantity;
const seen = (value: number | null, n: number): Observed => ({ value: value !== null && Number.isFinite(value) ? value : null, n });

function correlation(pairs: readonly { depth: number; gap: number }[]): number | null {
  const [depth, gap] = [mean(pairs.map((pair) => pair.depth)), mean(pairs.map((pair) => pair.gap))];
  const spread = Math.sqrt(sum(pairs.map((pair) => (pair.depth - depth) ** 2)) * sum(pairs.map((pair) => (pair.gap - gap) ** 2)));
  return spread > 1e-9 ? sum(pairs.map((pair) => (pair.depth - depth) * (pair.gap - gap))) / spread : null;
}

/** Probability that two different ones of the list are equal; null for fewer than two. It does not depend on how long the list is. */
function sameAmong(list: readonly unknown[]): number | null {
  if (list.length < 2) return null;
  const counts = new Map<unknown, number>();
  let pairs = 0;
  for (const one of list) pairs += add(counts, one) - 1;
  return pairs / ((list.length * (list.length - 1)) / 2);
}

/** How far beyond chance an agreement is: 0 is chance, 1 always (Cohen's kappa). */
const beyond = (same: number | null, chance: number): number | null =>
  same === null || chance >= 1 ? null : (same - chance) / (1 - chance);

function sameOf(counts: ReadonlyMap<string, number>): number {
  const total = sum([...counts.values()]);
  return total === 0 ? 1 : sum([...counts.values()].map((count) => (count / total) ** 2));
}

function add<Key>(counts: Map<Key, number>, key: Key): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}

function set<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): Value {
  map.set(key, value);
  return value;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
/** Of a sample: divided by n. */
const deviation = (values: readonly number[]) => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
};
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
};
