import { type Declaration, declare } from './declaration.ts';
import type { CustomerSource, Noise } from './noise.ts';
import type { Person } from './people.ts';
import type { RandomSource } from './random.ts';

/** The sources a person is a customer of, and since when (the earliest and the latest day before today). */
export type Presence = Partial<Record<CustomerSource, true>>;

const daysAgo: Record<CustomerSource, readonly [number, number]> = {
  tarjeta: [400, 2900],
  'tienda-web': [380, 2000],
  centralita: [2, 360],
  encuestas: [2, 360],
};
const order: readonly CustomerSource[] = ['tarjeta', 'tienda-web', 'centralita', 'encuestas'];

/**
 * The records of one person in the sources of `presence`: one each, and a second where the source did not recognise its
 * own customer. `first` is the first person of the household, whose mobile or e-mail a second person may give.
 */
export function scatter(
  random: RandomSource,
  person: Person,
  presence: Presence,
  noise: Noise,
  today: number,
  first?: Person,
): Declaration[] {
  const declarations: Declaration[] = [];
  const shared = {
    ...(first && random.chance(noise.history.sharedMobile) ? { mobile: first.mobile } : {}),
    ...(first && random.chance(noise.history.sharedEmail) ? { email: first.email } : {}),
  };
  for (const source of order) {
    if (!presence[source]) continue;
    const rates = noise.record[source];
    const [latest, earliest] = daysAgo[source];
    declarations.push(declare(random, person, source, today - random.between(latest, earliest), rates, shared));
    if (random.chance(rates.again)) declarations.push(declare(random, person, source, today - random.between(2, latest), rates, shared));
  }
  return declarations;
}
