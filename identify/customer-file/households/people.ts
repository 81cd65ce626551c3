// People as households are formed of them: columns of numbers, so that a million fit in a hundred megabytes. Every value is a
// code made of the normalised text (a 53-bit hash, or any dense numbering); 0 is missing. Equal codes are equal values.

/** Phones and e-mails kept of one person. */
export const CONTACTS = 6;
/** The first of them that is an e-mail; those before are phones. */
export const FIRST_EMAIL = 4;

export interface People {
  count: number;
  /** Street, number and postcode: the front door of the building. */
  building: Float64Array;
  /** Building, stair, floor and door: two buildings have no door in common. */
  door: Float64Array;
  surname1: Float64Array;
  surname2: Float64Array;
  /** {@link CONTACTS} by person. */
  contacts: Float64Array;
  given: Float64Array;
  birth: Float64Array;
  /** Given names by code, folded: two writings of one are compared. */
  givenNames: ReadonlyMap<number, string>;
  /** 1 where a company has its seat in the building. */
  office: Uint8Array;
}

export function emptyPeople(count: number): People {
  return {
    count,
    building: new Float64Array(count),
    door: new Float64Array(count),
    surname1: new Float64Array(count),
    surname2: new Float64Array(count),
    given: new Float64Array(count),
    birth: new Float64Array(count),
    givenNames: new Map(),
    contacts: new Float64Array(count * CONTACTS),
    office: new Uint8Array(count),
  };
}

/** One person in words, already normalised. */
export interface PersonInWords {
  building?: string;
  door?: string;
  surname1?: string;
  surname2?: string;
  given?: string;
  birth?: string;
  phones?: readonly string[];
  emails?: readonly string[];
  office?: boolean;
}

/** {@link People} out of words; equal words get equal codes, whichever column they stand in. */
export function peopleFromWords(words: readonly PersonInWords[]): People {
  const codes = new Map<string, number>();
  const code = (word: string | undefined) => {
    if (!word) return 0;
    const known = codes.get(word);
    if (known !== undefined) return known;
    codes.set(word, codes.size + 1);
    return codes.size;
  };
  const people = emptyPeople(words.length);
  words.forEach(({ building, door, surname1, surname2, given, birth, phones = [], emails = [], office = false }, i) => {
    people.building[i] = code(building && `building ${building}`);
    people.door[i] = code(door && `door ${building} ${door}`);
    people.surname1[i] = code(surname1 && `surname ${surname1}`);
    people.surname2[i] = code(surname2 && `surname ${surname2}`);
    phones.slice(0, FIRST_EMAIL).forEach((phone, n) => (people.contacts[i * CONTACTS + n] = code(`phone ${phone}`)));
    emails
      .slice(0, CONTACTS - FIRST_EMAIL)
      .forEach((email, n) => (people.contacts[i * CONTACTS + FIRST_EMAIL + n] = code(`email ${email}`)));
    people.given[i] = code(given && `given ${given}`);
    people.birth[i] = code(birth && `birth ${birth}`);
    people.office[i] = office ? 1 : 0;
  });
  const givenNames = new Map(words.flatMap(({ given }) => (given ? [[code(`given ${given}`), given] as const] : [])));
  return { ...people, givenNames };
}
