import { candidateTies } from './candidate-ties.ts';
import { crowdOf } from './crowd.ts';
import type { People } from './people.ts';
import { DECIDED, ENOUGH, scoreTie } from './score-tie.ts';

/** What people decided about two persons; nothing overrides it. */
export interface DecidedTie {
  a: number;
  b: number;
  together: boolean;
}

export interface FormOptions {
  decisions?: readonly DecidedTie[];
  /** Share of people who carry a surname, when `people` are only some of those there are. */
  share?: (surname: number) => number;
}

export interface Households {
  count: number;
  /** Household of each person, from 0; -1 lives alone as far as is known. */
  of: Int32Array;
  /** By person: the housemate they are tied to most, -1 alone; the log2 odds and the reasons of that tie. */
  with: Int32Array;
  bits: Float32Array;
  reasons: Uint8Array;
}

/** What decided people have instead of a score. */
const CERTAIN = 20;
/** Larger "households" are homes for the aged, convents, barracks: their inmates are customers of their own. */
const MOST_MEMBERS = 15;

/**
 * Forms households of people, by the scores of {@link scoreTie}. Pure, deterministic, the order of people decides nothing but ties
 * of equal score. It never says that two people are one: it puts people, each whole, beside each other.
 *
 * Strong ties join first. A tie is passed over when it would put behind one door people of two buildings, or of two known doors
 * without a phone or e-mail of their own in common, or people who were decided to be apart, or more than 15.
 */
export function formHouseholds(people: People, { decisions = [], share }: FormOptions = {}): Households {
  const crowd = crowdOf(people, share);
  const { a, b } = candidateTies(people);
  const strong: { a: number; b: number; bits: number; reasons: number }[] = [];
  for (let t = 0; t < a.length; t++) {
    const tie = scoreTie(people, crowd, a[t]!, b[t]!);
    if (tie && tie.bits >= ENOUGH) strong.push({ a: a[t]!, b: b[t]!, ...tie });
  }
  strong.sort((x, y) => y.bits - x.bits || x.a - y.a || x.b - y.b);

  const homes = joinable(people, decisions);
  const together = decisions.filter((decision) => decision.together).map((tie) => ({ ...tie, bits: CERTAIN, reasons: DECIDED }));
  for (const tie of together) homes.join(tie.a, tie.b);
  for (const tie of strong) homes.joinIfFits(tie.a, tie.b, tie.reasons);
  return numbered(people.count, homes, [...together, ...strong]);
}

function joinable({ count, building, door }: People, decisions: readonly DecidedTie[]) {
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const size = new Uint8Array(count).fill(1);
  const at = building.slice();
  const behind = door.slice();
  const apart = new Map<number, number[]>();
  for (const { a, b, together } of decisions) {
    if (together) continue;
    (apart.get(a) ?? apart.set(a, []).get(a)!).push(b);
    (apart.get(b) ?? apart.set(b, []).get(b)!).push(a);
  }

  const rootOf = (person: number): number => {
    let root = person;
    while (parent[root] !== root) root = parent[root]!;
    while (parent[person] !== root) [person, parent[person]] = [parent[person]!, root];
    return root;
  };
  const forbidden = (x: number, y: number) =>
    apart.get(x)?.some((person) => rootOf(person) === y) || apart.get(y)?.some((person) => rootOf(person) === x);

  function unite(x: number, y: number): void {
    const [kept, gone] = x < y ? [x, y] : [y, x];
    parent[gone] = kept;
    size[kept]! += size[gone]!;
    at[kept] ||= at[gone]!;
    behind[kept] ||= behind[gone]!;
    const people = apart.get(gone);
    if (people) apart.set(kept, [...(apart.get(kept) ?? []), ...people]);
  }

  return {
    rootOf,
    join(a: number, b: number): void {
      const [x, y] = [rootOf(a), rootOf(b)];
      if (x !== y) unite(x, y);
    },
    joinIfFits(a: number, b: number, reasons: number): void {
      const [x, y] = [rootOf(a), rootOf(b)];
      if (x === y || size[x]! + size[y]! > MOST_MEMBERS || forbidden(x, y)) return;
      if (at[x] !== 0 && at[y] !== 0 && at[x] !== at[y]) return;
      if (behind[x] !== 0 && behind[y] !== 0 && behind[x] !== behind[y] && (reasons & CONTACT) === 0) return;
      unite(x, y);
    },
  };
}

/** A phone or an e-mail shared: then two doors may be two writings of one. */
const CONTACT = 0b110000;

function numbered(
  count: number,
  homes: ReturnType<typeof joinable>,
  ties: readonly { a: number; b: number; bits: number; reasons: number }[],
): Households {
  const of = new Int32Array(count).fill(-1);
  const found: Households = {
    count: 0,
    of,
    with: new Int32Array(count).fill(-1),
    bits: new Float32Array(count),
    reasons: new Uint8Array(count),
  };
  // Ties come strongest first, so the first that stays within a household is the one to show for each of the two.
  const show = (person: number, other: number, tie: { bits: number; reasons: number }) => {
    if (found.with[person] !== -1) return;
    found.with[person] = other;
    found.bits[person] = tie.bits;
    found.reasons[person] = tie.reasons;
  };
  for (const tie of ties) {
    if (homes.rootOf(tie.a) !== homes.rootOf(tie.b)) continue;
    show(tie.a, tie.b, tie);
    show(tie.b, tie.a, tie);
  }
  const numbers = new Map<number, number>();
  for (let person = 0; person < count; person++) {
    if (found.with[person] === -1) continue;
    const root = homes.rootOf(person);
    if (!numbers.has(root)) numbers.set(root, found.count++);
    of[person] = numbers.get(root)!;
  }
  return found;
}
