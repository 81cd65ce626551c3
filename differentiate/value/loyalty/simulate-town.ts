// A town with shops, weekly prices, mailings and people who have a reason to come back. It simulates what they do (when they
// go, where, what they take at what price) and nothing that the scorer computes: test and benchmark ask whether the reason
// can be told from the doing.
import type { LoyaltyHistory, LoyaltyLine, LoyaltyVisit, MarketFacts } from './observe.ts';
import { type Uniform, seededRandom } from '../arithmetic/sample.ts';
import { LOYALTY_TYPES, type LoyaltyType } from './loyalty-types.ts';

export interface SimulatedCustomer extends LoyaltyHistory {
  type: LoyaltyType;
  key: string;
  /** The visit (by its place) each line is of. */
  visitOf: readonly number[];
}

export interface SimulatedTown {
  customers: SimulatedCustomer[];
  stated: MarketFacts;
  /** The day after the last. */
  at: number;
}

interface Product {
  name: string;
  category: string;
  price: number;
  /** By week: price of the week, and whether it is a promotion. */
  weeks: { price: number; deal: boolean }[];
}

/** How somebody is; each trait is drawn anew for everybody around what is typical of their type. */
interface Person {
  /** Days between visits, at the beginning. */
  every: number;
  /** Shape of the gaps: 1 is chance, 8 nearly a clock. */
  rhythm: number;
  favourites: number;
  /** How often something else than a favourite. */
  curious: number;
  /** How much a lower price attracts. */
  thrift: number;
  /** Probability of waiting another few days when nothing they like is cheap. */
  waits: number;
  /** How much a coupon attracts. */
  couponed: number;
  /** What a kilometre costs them, and what a known store is worth. */
  lazy: number;
  habit: number;
  items: number;
  /** Change of pace in a year: 1.3 is thirty per cent quicker. */
  trend: number;
  /** How much they like the company: 0 indifferent. */
  likes: number;
  contract: boolean;
  exclusive: number;
  online: number;
  sameWeekday: number;
  noRival: number;
}

const WEEKS = 78;
const DAYS = WEEKS * 7;
const STORES = 8;
const AREAS = 16;
const CATEGORIES = 14;
const PRODUCTS = 9;
const EXCLUSIVE = 'own brand';
const CONTRACT = 'tariff';
const LONELY_PROVINCE = 'P4';

/** @param counts how many of each type there are, or of every one. */
export function simulateTown(counts: number | Record<LoyaltyType, number>, seed: number): SimulatedTown {
  const random = seededRandom(seed);
  const products = makeProducts(random);
  const customers: SimulatedCustomer[] = [];
  for (const type of LOYALTY_TYPES) {
    const count = typeof counts === 'number' ? counts : counts[type];
    for (let i = 0; i < count; i++) customers.push(simulate(random, type, products, `${type} ${i}`));
  }
  return {
    customers,
    stated: {
      exclusiveProducts: new Set(),
      exclusiveCategories: new Set([EXCLUSIVE]),
      contractProducts: new Set(),
      contractCategories: new Set([CONTRACT]),
      provincesWithoutRival: new Set([LONELY_PROVINCE]),
      storesWithoutRival: new Set(),
    },
    at: DAYS,
  };
}

function makeProducts(random: Uniform): Product[] {
  const products: Product[] = [];
  const make = (name: string, category: string, often: number) => {
    const price = Math.exp(0.9 + 0.7 * normal(random));
    const weeks: Product['weeks'] = [];
    let drift = 1;
    let running = 0;
    let cut = 0;
    for (let week = 0; week < WEEKS; week++) {
      if (random() < 0.03) drift *= random() < 0.7 ? 1.03 : 0.98;
      if (running > 0) running--;
      else if (random() < often) {
        running = Math.floor(random() * 2);
        cut = 0.1 + 0.3 * random();
      } else cut = 0;
      weeks.push({ price: price * drift * (1 - cut), deal: cut > 0 });
    }
    products.push({ name, category, price, weeks });
  };
  for (let category = 0; category < CATEGORIES; category++)
    for (let i = 0; i < PRODUCTS; i++) make(`p${category}.${i}`, `c${category}`, 0.06 + 0.1 * random());
  for (let i = 0; i < PRODUCTS; i++) make(`own.${i}`, EXCLUSIVE, 0.08);
  return products;
}

