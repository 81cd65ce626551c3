// Invented people with Spanish names for the tests: households, several records a person, the usual differences between systems.
import { seededRandom } from './random.ts';
import { intern, type Table } from './table.ts';

export type Person = Partial<Record<(typeof columnNames)[number], string>>;

export const columnNames = [
  'given',
  'given_root',
  'surname1',
  'surname2',
  'birth_date',
  'national_id',
  'email',
  'phone',
  'mobile',
  'street',
  'postcode',
  'city',
  'company',
  'source',
  'kind',
] as const;

const roots: Record<string, string> = {
  pepe: 'jose',
  paco: 'francisco',
  lola: 'dolores',
  conchi: 'concepcion',
  nacho: 'ignacio',
  mari: 'maria',
};

/** A table of records; `given_root` is filled in where it is left out. */
export function peopleTable(records: readonly Person[]): Table {
  const rooted = records.map((record) => ({ ...record, given_root: record.given_root ?? roots[record.given ?? ''] ?? record.given ?? '' }));
  return {
    rows: records.length,
    columns: Object.fromEntries(columnNames.map((name) => [name, intern(rooted.map((record) => record[name] ?? ''))])),
  };
}

export interface Simulated {
  records: Person[];
  /** The person behind each record. */
  truth: number[];
}

/** About `people` people in households, one to four records each. The same seed gives the same people. */
export function simulatePeople(people: number, seed: number): Simulated {
  const random = seededRandom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const often = <T>(list: readonly T[]): T => list[Math.floor(list.length * random() ** 2)]!; // the first are the commonest
  const chance = (share: number) => random() < share;
  const surname = () => (chance(0.75) ? often(surnames) : often(surnames).slice(0, 4) + often(endings));
  const date = (from: number, to: number) => `${from + below(to - from)}-${two(1 + below(12))}-${two(1 + below(28))}`;
  const digits = (n: number) => Array.from({ length: n }, () => below(10)).join('');
  const address = () => {
    const town = often(towns);
    return { street: `${often(streets)} ${1 + below(120)}`, postcode: town[1] + digits(3), city: town[0] };
  };

  const everyone: Person[] = [];
  while (everyone.length < people) {
    const [father, mother] = [surname(), surname()];
    const home = { ...address(), phone: `+349${digits(8)}` };
    const adult = (names: readonly string[], surname1: string): Person => ({
      given: often(names),
      surname1,
      surname2: surname(),
      birth_date: date(1945, 1985),
      ...home,
    });
    const household: Person[] = [adult(men, father), adult(women, mother)];
    for (let child = below(3); child > 0; child--) {
      household.push({
        given: often(chance(0.5) ? men : women),
        surname1: father,
        surname2: mother,
        birth_date: date(1980, 2004),
        ...home,
      });
    }
    for (const person of household) {
      person.national_id = digits(8) + often('TRWAGMYFPDXBNJZSQVHLCKE'.split('')).toLowerCase();
      person.mobile = `+346${digits(8)}`;
      person.email = `${person.given!.replaceAll(' ', '')}.${person.surname1}${digits(3)}@correo.es`;
      person.kind = 'person';
    }
    everyone.push(...household);
  }

  const typo = (value: string): string => {
    const at = 1 + below(Math.max(1, value.length - 1));
    const letter = 'abcdefghijklmnopqrstuvwxyz'[below(26)]!;
    return [
      value.slice(0, at) + value.slice(at + 1),
      value.slice(0, at) + letter + value.slice(at),
      value.slice(0, at) + letter + value.slice(at + 1),
    ][below(3)]!;
  };
  const seenBy = (person: Person, source: number): Person => {
    const record: Person = { ...person, source: `s${source}` };
    for (const [name, share] of Object.entries(missing)) if (chance(share)) delete record[name as keyof Person];
    if (record.surname2 && chance(0.02)) [record.surname1, record.surname2] = [record.surname2, record.surname1];
    if (chance(0.04)) record.given = typo(record.given!);
    if (chance(0.04)) record.surname1 = typo(record.surname1!);
    if (record.birth_date && chance(0.03)) record.birth_date = transposed(record.birth_date);
    if (chance(0.06)) record.given = short[record.given!] ?? record.given!;
    if (chance(0.1)) Object.assign(record, address());
    if (record.mobile && chance(0.1)) record.mobile = `+346${digits(8)}`;
    return record;
  };
  const found: { record: Person; person: number }[] = [];
  everyone.forEach((person, number) => {
    for (let source = 1 + below(4); source > 0; source--) found.push({ record: seenBy(person, source), person: number });
  });
  for (let k = found.length - 1; k > 0; k--) {
    const other = below(k + 1);
    [found[k], found[other]] = [found[other]!, found[k]!];
  }
  return { records: found.map(({ record }) => record), truth: found.map(({ person }) => person) };
}

const two = (n: number) => String(n).padStart(2, '0');
const transposed = (date: string) => `${date.slice(0, 5)}${date.slice(8)}-${date.slice(5, 7)}`;
const missing = { surname2: 0.25, birth_date: 0.2, national_id: 0.6, email: 0.4, phone: 0.5, mobile: 0.3, street: 0.2 };
const short: Record<string, string> = Object.fromEntries(Object.entries(roots).map(([nickname, root]) => [root, nickname]));
const words = (text: string) => text.split(' ').map((word) => word.replaceAll('_', ' '));
const men = words(
  'antonio jose manuel francisco juan david jose_antonio jose_luis javier jesus carlos daniel miguel rafael pedro alejandro angel fernando luis pablo sergio jorge alberto ramon enrique diego vicente ignacio andres oscar',
);
const women = words(
  'maria_carmen maria carmen josefa isabel ana_maria maria_dolores maria_pilar maria_teresa ana laura francisca antonia dolores cristina marta pilar lucia concepcion elena mercedes rosa_maria raquel sara paula beatriz nuria silvia rosario irene',
);
const surnames = words(
  'garcia gonzalez rodriguez fernandez lopez martinez sanchez perez gomez martin jimenez ruiz hernandez diaz moreno alvarez munoz romero alonso gutierrez navarro torres dominguez vazquez ramos gil ramirez serrano blanco molina suarez morales ortega delgado castro ortiz rubio marin sanz iglesias nunez medina garrido cortes castillo santos lozano guerrero cano prieto mendez cruz calvo gallego vidal leon marquez herrera pena flores cabrera campos vega fuentes carrasco diez reyes caballero nieto aguilar pascual santana herrero lorenzo hidalgo montero ibanez gimenez ferrer duran santiago vicente benitez mora arias vargas carmona crespo roman pastor soto saez velasco moya soler parra esteban bravo gallardo rojas',
);
const endings = ['ez', 'era', 'osa', 'uri', 'alde', 'eta', 'al', 'on', 'ilo', 'edo'];
const streets = words(
  'calle_mayor calle_real avenida_constitucion calle_sol plaza_espana calle_san_juan calle_olmo calle_nueva calle_fuente paseo_marina',
);
const towns = [
  ['madrid', '28'],
  ['barcelona', '08'],
  ['valencia', '46'],
  ['sevilla', '41'],
  ['zaragoza', '50'],
  ['vigo', '36'],
] as const;
