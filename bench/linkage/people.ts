// Invented Spanish households for load and accuracy, harsh: up to five records a person, typing errors, gaps, moved houses,
// short names, swapped surnames, shared phones and mails, twins, fathers and sons of one name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Table, tableBuilder } from '@vinculo/matching';

/** Records in columns, with the person behind each. */
export interface People {
  table: Table;
  truth: Uint32Array;
}

const columns = [
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
] as const;
type Record_ = Record<(typeof columns)[number], string>;

/** About `rows` records (the last household is complete), shuffled. `data` is the folder that holds `spanish_names`. */
export function generatePeople(rows: number, seed: number, data: string): People {
  const random = generator(seed);
  const below = (n: number) => Math.floor(random() * n);
  const chance = (share: number) => random() < share;
  const folder = join(data, 'spanish_names');
  const surname = drawFrom(frequencies(join(folder, 'apellidos.csv'), 8000), random);
  const man = drawFrom(frequencies(join(folder, 'hombres.csv'), 1500), random);
  const woman = drawFrom(frequencies(join(folder, 'mujeres.csv'), 1500), random);
  const digits = (n: number) => {
    let out = '';
    for (let k = 0; k < n; k++) out += below(10);
    return out;
  };
  const date = (from: number, to: number) => `${from + below(to - from)}-${two(1 + below(12))}-${two(1 + below(28))}`;
  const address = () => {
    const province = below(52) + 1;
    return {
      street: `${ways[below(ways.length)]} ${surname()} ${1 + below(150)}`,
      postcode: two(province) + digits(3),
      city: `poblacion ${province} ${below(40)}`,
    };
  };

  const builder = tableBuilder(columns);
  const truth = new Uint32Array(rows + 40);
  let people = 0;
  while (builder.rows < rows) {
    const [father, mother] = [surname(), surname()];
    const home = { ...address(), phone: `+349${digits(8)}` };
    const familyMail = `familia${below(1e6)}@correo.es`;
    const adult = (given: string, surname1: string): Record_ => ({
      ...empty,
      ...home,
      given,
      surname1,
      surname2: surname(),
      birth_date: date(1938, 1990),
    });
    const household: Record_[] = [adult(man(), father)];
    if (chance(0.6)) household.push(adult(woman(), mother));
    for (let child = below(3); child > 0; child--) {
      const one = {
        ...empty,
        ...home,
        given: chance(0.5) ? man() : woman(),
        surname1: father,
        surname2: mother,
        birth_date: date(1975, 2005),
      };
      if (chance(0.05)) one.given = household[0]!.given;
      household.push(one);
      if (chance(0.01)) household.push({ ...one, given: chance(0.5) ? man() : woman() });
    }
    for (const person of household) {
      const number = below(1e8);
      person.national_id = String(number).padStart(8, '0') + 'trwagmyfpdxbnjzsqvhlcke'[number % 23];
      person.mobile = `+346${digits(8)}`;
      person.email = chance(0.1) ? familyMail : mail(person, below(100), random);
      people++;
      let others = home as Partial<Record_>;
      for (let record = 1 + Math.min(4, Math.floor(-Math.log(1 - random()) * 1.6)); record > 0; record--) {
        if (chance(0.15)) others = address();
        push(differing({ ...person, ...others }));
      }
    }
  }

  function differing(record: Record_): Record_ {
    for (const [name, share] of missing) if (chance(share)) record[name] = '';
    if (record.surname2 !== '' && chance(0.02)) [record.surname1, record.surname2] = [record.surname2, record.surname1];
    if (chance(0.08)) record.given = short.get(record.given) ?? record.given;
    for (const name of ['given', 'surname1', 'surname2', 'street', 'email'] as const)
      if (record[name] !== '' && chance(0.04)) record[name] = typo(record[name], random);
    record.given_root = root.get(record.given) ?? record.given;
    if (record.birth_date !== '' && chance(0.03))
      record.birth_date = `${record.birth_date.slice(0, 5)}${record.birth_date.slice(8)}-${record.birth_date.slice(5, 7)}`;
    else if (record.birth_date !== '' && chance(0.02))
      record.birth_date = record.birth_date.slice(0, 3) + below(10) + record.birth_date.slice(4);
    if (record.mobile !== '' && chance(0.12)) record.mobile = `+346${digits(8)}`;
    return record;
  }
  function push(record: Record_): void {
    truth[builder.rows] = people - 1;
    builder.push(columns.map((name) => record[name]));
  }

  const { rows: made, columns: built } = builder.finish();
  const order = Uint32Array.from({ length: made }, (_, k) => k);
  for (let k = order.length - 1; k > 0; k--) {
    const other = below(k + 1);
    [order[k], order[other]] = [order[other]!, order[k]!];
  }
  for (const column of Object.values(built)) column.codes = order.map((k) => column.codes[k]!);
  return { table: { rows: made, columns: built }, truth: order.map((k) => truth[k]!) };
}

