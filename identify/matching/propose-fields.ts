import type { ColumnProfile, Meaning } from './column-meaning.ts';
import { prepare } from './prepare.ts';
import { dateOrder } from './prepare-date.ts';
import type { Preparation, SettingsInput } from './settings.ts';
import { columnOf, type Table } from './table.ts';

export type FieldInput = SettingsInput['fields'][number];

/** A column that blocking may use, prepared. */
export interface BlockingColumn {
  column: string;
  meaning: Meaning;
}

/** What of the settings the columns' meanings decide. */
export interface FieldPlan {
  fields: FieldInput[];
  prepare: Preparation[];
  blockable: BlockingColumn[];
  /** Columns of long text, to be blocked by their rare words. */
  texts: string[];
  /** What the records are about, as far as the columns tell. */
  about: 'people' | 'companies' | 'both' | 'things';
  /** Column of a person's given name, of both surnames, of the date of birth and of ids, where the fields have them. */
  ids: string[];
  dates: string[];
  /** Whether people have two surnames, of the kinds that Spanish and Portuguese speakers have. */
  families: boolean;
}

const MOST_FIELDS = 14;

/** Chooses fields by the columns' meanings and a sample of the table: large enough to show what cleaning changes and which columns stand in for which. */
export function planFields(table: Table, profiles: readonly ColumnProfile[]): FieldPlan {
  const plan: FieldPlan = { fields: [], prepare: [], blockable: [], texts: [], about: 'things', ids: [], dates: [], families: false };
  const of = (meaning: Meaning): ColumnProfile[] => profiles.filter((profile) => profile.meaning === meaning);
  const add = (name: string, columns: string[], comparison: FieldInput['comparison'], more: Partial<FieldInput> = {}): void =>
    void plan.fields.push({ name, columns, comparison, ...more });
  const block = (column: string, meaning: Meaning): void => void plan.blockable.push({ column, meaning });
  const made = (step: Preparation): string => {
    plan.prepare.push(step);
    return step.column;
  };
  /** The column cleaned, or as it is where cleaning changes nothing. */
  const cleaned = (column: string, as: Exclude<Preparation['as'], 'rare-words'>, order?: Preparation['order']): string => {
    const step: Preparation = { column: `${column}~${as}`, from: [column], as, ...(order ? { order } : {}) };
    const tried = wouldBe(table, [...plan.prepare, step]);
    const after = columnOf(tried, step.column);
    const own = columnOf(tried, column);
    let changed = 0;
    for (let i = 0; i < table.rows; i++) if (after.values[after.codes[i]!] !== own.values[own.codes[i]!]) changed++;
    return changed === 0 ? column : made(step);
  };
  /** Columns of one meaning as one: the first that has a value. */
  const merged = (columns: readonly string[], name: string): string =>
    columns.length === 1 ? columns[0]! : made({ column: name, from: [...columns].slice(0, 12), as: 'first' });

  const person = personOf(table, profiles, plan, made, cleaned, merged);
  const companyColumns = of('company').map(({ column }) => column);
  if (person.companyPart) companyColumns.push(person.companyPart);
  const hasPerson = person.given !== undefined || person.surname !== undefined;
  // A maker's name beside a title says whose a thing is, not that the records are of companies.
  const titled = of('words').some(({ filled, agreement }) =>
    of('company').every((company) => company.because !== 'name' && filled >= company.filled && agreement < company.agreement),
  );
  if (hasPerson) plan.about = person.companyPart || complementary(table, companyColumns, person.raw) ? 'both' : 'people';
  else plan.about = companyColumns.length > 0 && !titled ? 'companies' : 'things';
  const people = plan.about === 'people' || plan.about === 'both';

  if (person.given && person.surname && person.second) {
    plan.families = iberianShare(wouldBe(table, plan.prepare), person.surname) > 0.2;
    add('given', [person.given, ...(person.root ? [person.root] : [])], 'name');
    add('surnames', [person.surname, person.second], 'surname-pair', { shared: true });
  } else if (person.given && person.surname) {
    add('name', [person.given, person.surname, ...(person.root ? [person.root] : [])], 'full-name', { shared: true });
  } else {
    if (person.given) add(person.given, [person.given, ...(person.root ? [person.root] : [])], 'name');
    if (person.surname) add(person.surname, [person.surname], 'name', { shared: true });
  }
  if (person.given) block(person.root ?? person.given, 'given');
  if (person.surname) block(person.surname, 'surname');
  if (person.second) block(person.second, 'second-surname');
  person.moreGivens.forEach((column) => add(column, [column], 'name'));

  const companies = groupMerged(wouldBe(table, plan.prepare), companyColumns).slice(0, 3);
  companies.forEach((columns) => {
    const column = cleaned(merged(columns, `${columns[0]}+`), 'company');
    // Companies share names and sites made of them, not doors; people share doors.
    add(columns[0]!, [column], 'company', { shared: plan.about === 'companies' });
    block(column, 'company');
  });

  planBirth(profiles, table, plan, made, cleaned, add, block);
  const ids = of('id').map(({ column }) => cleaned(column, 'id'));
  // Kinds of id that hardly any record has two of are one field; they are not to be held against each other.
  groupMerged(wouldBe(table, plan.prepare), ids).forEach((columns) => {
    for (let k = 0; k < columns.length; k += 4)
      add(columns.length === 1 ? of('id')[ids.indexOf(columns[0]!)]!.column : `ids ${columns[k]}`, columns.slice(k, k + 4), 'id');
    for (const column of columns) block(column, 'id');
    plan.ids.push(...columns.slice(0, 1));
  });
  groupMerged(
    table,
    of('email').map(({ column }) => column),
  ).forEach((columns) => {
    const column = cleaned(merged(columns, `${columns[0]}+`), 'email');
    add(columns[0]!, [column], 'email', { shared: people });
    block(column, 'email');
  });
  const phones = of('phone')
    .toSorted((a, b) => b.filled - a.filled)
    .slice(0, 4)
    .map(({ column }) => cleaned(column, 'phone'));
  if (phones.length > 0) {
    add(phones.length === 1 ? of('phone')[0]!.column : 'phone', phones, 'phone', { shared: people });
    for (const column of phones) block(column, 'phone');
  }
  for (const { column } of of('website')) {
    const site = cleaned(column, 'website');
    add(column, [site], 'text', { shared: plan.about === 'companies' });
    block(site, 'website');
  }
  const place = (meaning: Meaning, as: 'street' | 'postcode' | 'name' | 'clean', comparison: FieldInput['comparison']): void => {
    groupMerged(
      table,
      of(meaning).map(({ column }) => column),
    ).forEach((columns) => {
      const column = cleaned(merged(columns, `${columns[0]}+`), as);
      add(columns[0]!, [column], comparison, { shared: people });
      block(column, meaning);
    });
  };
  place('street', 'street', 'text');
  place('street-number', 'clean', 'text');
  place('postcode', 'postcode', 'text');
  place('city', 'name', 'text');
  place('province', 'clean', 'exact');
  const title = of('words')
    .toSorted((a, b) => a.agreement / a.filled ** 2 - b.agreement / b.filled ** 2)
    .find(({ looks }) => looks!.length < 120)?.column;
  for (const { column } of of('words')) {
    const text = cleaned(column, 'clean');
    // What a thing is called is its own; who made it and where it appeared it shares with others.
    add(column, [text], 'words', { shared: plan.about === 'things' && column !== title });
    plan.texts.push(text);
  }
  for (const { column } of of('set')) {
    const text = cleaned(column, 'clean');
    add(column, [text], 'set');
    plan.texts.push(text);
  }
  for (const { column, looks } of of('text')) {
    const text = cleaned(column, 'clean');
    add(column, [text], 'text');
    block(text, 'text');
    if (looks && looks.words > 1.8) plan.texts.push(text);
  }
  for (const { column } of of('number')) add(column, [cleaned(column, 'number')], 'number');
  for (const { column, looks, because } of of('category')) {
    if (looks && looks.year > 0.9) {
      const year = cleaned(column, 'number');
      add(column, [year], 'number', {
        levels: [
          { is: 'exact', m: 0.8 },
          { is: 'similar', at: 0.9994, m: 0.1 },
          { is: 'different', m: 0.1 },
        ],
      });
      block(year, 'category');
      continue;
    }
    const text = cleaned(column, 'clean');
    add(column, [text], 'exact', {
      levels: [
        { is: 'exact', m: 0.85 },
        { is: 'different', m: 0.15 },
      ],
      // What nobody has named may be a town, and those of one house share it.
      shared: people && because === 'few values',
    });
    block(text, 'category');
  }
  if (!people) {
    for (const { column } of of('date')) {
      const date = cleaned(column, 'date', dateOrder(columnOf(table, column).values));
      add(column, [date], 'date');
      block(date, 'birth-date');
    }
  }
  plan.fields = mostTelling(table, plan);
  return plan;
}

