import type { Journey } from './complete-journey.ts';
import type { Declaration } from './declaration.ts';
import { cardNumber, callerCard, surveyAnswer, webCustomer } from './customer-tables.ts';
import { type CustomerSource, demoNoise } from './noise.ts';
import { birthAtAge, drawRelation, makePerson, makeRelative, type PersonPlan } from './people.ts';
import { randomSource, type RandomSource, shareOf } from './random.ts';
import { type Presence, scatter } from './scatter.ts';

/** A customer's key in one source and the day since when. */
export interface Account {
  key: string;
  since: number;
}

export interface Household {
  /** Cards of its people; the first is the main person's, the one campaigns are sent to. Empty for web-only households. */
  cards: Account[];
  /** Web accounts of its people. Empty for those who never shop on the web. */
  web: Account[];
}

export interface DemoRecord extends Account {
  declaration: Declaration;
}

export interface DemoCustomers {
  households: Map<string, Household>;
  /** In order of creation. */
  records: Record<CustomerSource, DemoRecord[]>;
}

const keys: Record<CustomerSource, (n: number) => string> = {
  tarjeta: cardNumber,
  'tienda-web': webCustomer,
  centralita: callerCard,
  encuestas: surveyAnswer,
};

/** Share of households that shop on the web at all, and of the baskets of those that they order there: together one basket in five. */
export const WEB_HOUSEHOLDS = 0.42;
export const WEB_BASKETS = 0.42;
/** Of the households that no campaign was sent to: have no card, and order everything on the web. */
const WEB_ONLY = 0.15;

/** Invents the people of every household of the data and what each source knows of them. */
export function demoCustomers(journey: Journey, seed: number, today: number): DemoCustomers {
  const ids = new Set(journey.transactions.map(({ household }) => household));
  const campaigned = new Set(journey.campaignHouseholds.map(({ household }) => household));
  for (const id of [...journey.demographics.keys(), ...campaigned]) ids.add(id);
  const emails = new Set<string>();
  const takeEmail = (email: string): boolean => !emails.has(email) && emails.add(email) !== undefined;

  const households = new Map<string, Household>();
  const records: DemoCustomers['records'] = { tarjeta: [], 'tienda-web': [], centralita: [], encuestas: [] };
  let index = 0;
  for (const id of [...ids].toSorted((a, b) => Number(a) - Number(b))) {
    const random = randomSource(seed, Number(id));
    const facts = journey.demographics.get(id);
    const plan: PersonPlan = { serial: 1 + 2 * index++, today, history: demoNoise.history, takeEmail };
    const main = makePerson(random, facts ? { ...plan, birth: birthAtAge(random, ageIn(random, facts.age), today) } : plan);

    const webOnly = !campaigned.has(id) && shareOf(id, 2) < WEB_ONLY;
    const shops = webOnly || shareOf(id, 1) < WEB_HOUSEHOLDS;
    const presence: Presence = {
      ...(webOnly ? {} : { tarjeta: true }),
      ...(shops || random.chance(0.04) ? { 'tienda-web': true } : {}),
      ...(random.chance(0.3) ? { centralita: true } : {}),
      ...(random.chance(0.26) ? { encuestas: true } : {}),
    };
    const declarations = scatter(random, main, presence, demoNoise, today);
    if (random.chance(facts && facts.size !== '1' ? 0.1 : 0.05)) {
      const second = makeRelative(random, main, drawRelation(random, main, today), { ...plan, serial: plan.serial + 1 });
      // Without a card or web account at home the household's purchases must stay with the main person.
      declarations.push(...scatter(random, second, secondPresence(random, webOnly, shops), demoNoise, today, main));
    }

    const household: Household = { cards: [], web: [] };
    for (const declaration of declarations) {
      const own = records[declaration.source];
      const record: DemoRecord = { key: keys[declaration.source](own.length + 1), since: declaration.created, declaration };
      own.push(record);
      if (declaration.source === 'tarjeta') household.cards.push(record);
      if (declaration.source === 'tienda-web' && shops) household.web.push(record);
    }
    households.set(id, household);
  }
  for (const list of Object.values(records)) list.sort((a, b) => a.since - b.since || (a.key < b.key ? -1 : 1));
  return { households, records };
}

function secondPresence(random: RandomSource, webOnly: boolean, shops: boolean): Presence {
  const card = !webOnly && random.chance(0.55);
  const web = shops && random.chance(0.6);
  const survey = random.chance(0.25) || (!card && !web);
  return {
    ...(card ? { tarjeta: true } : {}),
    ...(web ? { 'tienda-web': true } : {}),
    ...(random.chance(0.25) ? { centralita: true } : {}),
    ...(survey ? { encuestas: true } : {}),
  };
}

/** A year of age in the real band (`45-54`, `65+`). */
function ageIn(random: RandomSource, band: string): number {
  const [low, high] = band.split('-').map((age) => Number.parseInt(age, 10)) as [number, number?];
  return random.between(low, high ?? 88);
}

/** The account a basket was bought with: one that existed on that day, always the same for the same basket. */
export function accountFor(accounts: readonly Account[], basket: string, day: number): Account {
  const open = accounts.filter(({ since }) => since <= day);
  return open.length === 0 ? accounts[0]! : open[Math.floor(shareOf(basket, 4) * open.length)]!;
}
