import { foldText } from '@vinculo/normalise';
import type { Named } from './name-household.ts';

export type HouseholdRole = 'parent' | 'child' | 'sibling' | 'member';

/** Years between parents and children. */
const YOUNGEST_PARENT = 16;
const OLDEST_PARENT = 55;

/**
 * What each member is in the household, no further than surnames and ages show: a parent's first surname is one of the child's two, and
 * the parent is 16 to 55 years older; siblings have the same two. Two people without either are members, whatever they may be to
 * each other.
 */
export function guessRoles(members: readonly Named[]): HouseholdRole[] {
  const people = members.map(({ surname1, surname2, birthDate }) => ({
    first: foldText(surname1),
    second: foldText(surname2),
    year: birthDate === '' ? undefined : Date.parse(birthDate) / YEAR,
  }));
  type Person = (typeof people)[number];
  const sameSurnames = (a: Person, b: Person) => a.first !== '' && a.second !== '' && a.first === b.first && a.second === b.second;
  const isChildOf = (child: Person, parent: Person) => {
    if (child === parent || child.year === undefined || parent.year === undefined || parent.first === '' || sameSurnames(child, parent))
      return false;
    const gap = child.year - parent.year;
    return gap >= YOUNGEST_PARENT && gap <= OLDEST_PARENT && (child.first === parent.first || child.second === parent.first);
  };
  return people.map((person) => {
    if (people.some((parent) => isChildOf(person, parent))) return 'child';
    if (people.some((child) => isChildOf(child, person))) return 'parent';
    return people.some((other) => other !== person && sameSurnames(person, other)) ? 'sibling' : 'member';
  });
}

const YEAR = 365.25 * 24 * 3_600_000;
