import { CONTACTS, type People } from './people.ts';
import type { Crowd } from './score-tie.ts';

/** Counts, over everybody, what makes a shared thing telling or not. `share` replaces the count of surnames when given. */
export function crowdOf(people: People, share?: (surname: number) => number): Crowd {
  const { count, building, door, surname1, surname2, contacts } = people;
  const atBuilding = counter();
  const atDoor = counter();
  const sharing = counter();
  const carriers = counter();
  for (let i = 0; i < count; i++) {
    if (building[i] !== 0) {
      atBuilding.add(building[i]!);
      if (door[i] !== 0) atDoor.add(door[i]!);
    }
    for (let c = 0; c < CONTACTS; c++) {
      const contact = contacts[i * CONTACTS + c]!;
      // The same phone twice on one person is one person with a phone.
      let earlier = 0;
      while (earlier < c && contacts[i * CONTACTS + earlier] !== contact) earlier++;
      if (contact !== 0 && earlier === c) sharing.add(contact);
    }
    if (share) continue;
    if (surname1[i] !== 0) carriers.add(surname1[i]!);
    if (surname2[i] !== 0 && surname2[i] !== surname1[i]) carriers.add(surname2[i]!);
  }
  const of = Math.max(count, FEWEST);
  return {
    atBuilding: (person) => atBuilding.of(building[person]!),
    atDoor: (person) => atDoor.of(door[person]!),
    sharing: (contact) => sharing.of(contact),
    share: share ?? ((surname) => carriers.of(surname) / of),
  };
}

/** Among a handful of people every surname looks common; they are judged as if there were as many as this. */
export const FEWEST = 400;

function counter() {
  const counts = new Map<number, number>();
  return {
    add: (key: number) => void counts.set(key, (counts.get(key) ?? 0) + 1),
    of: (key: number) => counts.get(key) ?? 0,
  };
}
