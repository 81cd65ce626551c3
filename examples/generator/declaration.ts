import { dayOf, isoDate } from './dates.ts';
import { familiarName, type Gender } from './given-names.ts';
import type { CustomerSource, RecordNoise } from './noise.ts';
import type { Person } from './people.ts';
import type { Address } from './places.ts';
import type { RandomSource } from './random.ts';
import { misheard, typo, withoutAccents, wrongDigit } from './typos.ts';

/** What one source wrote down about a person on one day. Empty text, null: not known there. */
export interface Declaration {
  source: CustomerSource;
  person: Person;
  /** Days since 1970-01-01. */
  created: number;
  given: string;
  surname1: string;
  surname2: string;
  gender: Gender;
  birth: number | null;
  nationalId: string;
  /** Nine digits. */
  phone: string;
  email: string;
  address: Address | null;
}

/**
 * What `source` knows of `person` since the day `created`: the address, mobile and e-mail of that time, with the errors of
 * that source. `housemate` is whose phone or e-mail a second person of the household may give.
 */
export function declare(
  random: RandomSource,
  person: Person,
  source: CustomerSource,
  created: number,
  noise: RecordNoise,
  shared: { mobile?: string; email?: string } = {},
): Declaration {
  const names = declaredNames(random, person, noise);
  const mobile = shared.mobile ?? (created < person.changedMobileOn ? person.formerMobile : person.mobile);
  let phone = person.landline !== '' && random.chance(noise.landlineInstead) ? person.landline : mobile;
  if (random.chance(noise.noPhone)) phone = '';
  else if (random.chance(noise.wrongPhone)) phone = wrongDigit(random, phone);

  let email = shared.email ?? (created < person.changedEmailOn ? person.formerEmail : person.email);
  if (random.chance(noise.noEmail)) email = '';
  else if (random.chance(noise.wrongEmail)) email = wrongEmail(random, email);

  let nationalId = person.nationalId;
  if (random.chance(noise.noNationalId)) nationalId = '';
  else if (random.chance(noise.wrongNationalId)) nationalId = wrongDigit(random, nationalId);

  let birth: number | null = person.birth;
  if (random.chance(noise.noBirth)) birth = null;
  else if (random.chance(noise.wrongBirth)) birth = wrongBirth(random, birth);

  return {
    source,
    person,
    created,
    ...names,
    gender: person.gender,
    birth,
    nationalId,
    phone,
    email,
    address: random.chance(noise.noAddress) ? null : created < person.movedOn ? person.formerAddress : person.address,
  };
}

function declaredNames(random: RandomSource, person: Person, noise: RecordNoise): { given: string; surname1: string; surname2: string } {
  let { given, surname1, surname2 } = person;
  if (random.chance(noise.familiar)) given = familiarName(random, given);
  else if (given.startsWith('María ') && random.chance(noise.abbreviated)) given = `Mª ${given.slice(6).replace(/^del? /, '')}`;

  if (person.partnerSurname !== '' && random.chance(noise.married)) surname2 = `de ${person.partnerSurname.replace(/^de /, '')}`;
  else if (random.chance(noise.noSecondSurname)) surname2 = '';
  else if (surname2 !== '' && random.chance(noise.swappedSurnames)) [surname1, surname2] = [surname2, surname1];

  given = written(random, given, noise);
  surname1 = written(random, surname1, noise);
  surname2 = written(random, surname2, noise);
  if (random.chance(noise.noAccents)) {
    given = withoutAccents(given);
    surname1 = withoutAccents(surname1);
    surname2 = withoutAccents(surname2);
  }
  return { given, surname1, surname2 };
}

function written(random: RandomSource, name: string, noise: RecordNoise): string {
  const luck = random.float();
  if (luck >= noise.typo + noise.misheard || name === '') return name;
  return luck < noise.typo ? typo(random, name) : misheard(random, name);
}

function wrongEmail(random: RandomSource, email: string): string {
  const at = email.indexOf('@');
  return random.chance(0.5)
    ? typo(random, email.slice(0, at)) + email.slice(at)
    : email.slice(0, at + 1) + typo(random, email.slice(at + 1, -8)) + email.slice(-8);
}

function wrongBirth(random: RandomSource, birth: number): number {
  const [year, month, day] = isoDate(birth).split('-').map(Number) as [number, number, number];
  if (day <= 12 && day !== month) return dayOf(year, day, month);
  return random.chance(0.5) ? birth + (random.chance(0.5) ? 1 : -1) : dayOf(year + (random.chance(0.5) ? 1 : -1), month, Math.min(day, 28));
}