function planBirth(
  profiles: readonly ColumnProfile[],
  table: Table,
  plan: FieldPlan,
  made: (step: Preparation) => string,
  cleaned: (column: string, as: 'date' | 'number' | 'clean', order?: Preparation['order']) => string,
  add: (name: string, columns: string[], comparison: FieldInput['comparison'], more?: Partial<FieldInput>) => void,
  block: (column: string, meaning: Meaning) => void,
): void {
  const of = (meaning: Meaning): string[] => profiles.filter((profile) => profile.meaning === meaning).map(({ column }) => column);
  for (const column of of('birth-date')) {
    const date = cleaned(column, 'date', dateOrder(columnOf(table, column).values));
    add(column, [date], 'date');
    block(date, 'birth-date');
    plan.dates.push(column);
  }
  const [year, month, day] = [of('birth-year')[0], of('birth-month')[0], of('birth-day')[0]];
  if (year && month && day) {
    const date = made({ column: 'birth', from: [year, month, day], as: 'date' });
    add('birth', [date], 'date');
    block(date, 'birth-date');
    plan.dates.push('birth');
  } else {
    for (const column of [year, month, day, ...of('age')]) {
      if (column === undefined) continue;
      const number = cleaned(column, 'number');
      const near = column === year ? 0.9994 : 0.96;
      add(column, [number], 'number', {
        levels: [
          { is: 'exact', m: 0.85 },
          { is: 'similar', at: near, m: 0.08 },
          { is: 'different', m: 0.07 },
        ],
      });
      block(number, 'category');
    }
  }
}

