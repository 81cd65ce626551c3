import { CONTACTS, type People } from './people.ts';
import { MOST_SHARING } from './score-tie.ts';

/** In a building of up to this many people everybody is compared with everybody. */
const SMALL_BUILDING = 40;
/** A surname that more people of one building carry says nothing there any more. */
const MOST_NAMESAKES = 60;

/** Pairs of people who may live together: of one building, or with a phone or e-mail in common where an address is missing. */
export function candidateTies(people: People): { a: Int32Array; b: Int32Array } {
  const pairs = pairList();
  forEachGroup(people.building, (members) => {
    if (members.length <= SMALL_BUILDING) everyPair(members, pairs.add);
    else withinLargeBuilding(people, members, pairs.add);
  });
  sharedContacts(people, (a, b) => {
    // Of one building they are compared already; of two they do not live together.
    if (people.building[a] === 0 || people.building[b] === 0) pairs.add(a, b);
  });
  return pairs.finish();
}

function withinLargeBuilding(people: People, members: Int32Array, add: (a: number, b: number) => void): void {
  const seen = new Set<number>();
  const once = (a: number, b: number) => {
    const key = a * people.count + b;
    if (seen.has(key)) return;
    seen.add(key);
    add(a, b);
  };
  const groups = new Map<number, number[]>();
  const put = (key: number, person: number) => {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [person]);
    else if (group.at(-1) !== person) group.push(person);
  };
  for (const person of members) {
    for (const surname of [people.surname1[person]!, people.surname2[person]!]) if (surname !== 0) put(surname, person);
    for (let c = 0; c < CONTACTS; c++) {
      const contact = people.contacts[person * CONTACTS + c]!;
      if (contact !== 0) put(-contact, person);
    }
  }
  for (const [key, group] of groups) {
    if (group.length > (key > 0 ? MOST_NAMESAKES : MOST_SHARING)) continue;
    everyPair(group, once);
  }
}

function sharedContacts({ count, contacts }: People, add: (a: number, b: number) => void): void {
  const first = new Map<number, number>();
  const groups = new Map<number, number[]>();
  for (let person = 0; person < count; person++) {
    for (let c = 0; c < CONTACTS; c++) {
      const contact = contacts[person * CONTACTS + c]!;
      if (contact === 0) continue;
      const before = first.get(contact);
      if (before === undefined) first.set(contact, person);
      else if (before !== person) {
        const group = groups.get(contact);
        if (group === undefined) groups.set(contact, [before, person]);
        else if (group.at(-1) !== person) group.push(person);
      }
    }
  }
  for (const group of groups.values()) if (group.length <= MOST_SHARING) everyPair(group, add);
}

/** Calls with the people of each building that has two or more, in order. */
function forEachGroup(keys: Float64Array, each: (members: Int32Array) => void): void {
  const order = new Int32Array(keys.reduce((n, key) => n + (key === 0 ? 0 : 1), 0));
  for (let i = 0, n = 0; i < keys.length; i++) if (keys[i] !== 0) order[n++] = i;
  order.sort((x, y) => keys[x]! - keys[y]! || x - y);
  for (let from = 0, to; from < order.length; from = to) {
    to = from + 1;
    while (to < order.length && keys[order[to]!] === keys[order[from]!]) to++;
    if (to - from > 1) each(order.subarray(from, to));
  }
}

function everyPair(members: ArrayLike<number>, add: (a: number, b: number) => void): void {
  for (let i = 0; i < members.length; i++) for (let j = i + 1; j < members.length; j++) add(members[i]!, members[j]!);
}

function pairList() {
  let a = new Int32Array(1024);
  let b = new Int32Array(1024);
  let size = 0;
  return {
    add(x: number, y: number): void {
      if (size === a.length) {
        const [wider, second] = [new Int32Array(size * 2), new Int32Array(size * 2)];
        wider.set(a);
        second.set(b);
        [a, b] = [wider, second];
      }
      a[size] = x;
      b[size++] = y;
    },
    finish: () => ({ a: a.subarray(0, size), b: b.subarray(0, size) }),
  };
}
