// A village of invented people, written by two offices that do not spell alike, and the command run on it as a person would.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '@vinculo/config';

export interface Villager {
  id: string;
  given: string;
  surname: string;
  birth_date: string;
  email: string;
  city: string;
  /** Who it is: never given to the command unless a test says so. */
  who: string;
}

const GIVEN = ['Ana', 'Luis', 'Marta', 'Jorge', 'Irene', 'Pablo', 'Rosa', 'Tomás', 'Elena', 'Víctor', 'Nuria', 'Hugo', 'Carla', 'Iván'];
const SURNAMES = [
  'Muñoz',
  'Peña',
  'Quiroga',
  'Salcedo',
  'Ferrer',
  'Ibáñez',
  'Larrea',
  'Bravo',
  'Cuesta',
  'Olmedo',
  'Prieto',
  'Vidal',
  'Zamora',
];
const CITIES = ['Soria', 'Teruel', 'Ávila', 'Cuenca', 'Lugo'];

/** `people` people; two thirds of them have a second record with a slip in it. */
export function village(people: number): Villager[] {
  const records: Villager[] = [];
  for (let k = 0; k < people; k++) {
    const person = {
      given: GIVEN[(k * 5) % GIVEN.length]!,
      surname: SURNAMES[(k * 7 + Math.floor(k / 3)) % SURNAMES.length]!,
      birth_date: `${1940 + ((k * 17) % 60)}-${two(1 + ((k * 5) % 12))}-${two(1 + ((k * 11) % 28))}`,
      email: `correo${k}@ejemplo.es`,
      city: CITIES[k % CITIES.length]!,
      who: `p${k}`,
    };
    records.push({ id: `a${k}`, ...person });
    if (k % 3 === 0) continue;
    const slip = k % 2 === 0 ? { surname: person.surname.slice(0, -1) } : { email: '' };
    records.push({ id: `b${k}`, ...person, ...slip });
  }
  return records;
}

const two = (n: number) => String(n).padStart(2, '0');

export const COLUMNS = ['id', 'given', 'surname', 'birth_date', 'email', 'city'] as const;

export function csv(records: readonly Villager[], delimiter = ',', columns: readonly (keyof Villager)[] = COLUMNS): string {
  return `${[columns.join(delimiter), ...records.map((record) => columns.map((name) => record[name]).join(delimiter))].join('\n')}\n`;
}

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

export interface Workshop {
  folder: string;
  path(name: string): string;
  run(args: readonly string[], language?: 'es' | 'en'): Promise<Ran>;
  /** The clusters of more than one record, as sorted ids joined by spaces, sorted. */
  clusters(name: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function workshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'link-test-'));
  const path = (name: string) => join(folder, name);
  return {
    folder,
    path,
    run: (args, language = 'en') => run(folder, args, language),
    async clusters(name) {
      const groups = new Map<string, string[]>();
      const [head, ...rows] = (await readFile(path(name), 'utf8')).trimEnd().split('\n');
      if (head !== 'id,cluster') throw new Error(`The header is ${head}.`);
      for (const row of rows) {
        const [, id, cluster] = /^(.*),(\d+)$/.exec(row)!;
        groups.set(cluster!, [...(groups.get(cluster!) ?? []), id!]);
      }
      const joined = [...groups.values()].filter((ids) => ids.length > 1);
      return joined.map((ids) => ids.toSorted().join(' ')).toSorted();
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

export const PROGRAM = new URL('../bin/vinculo.js', import.meta.url).pathname;

function run(cwd: string, args: readonly string[], language: 'es' | 'en'): Promise<Ran> {
  const child = spawn(process.execPath, [PROGRAM, 'link', ...args], { cwd, env: childEnvironment({ VINCULO_LANGUAGE: language }) });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}
