import * as fc from 'fast-check';

type Arbitraries<T extends unknown[]> = { [K in keyof T]: fc.Arbitrary<T[K]> };

/** States a law: `property(words(), words(), (a, b) => expect(f(a, b)).toBe(f(b, a)))`. Shows the smallest counterexample. */
export function property<T extends [unknown, ...unknown[]]>(...law: [...Arbitraries<T>, (...values: T) => unknown]): void {
  const check = law.at(-1) as (...values: T) => unknown;
  const arbitraries = law.slice(0, -1) as unknown as Arbitraries<T>;
  // The test says what is wrong by throwing; what `expect` or a helper returns means nothing.
  fc.assert(fc.property(...arbitraries, (...values: T) => void check(...values)));
}

/** Like {@link property} for a law that has to be awaited; fewer runs, because each may touch a store. */
export async function asyncProperty<T extends [unknown, ...unknown[]]>(
  ...law: [...Arbitraries<T>, (...values: T) => Promise<unknown>]
): Promise<void> {
  const check = law.at(-1) as (...values: T) => Promise<unknown>;
  const arbitraries = law.slice(0, -1) as unknown as Arbitraries<T>;
  const proposition = fc.asyncProperty(...arbitraries, async (...values: T) => void (await check(...values)));
  await fc.assert(proposition, { numRuns: 25 });
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyzáéíóúüñç'];

/** Words of 0 to 24 letters as people write them in Spanish, in lower case. */
export function words(): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 24 });
}

const GIVEN = ['María', 'José', 'Lucía', 'Íñigo', 'Begoña', 'Juan', 'Concepción', 'Martín', 'Noé', 'Ana', 'Xavier', 'Guadalupe'];
const SURNAMES = ['García', 'Muñoz', 'López', 'Peña', 'Ibáñez', 'Güell', 'Martínez', 'Ortiz', 'Sanz', 'Núñez', 'Castro', 'Vidal'];
const PARTICLES = ['', '', '', '', 'de ', 'del ', 'de la ', 'de los '];

/** Full names: one or two given names, one or two surnames, particles, accents, sometimes all in capitals. */
export function names(): fc.Arbitrary<string> {
  const given = fc.array(fc.constantFrom(...GIVEN), { minLength: 1, maxLength: 2 });
  const surname = fc.tuple(fc.constantFrom(...PARTICLES), fc.constantFrom(...SURNAMES)).map(([particle, name]) => particle + name);
  const surnames = fc.array(surname, { minLength: 1, maxLength: 2 });
  const written = fc.constantFrom(
    (name: string) => name,
    (name: string) => name.toLocaleUpperCase('es'),
  );
  return fc.tuple(given, surnames, written).map(([first, last, write]) => write([...first, ...last].join(' ')));
}