function mail(person: Record_, number: number, random: () => number): string {
  const given = person.given.split(' ')[0]!;
  const where = ['gmail.com', 'hotmail.com', 'yahoo.es', 'correo.es'][Math.floor(random() * 4)];
  return [
    `${given}.${person.surname1}${number}@${where}`,
    `${given[0]}${person.surname1}${person.birth_date.slice(2, 4)}@${where}`,
    `${person.surname1}${given}${number}@${where}`,
  ][Math.floor(random() * 3)]!.replaceAll(' ', '');
}

function typo(value: string, random: () => number): string {
  const at = Math.floor(random() * value.length);
  const letter = 'abcdefghijklmnopqrstuvwxyz'[Math.floor(random() * 26)]!;
  const kind = Math.floor(random() * 4);
  if (kind === 0 && value.length > 2) return value.slice(0, at) + value.slice(at + 1);
  if (kind === 1) return value.slice(0, at) + letter + value.slice(at);
  if (kind === 2 && at > 0) return value.slice(0, at - 1) + value[at] + value[at - 1] + value.slice(at + 1);
  return value.slice(0, at) + letter + value.slice(at + 1);
}

function frequencies(path: string, most: number): { name: string; weight: number }[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(1, most + 1)
    .map((line) => line.split(','))
    .map(([name, weight]) => ({ name: fold(name!), weight: Number(weight) }));
}

function drawFrom(list: readonly { name: string; weight: number }[], random: () => number): () => string {
  const sums = new Float64Array(list.length);
  let total = 0;
  list.forEach(({ weight }, k) => (sums[k] = total += weight));
  return () => {
    const wanted = random() * total;
    let [low, high] = [0, list.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > wanted) high = middle;
      else low = middle + 1;
    }
    return list[low]!.name;
  };
}

function fold(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '');
}

function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    return ((mixed ^ (mixed >>> 12)) >>> 0) / 4_294_967_296;
  };
}

const two = (n: number) => String(n).padStart(2, '0');
const empty = Object.fromEntries(columns.map((name) => [name, ''])) as Record_;
const missing = [
  ['surname2', 0.25],
  ['birth_date', 0.3],
  ['national_id', 0.6],
  ['email', 0.4],
  ['phone', 0.55],
  ['mobile', 0.4],
  ['street', 0.25],
] as const;
const ways = ['calle', 'avenida', 'plaza', 'paseo', 'camino', 'ronda'];
const nicknames = [
  ['jose', 'pepe'],
  ['francisco', 'paco'],
  ['manuel', 'manolo'],
  ['ignacio', 'nacho'],
  ['dolores', 'lola'],
  ['concepcion', 'concha'],
  ['josefa', 'pepa'],
  ['francisca', 'paca'],
  ['maria teresa', 'maite'],
  ['jesus', 'chus'],
] as const;
const short = new Map<string, string>(nicknames);
const root = new Map<string, string>(nicknames.map(([full, nick]) => [nick, full]));
