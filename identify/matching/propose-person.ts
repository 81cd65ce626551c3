import type { Meaning } from './column-meaning.ts';
import { complementary } from './column-overlap.ts';
import type { FieldDraft } from './field-plan.ts';
import { shareOfTwoWords } from './iberian-surnames.ts';
import { preparedBy } from './prepare.ts';
import { columnOf, type Table } from './table.ts';

export interface PersonColumns {
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

/** Where a person's names are, taken apart and put together from whatever columns hold them. */
export function personOf({ table, profiles, plan, made, cleaned, merged }: FieldDraft): PersonColumns {
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
    ...parts.filter((part) => filledShare(preparedBy(table, plan.prepare), part.second) > 0.05).map((part) => part.second),
  ];
  if (second.length > 0) person.second = merged(second, 'second surname');
  if (roots[0]) person.root = roots[0];
  else if (person.given) {
    const step = cleaned(person.given, 'root');
    if (step !== person.given) person.root = step;
  }
  return person;
}

function filledShare(table: Table, column: string): number {
  const { codes } = columnOf(table, column);
  let filled = 0;
  for (let i = 0; i < codes.length; i++) if (codes[i] !== 0) filled++;
  return filled / Math.max(1, codes.length);
}