function draw(random: Uniform, type: LoyaltyType): Person {
  const around = (value: number, spread: number) => value * Math.exp(spread * normal(random));
  const near = (value: number, spread: number) => Math.min(1, Math.max(0, value + spread * normal(random)));
  const person: Person = {
    every: around(12, 0.35),
    rhythm: 1 + Math.floor(3 * random()),
    favourites: 5 + Math.floor(8 * random()),
    curious: near(0.35, 0.12),
    thrift: around(1.2, 0.6),
    waits: near(0.08, 0.06),
    couponed: near(0.12, 0.08),
    lazy: around(0.5, 0.4),
    habit: around(0.5, 0.4),
    items: around(3, 0.3),
    trend: around(1, 0.2),
    likes: 0.6 * normal(random),
    contract: false,
    exclusive: near(0.05, 0.05),
    online: near(0.12, 0.1),
    sameWeekday: near(0.1, 0.1),
    noRival: 0.08,
  };
  switch (type) {
    case 'monopoly':
      // Three ways of having no choice.
      return {
        ...person,
        likes: person.likes - 0.5,
        ...pick(random, [{ contract: true }, { exclusive: near(0.65, 0.15) }, { noRival: 1, exclusive: near(0.2, 0.1) }]),
      };
    case 'inertia':
      return {
        ...person,
        rhythm: 2 + Math.floor(5 * random()),
        favourites: 3 + Math.floor(5 * random()),
        curious: near(0.15, 0.1),
        thrift: around(0.6, 0.5),
        waits: near(0.02, 0.03),
        couponed: near(0.05, 0.05),
        habit: around(2, 0.5),
        sameWeekday: near(0.3, 0.25),
        trend: around(0.9, 0.15),
        likes: person.likes - 0.2,
      };
    case 'latent':
      return {
        ...person,
        every: around(48, 0.3),
        curious: near(0.6, 0.15),
        thrift: around(0.6, 0.5),
        waits: 0,
        likes: person.likes + 1.5,
        rhythm: 1,
      };
    case 'convenience':
      return {
        ...person,
        every: around(8, 0.35),
        lazy: around(5, 0.3),
        items: around(1.6, 0.2),
        rhythm: 1,
        thrift: around(0.3, 0.5),
        waits: 0,
        couponed: near(0.03, 0.03),
        online: near(0.05, 0.05),
        curious: near(0.45, 0.15),
      };
    case 'price':
      return {
        ...person,
        thrift: around(7, 0.4),
        waits: near(0.5, 0.2),
        habit: around(0.3, 0.5),
        lazy: around(0.3, 0.4),
        curious: near(0.5, 0.15),
        items: around(3.5, 0.3),
      };
    case 'incentive':
      return { ...person, couponed: near(0.65, 0.18), thrift: around(2, 0.4), every: around(15, 0.3) };
    case 'premium':
      return {
        ...person,
        every: around(5.5, 0.25),
        curious: near(0.55, 0.12),
        thrift: around(0.6, 0.5),
        waits: 0,
        trend: around(1.35, 0.2),
        items: around(3.6, 0.25),
        likes: person.likes + 1.5,
        couponed: near(0.06, 0.05),
      };
  }
}