interface PersonColumns {
  given?: string;
  root?: string;
  surname?: string;
  second?: string;
  moreGivens: string[];
  /** Names of companies found in a column of names. */
  companyPart?: string;
  /** Columns as they came. */
  raw: string[];
}

function personOf(
  table: Table,
  profiles: readonly ColumnProfile[],
  plan: FieldPlan,
  made: (step: Preparation) => string,
  cleaned: (column: string, as: 'name' | 'root') => string,
  merged: (columns: readonly string[], name: string) => string,
): PersonColumns {
  const of = (meaning: Meaning): string[] =>
    profiles
      .filter((profile) => profile.meaning === meaning)
      .toSorted((a, b) => b.filled - a.filled)
      .map(({ column }) => column);
  const [givens, surnames, seconds, fulls, roots] = [of('given'), of('surname'), of('second-surname'), of('full-name'), of('given-root')];
  const person: PersonColumns = { moreGivens: [], raw: [...givens, ...surnames, ...fulls] };
  // A full name beside its parts says nothing new; where the parts are empty, it stands for them.
  const split = fulls.filter(
    (full) => givens.length + surnames.length === 0 || complementary(table, [full], [...givens.slice(0, 1), ...surnames.slice(0, 1)]),
  );
  const parts = split.slice(0, 2).map((full) => {
    const profile = profiles.find(({ column }) => column === full)!;
    const companies = profile.looks?.company ?? 0;
    return {
      given: made({ column: `${full}~given`, from: [full], as: 'given' }),
      surname: made({ column: `${full}~surname`, from: [full], as: 'surname' }),
      second: made({ column: `${full}~second-surname`, from: [full], as: 'second-surname' }),
      company: companies > 0.02 ? made({ column: `${full}~company`, from: [full], as: 'company-part' }) : undefined,
    };
  });
  const companyParts = parts.flatMap(({ company }) => company ?? []);
  if (companyParts.length > 0) person.companyPart = merged(companyParts, 'company in name');

  const sameGivens = givens.slice(0, 1).concat(givens.slice(1).filter((column) => complementary(table, [column], givens.slice(0, 1))));
  const given = [...sameGivens.map((column) => cleaned(column, 'name')), ...parts.map((part) => part.given)];
  if (given.length > 0) person.given = merged(given, 'given name');
  person.moreGivens = givens
    .filter((column) => !sameGivens.includes(column))
    .slice(0, 1)
    .map((column) => cleaned(column, 'name'));
  const onlySurnames = surnames.slice(0, 1);
  const twoInOne = seconds.length === 0 && onlySurnames.length > 0 && shareOfTwoWords(table, onlySurnames[0]!) > 0.4;
  const surname = [
    ...onlySurnames.map((column) =>
      twoInOne ? made({ column: `${column}~1`, from: [column], as: 'surname-first' }) : cleaned(column, 'name'),
    ),
    ...parts.map((part) => part.surname),
  ];
  if (surname.length > 0) person.surname = merged(surname, 'surname');
  const second = [
    ...(twoInOne ? [made({ column: `${onlySurnames[0]}~2`, from: [onlySurnames[0]!], as: 'surname-last' })] : []),
    ...seconds.slice(0, 1).map((column) => cleaned(column, 'name')),
    ...parts.filter((part) => filledShare(wouldBe(table, plan.prepare), part.second) > 0.05).map((part) => part.second),
  ];
  if (second.length > 0) person.second = merged(second, 'second surname');
  if (roots[0]) person.root = roots[0];
  else if (person.given) {
    const step = cleaned(person.given, 'root');
    if (step !== person.given) person.root = step;
  }
  return person;
}

