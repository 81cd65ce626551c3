import { foldText } from '@vinculo/normalise';

export interface Named {
  surname1: string;
  surname2: string;
  /** ISO date, '' unknown. */
  birthDate: string;
}

/**
 * What a household is called by: the two surnames of its children where there are any (García López), the one surname that its people
 * share, or one surname of each (García – López). Empty when nobody has a surname.
 */
export function householdSurnames(members: readonly Named[]): string {
  const people = members.map((member) => ({ ...member, first: foldText(member.surname1), second: foldText(member.surname2) }));
  const child =
    people.find(
      (m) => m.second !== '' && people.some((p) => p !== m && p.first === m.first) && people.some((p) => p !== m && p.first === m.second),
    ) ??
    people.find((m) => m.second !== '' && people.some((p) => p !== m && p.first === m.first && p.second === m.second)) ??
    // Who has the other's first surname as the second is the child; of two who share the first it is the younger.
    people.find((m) => m.second !== '' && people.some((p) => p !== m && p.first === m.second)) ??
    people.find(
      (m) => m.second !== '' && people.some((p) => p !== m && p.first === m.first && p.birthDate !== '' && m.birthDate > p.birthDate),
    );
  if (child) return `${child.surname1} ${child.surname2}`;

  const carriers = new Map<string, { surname: string; people: number }>();
  for (const { surname1, surname2, first, second } of people) {
    for (const [key, surname] of new Map([
      [first, surname1],
      [second, surname2],
    ])) {
      if (key !== '') carriers.set(key, { surname, people: (carriers.get(key)?.people ?? 0) + 1 });
    }
  }
  const [common] = [...carriers.values()].toSorted((x, y) => y.people - x.people || x.surname.localeCompare(y.surname, 'es'));
  if (common && common.people > 1) return common.surname;
  const surnames = new Map(people.filter(({ first }) => first !== '').map(({ first, surname1 }) => [first, surname1]));
  return [...surnames.values()].slice(0, 2).join(' – ');
}