function simulate(random: Uniform, type: LoyaltyType, products: readonly Product[], key: string): SimulatedCustomer {
  const person = draw(random, type);
  const area = Math.floor(random() * AREAS);
  // Areas and stores along one road, two areas a store; some stores are bigger.
  const distance = Array.from({ length: STORES }, (_, store) => Math.abs(store * 2 + 0.5 - area));
  const bigness = Array.from({ length: STORES }, (_, store) => (store % 3 === 0 ? 0.8 : 0));
  const open = products.filter(({ category }) => category !== EXCLUSIVE);
  const own = products.filter(({ category }) => category === EXCLUSIVE);
  const favourites = sample(random, open, person.favourites);
  const usualDay = Math.floor(random() * 7);
  const began = Math.floor(random() * (type === 'latent' ? 60 : 180));
  const subscribed = random() < (type === 'incentive' ? 0.95 : 0.7);

  const visits: LoyaltyVisit[] = [];
  const lines: LoyaltyLine[] = [];
  const visitOf: number[] = [];
  const beenTo = Array.from({ length: STORES }, () => 0);
  let [couponVisits, contacted, responded, stocked] = [0, 0, 0, 0];
  let coupon: { category: string; until: number } | undefined;
  let mailed = -1;

  const chooseStore = (): number => {
    const worth = distance.map((km, store) => -person.lazy * km * 0.5 + bigness[store]! + person.habit * Math.log1p(beenTo[store]!));
    return choose(random, worth);
  };
  const buy = (day: number): void => {
    const week = Math.floor(day / 7);
    const store = random() < person.online ? -1 : chooseStore();
    if (store >= 0) beenTo[store]!++;
    const taken: LoyaltyLine[] = [];
    const used = coupon && coupon.until >= day && random() < person.couponed ? coupon : undefined;
    const many = 1 + poisson(random, person.items - 1);
    for (let i = 0; i < many; i++) {
      const fresh = random() < person.curious;
      const shelf = random() < person.exclusive ? own : fresh ? sample(random, open, 12) : favourites;
      // What it costs now against what it costs usually decides, the more the thriftier.
      const product =
        shelf[
          choose(
            random,
            shelf.map(({ price, weeks }) => -person.thrift * Math.log(weeks[week]!.price / price)),
          )
        ]!;
      const { price, deal } = product.weeks[week]!;
      const quantity = deal && person.thrift > 4 ? 1 + poisson(random, 1.2) : 1 + (random() < 0.15 ? 1 : 0);
      taken.push({ product: product.name, category: product.category, quantity, paid: price * quantity, coupon: 0, discounted: deal });
      if (deal && person.thrift > 4) stocked += quantity;
    }
    if (used) {
      const shelf = open.filter(({ category }) => category === used.category);
      const product = shelf[Math.floor(random() * shelf.length)]!;
      const { price, deal } = product.weeks[week]!;
      taken.push({
        product: product.name,
        category: product.category,
        quantity: 1,
        paid: price * 0.7,
        coupon: price * 0.3,
        discounted: deal,
      });
      coupon = undefined;
      couponVisits++;
      responded++;
    }
    const usual = new Map(products.map((product) => [product.name, product.price]));
    const paid = taken.reduce((total, line) => total + line.paid, 0);
    const listed = Math.max(
      paid,
      taken.reduce((total, line) => total + Math.max(line.paid + line.coupon, usual.get(line.product)! * line.quantity), 0),
    );
    for (const line of taken) {
      lines.push(line);
      visitOf.push(visits.length);
    }
    visits.push({ day, paid, saved: listed - paid, listed, store: store < 0 ? '' : `S${store}`, channel: store < 0 ? 'web' : 'store' });
  };

  if (person.contract) {
    const fee = 12 + 25 * random();
    for (let day = began; day < DAYS; day += 30) {
      lines.push({ product: 'tariff.home', category: CONTRACT, quantity: 1, paid: fee, coupon: 0, discounted: false });
      visitOf.push(visits.length);
      visits.push({ day, paid: fee, saved: 0, listed: fee, store: '', channel: 'contract' });
    }
    person.every *= 4;
  }
  let day = began;
  while (day < DAYS) {
    // A mailing with a coupon every five weeks.
    const month = Math.floor(day / 35);
    if (subscribed && month > mailed) {
      contacted += month - mailed;
      mailed = month;
      coupon = { category: `c${Math.floor(random() * CATEGORIES)}`, until: month * 35 + 28 };
    }
    const week = Math.floor(day / 7);
    const cheap = favourites.some(({ price, weeks }) => weeks[week]!.price < price * 0.88);
    const held = coupon !== undefined && coupon.until >= day;
    if (!cheap && random() < person.waits) day += 4 + Math.floor(random() * 5);
    else if (!held && random() < person.couponed * 0.6) day += 5 + Math.floor(random() * 6);
    else {
      buy(day);
      const pace = person.every * person.trend ** (-(day - began) / 365);
      let gap = Math.max(1, Math.round((gamma(random, person.rhythm) / person.rhythm) * pace + Math.min(14, stocked * 0.8)));
      stocked = 0;
      if (random() < person.sameWeekday) gap += ((usualDay - ((day + gap) % 7) + 10) % 7) - 3;
      day += Math.max(1, gap);
    }
  }
  const order = visits.map((_, i) => i).toSorted((a, b) => visits[a]!.day - visits[b]!.day || a - b);
  const place = new Map(order.map((from, to) => [from, to]));
  const surveys =
    random() < 0.3
      ? Array.from(
          { length: 1 + poisson(random, 0.4) },
          () => Math.min(10, Math.max(0, Math.round(7 + 1.3 * person.likes + normal(random)))) / 10,
        )
      : [];
  return {
    key,
    type,
    visits: order.map((i) => visits[i]!),
    lines,
    visitOf: visitOf.map((i) => place.get(i)!),
    couponVisits,
    contacted,
    responded,
    surveys,
    referrals: poisson(random, 0.12 * Math.exp(0.9 * person.likes)),
    complaints: poisson(random, 0.15 * Math.exp(-0.7 * person.likes)),
    area: `2${String(area).padStart(2, '0')}`,
    province: random() < person.noRival ? LONELY_PROVINCE : `P${area % 4}`,
  };
}

const pick = <T>(random: Uniform, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
function sample<T>(random: Uniform, list: readonly T[], count: number): T[] {
  return Array.from({ length: count }, () => pick(random, list));
}
/** One of several by their worth (logit). */
function choose(random: Uniform, worth: readonly number[]): number {
  const most = Math.max(...worth);
  const powers = worth.map((value) => Math.exp(value - most));
  let left = random() * powers.reduce((a, b) => a + b, 0);
  for (let i = 0; i < powers.length; i++) if ((left -= powers[i]!) <= 0) return i;
  return powers.length - 1;
}
function poisson(random: Uniform, rate: number): number {
  const limit = Math.exp(-Math.max(0, rate));
  let [count, left] = [0, random()];
  while (left > limit) {
    count++;
    left *= random();
  }
  return count;
}
function normal(random: Uniform): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
/** Gamma of whole shape, scale 1. */
function gamma(random: Uniform, shape: number): number {
  let total = 0;
  for (let i = 0; i < shape; i++) total -= Math.log(1 - random());
  return total;
}
