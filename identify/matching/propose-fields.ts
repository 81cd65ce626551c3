import type { ColumnProfile, Meaning } from './column-meaning.ts';
import { complementary, groupMerged } from './column-overlap.ts';
import { draftFields, type FieldDraft, type FieldInput, type FieldPlan } from './field-plan.ts';
import { iberianShare } from './iberian-surnames.ts';
import { preparedBy } from './prepare.ts';
import { planBirth } from './propose-birth.ts';
import { personOf } from './propose-person.ts';
import { planThings } from './propose-things.ts';
import { mostTelling } from './telling-fields.ts';
import type { Table } from './table.ts';

/** Chooses fields by the columns' meanings and a sample of the table: large enough to show what cleaning changes and which columns stand in for which. */
export function planFields(table: Table, profiles: readonly ColumnProfile[]): FieldPlan {
  const draft = draftFields(table, profiles);
  planNames(draft);
  planBirth(draft);
  planContacts(draft);
  planPlaces(draft);
  planThings(draft);
  const { plan } = draft;
  plan.fields = mostTelling(table, plan);
  return plan;
}

/** Names of people and companies; decides what the records are about. */
function planNames(draft: FieldDraft): void {
  const { table, plan, of, add, block, cleaned, merged } = draft;
  const person = personOf(draft);
  const companyColumns = of('company').map(({ column }) => column);
  if (person.companyPart) companyColumns.push(person.companyPart);
  const hasPerson = person.given !== undefined || person.surname !== undefined;
  // A maker's name beside a title says whose a thing is, not that the records are of companies.
  const titled = of('words').some(({ filled, agreement }) =>
    of('company').every((company) => company.because !== 'name' && filled >= company.filled && agreement < company.agreement),
  );
  if (hasPerson) plan.about = person.companyPart || complementary(table, companyColumns, person.raw) ? 'both' : 'people';
  else plan.about = companyColumns.length > 0 && !titled ? 'companies' : 'things';

  if (person.given && person.surname && person.second) {
    plan.families = iberianShare(preparedBy(table, plan.prepare), person.surname) > 0.2;
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

  const companies = groupMerged(preparedBy(table, plan.prepare), companyColumns).slice(0, 3);
  companies.forEach((columns) => {
    const column = cleaned(merged(columns, `${columns[0]}+`), 'company');
    // Companies share names and sites made of them, not doors; people share doors.
    add(columns[0]!, [column], 'company', { shared: plan.about === 'companies' });
    block(column, 'company');
  });
}

/** Ids, mail, telephones and sites. */
function planContacts({ table, plan, people, of, add, block, cleaned, merged }: FieldDraft): void {
  const ids = of('id').map(({ column }) => cleaned(column, 'id'));
  // Kinds of id that hardly any record has two of are one field; they are not to be held against each other.
  groupMerged(preparedBy(table, plan.prepare), ids).forEach((columns) => {
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
    add(columns[0]!, [column], 'email', { shared: people() });
    block(column, 'email');
  });
  const phones = of('phone')
    .toSorted((a, b) => b.filled - a.filled)
    .slice(0, 4)
    .map(({ column }) => cleaned(column, 'phone'));
  if (phones.length > 0) {
    add(phones.length === 1 ? of('phone')[0]!.column : 'phone', phones, 'phone', { shared: people() });
    for (const column of phones) block(column, 'phone');
  }
  for (const { column } of of('website')) {
    const site = cleaned(column, 'website');
    add(column, [site], 'text', { shared: plan.about === 'companies' });
    block(site, 'website');
  }
}

/**
 * Where somebody lives is one field: who moves changes street, postcode and city together, and three fields would hold it against them
 * three times.
 */
function planPlaces({ table, people, of, add, block, cleaned, merged }: FieldDraft): void {
  type Cleaning = 'street' | 'postcode' | 'name' | 'clean';
  const groups = (meaning: Meaning): string[][] =>
    groupMerged(
      table,
      of(meaning).map(({ column }) => column),
    );
  const made = (columns: string[], meaning: Meaning, as: Cleaning): string => {
    const column = cleaned(merged(columns, `${columns[0]}+`), as);
    block(column, meaning);
    return column;
  };
  const place = (meaning: Meaning, as: Cleaning, comparison: FieldInput['comparison']): void => {
    for (const columns of groups(meaning)) add(columns[0]!, [made(columns, meaning, as)], comparison, { shared: people() });
  };
  const [streets, postcodes, cities] = [groups('street'), groups('postcode'), groups('city')];
  const oneOfEach = streets.length === 1 && postcodes.length < 2 && cities.length < 2 && postcodes.length + cities.length > 0;
  if (people() && oneOfEach) {
    const parts = [made(streets[0]!, 'street', 'street'), ...postcodes.map((columns) => made(columns, 'postcode', 'postcode'))];
    // The comparison knows a place by its position: without postcodes, theirs stays empty.
    if (cities.length > 0) parts[2] = made(cities[0]!, 'city', 'name');
    parts[1] ??= NO_COLUMN;
    add(streets[0]![0]!, parts, 'address', { shared: true });
    place('street-number', 'clean', 'text');
  } else {
    place('street', 'street', 'text');
    place('street-number', 'clean', 'text');
    place('postcode', 'postcode', 'text');
    place('city', 'name', 'text');
  }
  place('province', 'clean', 'exact');
}

/** A column that no table has, which counts as missing everywhere. */
const NO_COLUMN = 'no postcode';
