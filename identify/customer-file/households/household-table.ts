import { newId } from '@vinculo/postgres';
import { assignCustomers, groupByCluster } from '../identity/assign-customers.ts';
import { uuidBytes } from '../identity/row-binary.ts';
import { uuidCodes } from '../identity/uuid-codes.ts';
import { formHouseholds } from './form-households.ts';
import { PERSON_BYTES } from './homes.ts';
import { CONTACTS, emptyPeople, type People } from './people.ts';
import { probabilityOf, reasonsOf } from './score-tie.ts';

export interface DecidedPersons {
  a: string;
  b: string;
  together: boolean;
}

export interface FormedFigures {
  people: number;
  households: number;
  /** People who have a household. */
  members: number;
}

/** Columns of {@link HouseholdTable.lines}. */
export const FORMED_COLUMNS = ['customer_id', 'household_id', 'probability', 'tied_to', 'reasons'];

export type HouseholdTable = ReturnType<typeof householdTable>;

/** People as the warehouse gives them, and the households they had; then the households they have. About 120 bytes a person. */
export function householdTable(expected: number) {
  const ids = uuidCodes(expected);
  const former = uuidCodes(Math.ceil(expected / 3));
  let people: People = emptyPeople(Math.max(16, expected));
  let formerOf = new Int32Array(people.count).fill(-1);
  let rest: Buffer = Buffer.alloc(0);
  const id = Buffer.alloc(16);
  let lines: Generator<string> | undefined;

  function addPerson(bytes: Buffer, at: number): void {
    uuidBytes(bytes, at, id, 0);
    const person = ids.add(id, 0);
    if (person === people.count) grow();
    let from = at + 16;
    const next = () => {
      const value = bytes.readDoubleLE(from);
      from += 8;
      return value;
    };
    people.building[person] = next();
    people.door[person] = next();
    people.surname1[person] = next();
    people.surname2[person] = next();
    people.given[person] = next();
    people.birth[person] = next();
    for (let c = 0; c < CONTACTS; c++) people.contacts[person * CONTACTS + c] = next();
    people.office[person] = bytes[from]!;
  }

  function grow(): void {
    const wider = emptyPeople(people.count * 2);
    for (const column of ['building', 'door', 'surname1', 'surname2', 'given', 'birth', 'contacts', 'office'] as const)
      wider[column].set(people[column] as Float64Array);
    people = { ...wider, givenNames: people.givenNames };
    const longer = new Int32Array(people.count).fill(-1);
    longer.set(formerOf);
    formerOf = longer;
  }

  return {
    /** Rows of peopleQuery, cut anywhere. */
    addPeople(chunk: Uint8Array): void {
      const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const bytes = rest.length > 0 ? Buffer.concat([rest, fresh]) : fresh;
      let at = 0;
      for (; at + PERSON_BYTES <= bytes.length; at += PERSON_BYTES) addPerson(bytes, at);
      rest = Buffer.from(bytes.subarray(at));
    },
    /** Customer and household, 16 bytes each, of the memberships in force. Customers who are nobody any more count for nothing. */
    addMembers(packed: Uint8Array): void {
      const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
      for (let at = 0; at < bytes.length; at += 32) {
        const person = ids.find(bytes, at);
        const household = former.add(bytes, at + 16);
        if (person >= 0) formerOf[person] = household;
      }
    },
    /** What givenNames gives. */
    addGivenNames(names: readonly (readonly [number, string])[]): void {
      people = { ...people, givenNames: new Map(names) };
    },
    surnames(): number[] {
      const all = new Set<number>();
      for (let i = 0; i < ids.size; i++) all.add(people.surname1[i]!).add(people.surname2[i]!);
      all.delete(0);
      return [...all];
    },
    /** Takes a phone or e-mail off everybody: more people have it than are here. */
    forgetContacts(contacts: readonly number[]): void {
      const gone = new Set(contacts);
      people.contacts.forEach((contact, i) => {
        if (gone.has(contact)) people.contacts[i] = 0;
      });
    },
    form(
      decisions: readonly DecidedPersons[],
      share?: (surname: number) => number,
    ): FormedFigures & { redirects: { from: string; into: string }[] } {
      const decided = decisions
        .map(({ a, b, together }) => ({ a: ids.findText(a), b: ids.findText(b), together }))
        .filter(({ a, b }) => a >= 0 && b >= 0 && a !== b);
      const trimmed = trim(people, ids.size);
      const found = formHouseholds(trimmed, { decisions: decided, ...(share ? { share } : {}) });
      const rows: number[] = [];
      for (let i = 0; i < ids.size; i++) if (found.of[i] !== -1) rows.push(i);
      const clusters = groupByCluster(rows, found.of, found.count);
      const known = former.size;
      const { customerOf: idOf, redirects } = assignCustomers(clusters, formerOf, known, former.compare);
      const names = Array.from({ length: found.count }, (_, c) => (idOf[c]! >= 0 ? former.text(idOf[c]!) : newId()));
      lines = (function* () {
        for (const person of rows) {
          const mate = found.with[person]!;
          yield `${ids.text(person)}\t${names[found.of[person]!]}\t${probabilityOf(found.bits[person]!).toFixed(4)}\t${ids.text(mate)}\t{${reasonsOf(found.reasons[person]!).join(',')}}\n`;
        }
      })();
      return {
        people: ids.size,
        households: found.count,
        members: rows.length,
        redirects: redirects.map(({ customer, cluster }) => ({ from: former.text(customer), into: names[cluster]! })),
      };
    },
    /** COPY lines of everybody who has a household, in pieces; undefined when there are no more. */
    lines(): Uint8Array<ArrayBuffer> | undefined {
      let text = '';
      while (text.length < PIECE) {
        const line = lines?.next();
        if (!line || line.done) break;
        text += line.value;
      }
      return text === '' ? undefined : (new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>);
    },
  };
}

const PIECE = 1 << 20;

function trim(people: People, count: number): People {
  return {
    count,
    building: people.building.subarray(0, count),
    door: people.door.subarray(0, count),
    surname1: people.surname1.subarray(0, count),
    surname2: people.surname2.subarray(0, count),
    given: people.given.subarray(0, count),
    birth: people.birth.subarray(0, count),
    givenNames: people.givenNames,
    contacts: people.contacts.subarray(0, count * CONTACTS),
    office: people.office.subarray(0, count),
  };
}
