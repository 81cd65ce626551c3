import { dayOf } from './dates.ts';
import { type Gender, givenName } from './given-names.ts';
import { nie, nif } from './national-id.ts';
import type { HistoryNoise } from './noise.ts';
import { type Address, address } from './places.ts';
import { type RandomSource, randomSource, scramble } from './random.ts';
import { foreignName, surname } from './surnames.ts';
import { ascii } from './typos.ts';
import { weighted, weightedNames } from './weighted.ts';

/** An invented person: what is true of them, and what used to be. Days count from 1970-01-01. */
export interface Person {
  /** `P000001` — the truth a matcher has to find again. */
  id: string;
  given: string;
  surname1: string;
  /** Empty for residents from countries of one surname. */
  surname2: string;
  gender: Gender;
  birth: number;
  /** NIF or NIE with its right check letter. */
  nationalId: string;
  /** Nine digits, no prefix. */
  mobile: string;
  formerMobile: string;
  changedMobileOn: number;
  /** Nine digits; empty where there is none. */
  landline: string;
  email: string;
  formerEmail: string;
  changedEmailOn: number;
  address: Address;
  formerAddress: Address;
  movedOn: number;
  /** First surname of the spouse, where somebody may write it after `de`; otherwise empty. */
  partnerSurname: string;
}

/** What may be fixed from outside; the rest is drawn. */
export interface PersonPlan {
  /** Distinct for every person of one world: identity numbers and phones are made of it and never collide. */
  serial: number;
  /** Today, in days since 1970-01-01. */
  today: number;
  history: HistoryNoise;
  given?: string;
  gender?: Gender;
  birth?: number;
  surname1?: string;
  surname2?: string;
  /** Lives, and always lived, with this person. */
  livesWith?: Person;
  /** Says whether an e-mail address is still free, and takes it. Without it every address carries a number of its own. */
  takeEmail?: (email: string) => boolean;
}

// The providers people use, under the top-level domain that RFC 2606 keeps for examples: nobody can be written to by accident.
const providers =
  weightedNames(`gmail.example 52, hotmail.example 20, yahoo.example 9, outlook.example 10, icloud.example 4, telefonica.example 2,
  movistar.example 1, live.example 1, orange.example 1`);

/** One person of the world `seed`, on its own: the same number is always the same person. */
export function generatePerson(seed: number, plan: PersonPlan): Person {
  return makePerson(randomSource(seed, scramble(plan.serial)), plan);
}

/** As {@link generatePerson}, from a random source already in use. */
export function makePerson(random: RandomSource, plan: PersonPlan): Person {
  const { serial, today, history, livesWith } = plan;
  const gender: Gender = plan.gender ?? (random.chance(0.5) ? 'F' : 'M');
  const birth = plan.birth ?? today - Math.round(365.25 * adultAge(random));
  const birthYear = 1970 + Math.floor(birth / 365.25);

  const foreign = plan.given === undefined && plan.surname1 === undefined && random.chance(history.foreign);
  const abroad = foreign && random.chance(0.7) ? foreignName(random, gender) : undefined;
  const given = plan.given ?? abroad?.given ?? givenName(random, gender, birthYear);
  const surname1 = plan.surname1 ?? abroad?.surname ?? surname(random);
  const surname2 = abroad ? '' : (plan.surname2 ?? surname(random));

  const home = livesWith?.address ?? address(random);
  const moved = livesWith ? livesWith.formerAddress !== livesWith.address : random.chance(history.moved);
  const formerAddress = livesWith?.formerAddress ?? (moved ? address(random, home) : home);
  const mobile = mobileNumber(serial * 2);
  const email = emailAddress(random, given, surname1, surname2, birthYear, serial * 2, plan.takeEmail);
  const changedMobile = random.chance(history.changedMobile);
  const changedEmail = random.chance(history.changedEmail);
  return {
    id: `P${String(serial).padStart(6, '0')}`,
    given,
    surname1,
    surname2,
    gender,
    birth,
    nationalId: foreign ? nie(spread(serial, 30_000_000)) : nif(1_000_000 + spread(serial, 80_000_000)),
    mobile,
    formerMobile: changedMobile ? mobileNumber(serial * 2 + 1) : mobile,
    changedMobileOn: recently(random, today),
    landline: livesWith ? livesWith.landline : random.chance(history.landline) ? landlineNumber(random, home) : '',
    email,
    formerEmail: changedEmail ? emailAddress(random, given, surname1, surname2, birthYear, serial * 2 + 1, plan.takeEmail) : email,
    changedEmailOn: recently(random, today),
    address: home,
    formerAddress,
    movedOn: livesWith ? livesWith.movedOn : recently(random, today),
    partnerSurname: gender === 'F' && birthYear < 1972 && !foreign && random.chance(history.partnerSurname) ? surname(random) : '',
  };
}

