import { CONTACTS, FIRST_EMAIL, type People } from './people.ts';
import { maybeOnePerson } from './same-person.ts';

/** What speaks for two people living together; bits of {@link Tie.reasons}. */
export const REASONS = ['door', 'building', 'both_surnames', 'surname', 'phone', 'email', 'decided'] as const;
export type Reason = (typeof REASONS)[number];
const bit = (reason: Reason) => 1 << REASONS.indexOf(reason);
const [DOOR, BUILDING, BOTH_SURNAMES, SURNAME, PHONE, EMAIL] = REASONS.map(bit) as [number, number, number, number, number, number];
export const DECIDED = bit('decided');

export function reasonsOf(mask: number): Reason[] {
  return REASONS.filter((reason) => mask & bit(reason));
}

export interface Tie {
  /** log2 of the odds that the two are one household. */
  bits: number;
  reasons: number;
}

/** What the score has to know of everybody. */
export interface Crowd {
  /** People at the building, and behind the door of it, of a person. */
  atBuilding(person: number): number;
  atDoor(person: number): number;
  /** How many have that phone or e-mail. */
  sharing(contact: number): number;
  /** Share of people who carry the surname, first or second, 0..1. */
  share(surname: number): number;
}

/** log2 of the odds from which two people are taken to live together: four in five. */
export const ENOUGH = 2;
/** More people than this with one phone are no family but a switchboard. */
export const MOST_SHARING = 8;

// Of two people who do live together, how many share … (the numerators of the factors; Spanish families, where spouses keep
// their own surnames and children take one of each).
const LIVING_WITH_KIN = 0.6; // a surname
const SIBLINGS = 0.3; // both of them, in order
const MOST_SURNAME_BITS = 9;
/** A household has about two and a half members: everyone has one and a half others at the address, however many there are. */
const OTHERS = 1.5;
/** Nobody is sure of two people at one address before anything else is known. */
const SUREST = 0.6;
const WITHOUT_ADDRESS = Math.log2(0.02 / 0.98);
const SHARED_CONTACT = 8;
const SHARED_BY_SOME = 6; // by four to eight
const ANOTHER_DOOR = -6;
const NO_SURNAME = Math.log2((1 - LIVING_WITH_KIN) / 1);
/** Where people work, sharing the address says nothing; only so few may be a family above its shop. */
const MOST_ABOVE_SHOP = 6;

/**
 * How likely it is that two people are one household, as log2 odds added up from what they share (the Fellegi–Sunter way, with
 * factors from what is known of Spanish households instead of learned ones):
 *
 * - *address*: of n people at an address, 1.5 / (n − 1) of the others are one's own household, at most 0.6. n counts those behind
 *   the same door where both doors are known, else those of the whole building: a block of flats starts far below zero.
 *   Two different doors cost 6 bits. Without an address on either side the start is −5.6.
 * - *surname*: log2(0.6 / share of people who carry it): García 3 bits, a rare one up to 9. Any of the two with any of the two:
 *   a child has one of each parent. Both in order count both. None shared: −1.3.
 * - *phone, e-mail*: 8 bits where two or three share it, 6 up to eight people, nothing beyond.
 *
 * Undefined, never a household: nothing shared but the address; two different buildings; a shared phone but neither an address
 * nor a surname; and two who may be one person in the file twice.
 */
export function scoreTie(people: People, crowd: Crowd, a: number, b: number): Tie | undefined {
  const { building, door, surname1, surname2, office } = people;
  const known = building[a] !== 0 && building[b] !== 0;
  if (known && building[a] !== building[b]) return undefined;
  const kin = sharedSurnames(surname1[a]!, surname2[a]!, surname1[b]!, surname2[b]!, crowd);
  const contact = sharedContacts(people, crowd, a, b);
  if (kin.reasons === 0 && contact.reasons === 0) return undefined;
  if (!known && kin.reasons === 0) return undefined;
  if (kin.reasons !== 0 && maybeOnePerson(people, a, b)) return undefined;

  let start = WITHOUT_ADDRESS;
  let reasons = kin.reasons | contact.reasons;
  if (known) {
    const doors = door[a] !== 0 && door[b] !== 0;
    const sameDoor = doors && door[a] === door[b];
    const others = (sameDoor ? crowd.atDoor(a) : crowd.atBuilding(a)) - 1;
    if (office[a] && others >= MOST_ABOVE_SHOP) {
      if (kin.reasons === 0) return undefined;
    } else {
      const share = Math.min(SUREST, OTHERS / Math.max(1, others));
      start = Math.log2(share / (1 - share));
      reasons |= sameDoor ? DOOR : BUILDING;
    }
    if (doors && !sameDoor) start += ANOTHER_DOOR;
  }
  return { bits: start + kin.bits + contact.bits, reasons };
}

function sharedSurnames(a1: number, a2: number, b1: number, b2: number, crowd: Crowd): Tie {
  if (a1 === 0 || b1 === 0) return { bits: 0, reasons: 0 };
  if (a1 === b1 && a2 !== 0 && a2 === b2) {
    return {
      bits: surnameBits(crowd.share(a1), LIVING_WITH_KIN) + surnameBits(crowd.share(a2), SIBLINGS / LIVING_WITH_KIN),
      reasons: BOTH_SURNAMES,
    };
  }
  let rarest = 2;
  for (const surname of [a1, a2]) {
    if (surname !== 0 && (surname === b1 || surname === b2)) rarest = Math.min(rarest, crowd.share(surname));
  }
  if (rarest > 1) return { bits: NO_SURNAME, reasons: 0 };
  return { bits: surnameBits(rarest, LIVING_WITH_KIN), reasons: SURNAME };
}

function surnameBits(share: number, living: number): number {
  return Math.min(MOST_SURNAME_BITS, Math.max(0, Math.log2(living / Math.max(share, 1e-6))));
}

function sharedContacts({ contacts }: People, crowd: Crowd, a: number, b: number): Tie {
  let bits = 0;
  let reasons = 0;
  for (let i = 0; i < CONTACTS; i++) {
    const contact = contacts[a * CONTACTS + i]!;
    if (contact === 0) continue;
    for (let j = 0; j < CONTACTS; j++) {
      if (contacts[b * CONTACTS + j] !== contact) continue;
      const sharing = crowd.sharing(contact);
      if (sharing > MOST_SHARING) continue;
      bits = Math.max(bits, sharing <= 3 ? SHARED_CONTACT : SHARED_BY_SOME);
      reasons |= i < FIRST_EMAIL ? PHONE : EMAIL;
    }
  }
  return { bits, reasons };
}

/** 0..1 from log2 odds. */
export const probabilityOf = (bits: number) => 1 / (1 + 2 ** -bits);