/** The table with these columns prepared as well. */
function wouldBe(table: Table, steps: readonly Preparation[]): Table {
  return prepare(table, { prepare: [...steps] }).table;
}

function filledShare(table: Table, column: string): number {
  const { codes } = columnOf(table, column);
  let filled = 0;
  for (let i = 0; i < codes.length; i++) if (codes[i] !== 0) filled++;
  return filled / Math.max(1, codes.length);
}

/** Whether some columns are mostly filled where the others are not. */
function complementary(table: Table, columns: readonly string[], others: readonly string[]): boolean {
  if (columns.length === 0 || others.length === 0) return false;
  const mine = columns.map((name) => columnOf(table, name).codes);
  const theirs = others.map((name) => columnOf(table, name).codes);
  let filled = 0;
  let both = 0;
  for (let i = 0; i < table.rows; i++) {
    if (!mine.some((codes) => codes[i] !== 0)) continue;
    filled++;
    if (theirs.some((codes) => codes[i] !== 0)) both++;
  }
  return filled > 0 && both < filled * 0.3;
}

/** Columns of one meaning in groups that stand in for one another: each group is one field. */
function groupMerged(table: Table, columns: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const column of columns) {
    const group = groups.find((members) => complementary(table, [column], members) && complementary(table, members, [column]));
    if (group) group.push(column);
    else groups.push([column]);
  }
  return groups;
}

function shareOfTwoWords(table: Table, column: string): number {
  const { values } = columnOf(table, column);
  let two = 0;
  for (let code = 1; code < values.length; code++) if (/^\S+(?: (?:de|del|la|las|los|da|do|dos|y|e))* \S+$/.test(values[code]!)) two++;
  return two / Math.max(1, values.length - 1);
}

const iberian = new Set(
  `garcia gonzalez rodriguez fernandez lopez martinez sanchez perez gomez martin jimenez ruiz hernandez diaz moreno alvarez munoz romero alonso gutierrez navarro torres dominguez
  vazquez ramos gil ramirez serrano blanco molina morales suarez ortega delgado castro ortiz rubio marin sanz nunez iglesias medina garrido cortes castillo santos rojas vargas
  flores rivera reyes mendoza cruz herrera silva oliveira souza sousa rodrigues ferreira alves pereira lima gomes costa ribeiro martins carvalho almeida lopes soares fernandes vieira`.split(
    /\s+/,
  ),
);

/** Share of rows with a surname that is common where people have two. */
function iberianShare(table: Table, column: string): number {
  const { codes, values } = columnOf(table, column);
  let filled = 0;
  let known = 0;
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] === 0) continue;
    filled++;
    if (iberian.has(values[codes[i]!]!)) known++;
  }
  return known / Math.max(1, filled);
}

/** As many fields as settings may have, those that say most. */
function mostTelling(table: Table, plan: FieldPlan): FieldInput[] {
  if (plan.fields.length <= MOST_FIELDS) return plan.fields;
  const ready = wouldBe(table, plan.prepare);
  const bits = new Map(plan.fields.map((field) => [field, Math.max(...field.columns.map((column) => bitsOf(ready, column)))]));
  const kept = new Set(plan.fields.toSorted((a, b) => bits.get(b)! - bits.get(a)!).slice(0, MOST_FIELDS));
  return plan.fields.filter((field) => kept.has(field));
}

/** What agreement on a column says, times how often both have it. */
function bitsOf(table: Table, column: string): number {
  const { codes, values } = columnOf(table, column);
  const counts = new Uint32Array(values.length);
  for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++;
  const present = codes.length - counts[0]!;
  let squares = 0;
  for (let code = 1; code < counts.length; code++) squares += counts[code]! ** 2;
  return present === 0 ? 0 : -Math.log2(squares / present ** 2) * (present / codes.length) ** 2;
}