/** Age in years from 18 to 92, as adults in Spain: most between 35 and 65. */
function adultAge(random: RandomSource): number {
  const age = 50 + 16 * random.normal();
  return age < 18 || age > 92 ? 18 + 74 * random.float() : age;
}

function recently(random: RandomSource, today: number): number {
  return today - random.below(7 * 365);
}

/** Spreads serial numbers over [0, size) without two falling on one (the multiplier shares no factor with any size used). */
function spread(serial: number, size: number): number {
  return (serial * 36_969_061 + 7_654_321) % size;
}

/** A mobile that libphonenumber holds valid: 6 and eight digits, or 71 to 74 and seven. */
function mobileNumber(serial: number): string {
  const n = spread(serial, 140_000_000);
  return n < 100_000_000
    ? `6${String(n).padStart(8, '0')}`
    : `7${1 + Math.floor((n - 100_000_000) / 10_000_000)}${String(n % 10_000_000).padStart(7, '0')}`;
}

function landlineNumber(random: RandomSource, { landline }: Address): string {
  return `${landline}${random.between(2, 6)}${String(random.below(100_000)).padStart(5, '0')}`;
}

function emailAddress(
  random: RandomSource,
  given: string,
  surname1: string,
  surname2: string,
  birthYear: number,
  serial: number,
  take?: (email: string) => boolean,
): string {
  const name = ascii(given.split(' ', 1)[0]!);
  const last = ascii(surname1);
  const local = [
    `${name}.${last}`,
    `${name[0]}${last}`,
    `${name}${last}`,
    `${last}.${name}`,
    `${name}_${last}`,
    `${name}${last[0]}${ascii(surname2).slice(0, 1)}`,
  ][random.below(6)]!;
  const at = `@${providers.draw(random)}`;
  if (take) {
    const dated = random.chance(0.4);
    const plain = `${local}${dated ? birthYear % 100 : ''}${at}`;
    if (take(plain)) return plain;
    const full = `${name}.${last}.${ascii(surname2)}${birthYear % 100}${at}`;
    if (take(full)) return full;
  }
  return `${local}${serial}${at}`;
}

/** Who else lives in a household. `namesake` is a father and son, or mother and daughter, of one given name. */
export type Relation = 'partner' | 'child' | 'namesake' | 'sibling' | 'twin';

const relations: readonly Relation[] = ['partner', 'child', 'namesake', 'sibling', 'twin'];
const relation = weighted([60, 12, 10, 9, 9]);

/** What the second person of a household is to `first`: mostly the partner, and always if `first` is too young for grown children. */
export function drawRelation(random: RandomSource, first: Person, today: number): Relation {
  const drawn = relations[relation(random)]!;
  return (drawn === 'child' || drawn === 'namesake') && first.birth > today - 44 * 365 ? 'partner' : drawn;
}

/** A second person of the household of `first`: the same address and landline, a share of names as the relation wants. */
export function makeRelative(random: RandomSource, first: Person, relation: Relation, plan: PersonPlan): Person {
  const lives: PersonPlan = { ...plan, livesWith: first };
  switch (relation) {
    case 'partner':
      return makePerson(random, {
        ...lives,
        gender: first.gender === 'M' ? 'F' : 'M',
        birth: Math.min(first.birth + Math.round(1200 * random.normal()), plan.today - 18 * 366),
      });
    case 'twin':
    case 'sibling': {
      const birth = relation === 'twin' ? first.birth : first.birth + random.between(700, 2500) * (random.chance(0.5) ? 1 : -1);
      const gender: Gender = relation === 'twin' ? first.gender : random.chance(0.5) ? 'F' : 'M';
      let given = first.given;
      for (let i = 0; i < 20 && given === first.given; i++) given = givenName(random, gender, 1970 + Math.floor(birth / 365.25));
      return makePerson(random, { ...lives, gender, birth, given, surname1: first.surname1, surname2: first.surname2 });
    }
    default: {
      const birth = Math.min(first.birth + random.between(22 * 365, 36 * 365), plan.today - 18 * 366);
      const namesake = relation === 'namesake';
      const gender: Gender = namesake ? first.gender : random.chance(0.5) ? 'F' : 'M';
      // The father's first surname comes first, then the mother's.
      const surnames =
        first.gender === 'M'
          ? { surname1: first.surname1, surname2: surname(random) }
          : { surname1: surname(random), surname2: first.surname1 };
      return makePerson(random, { ...lives, gender, birth, ...surnames, ...(namesake ? { given: first.given } : {}) });
    }
  }
}

/** Days since 1970-01-01 of a birthday of somebody of that age today. */
export function birthAtAge(random: RandomSource, age: number, today: number): number {
  const year = 1970 + Math.floor(today / 365.25) - age - 1;
  return dayOf(year, 1, 1) + random.below(365);
}
