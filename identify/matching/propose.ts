import { type ColumnProfile, columnProfile, type Meaning } from './column-meaning.ts';
import { proposeBlocking } from './propose-blocking.ts';
import { parseSettings, type Settings, type SettingsInput } from './settings.ts';
import type { Table } from './table.ts';

export interface ProposalHints {
  /** What columns mean where their names do not say it; `ignore` leaves one out. */
  meanings?: Record<string, Meaning>;
  /** Candidate pairs to aim at, all rules together. Default 100,000 and four a row. */
  pairs?: number;
}

/** Settings with what they were chosen from. */
export interface Proposal {
  settings: Settings;
  columns: ColumnProfile[];
}

/** Settings for a table nobody has described: see {@link proposeWithReasons}. */
export function propose(table: Table, hints: ProposalHints = {}): Settings {
  return proposeWithReasons(table, hints).settings;
}

/**
 * Recognises the columns by their names and values, gives each the comparison that fits, and looks for blocking rules that between
 * them leave every field free and bring an affordable number of pairs.
 */
export function proposeWithReasons(table: Table, hints: ProposalHints = {}): Proposal {
  const columns = Object.entries(table.columns).map(([name, column]) => columnProfile(name, column, hints.meanings?.[name]));
  const fields = proposeFields(columns);
  if (fields.length === 0) throw new Error('No column of the table says who or what a record is about: name them with hints.meanings.');
  const used = new Set(fields.flatMap((field) => field.columns));
  const blocking = proposeBlocking(
    table,
    columns.filter(({ column }) => used.has(column)),
    hints.pairs ?? 100_000 + 4 * table.rows,
  );
  const spanish = fields.some(({ comparison }) => comparison === 'surname-pair');
  const named = new Set(fields.map(({ name }) => name));
  return {
    settings: parseSettings({ version: 1, fields, blocking, ...(spanish ? { constraints: familyConstraints(columns, named) } : {}) }),
    columns,
  };
}

type FieldInput = SettingsInput['fields'][number];

const MOST_FIELDS = 14;

function proposeFields(profiles: readonly ColumnProfile[]): FieldInput[] {
  const of = (meaning: Meaning): string[] => profiles.filter((profile) => profile.meaning === meaning).map(({ column }) => column);
  const fields: FieldInput[] = [];
  const givens = of('given');
  const surnames = of('surname');
  const seconds = of('second-surname');
  const roots = of('given-root');
  if (surnames[0] && seconds[0]) {
    if (givens[0]) fields.push({ name: 'given', columns: [givens[0], ...roots.slice(0, 1)], comparison: 'name' });
    fields.push({ name: 'surnames', columns: [surnames[0], seconds[0]], comparison: 'surname-pair', shared: true });
  } else if (givens[0] && surnames[0]) {
    fields.push({ name: 'name', columns: [givens[0], surnames[0]], comparison: 'full-name', shared: true });
  } else {
    for (const column of [...givens, ...surnames].slice(0, 2)) fields.push({ name: column, columns: [column], comparison: 'name' });
  }
  for (const column of of('full-name')) fields.push({ name: column, columns: [column], comparison: 'name' });
  // Companies share names and sites made of them, not doors; people share doors.
  const companies = of('company').length > 0 && givens.length + surnames.length === 0;
  for (const column of of('company')) fields.push({ name: column, columns: [column], comparison: 'company', shared: companies });
  for (const column of of('birth-date')) fields.push({ name: column, columns: [column], comparison: 'date' });
  for (const column of of('id')) fields.push({ name: column, columns: [column], comparison: 'id' });
  for (const column of of('email')) fields.push({ name: column, columns: [column], comparison: 'email', shared: !companies });
  const phones = of('phone').slice(0, 4);
  if (phones.length > 0)
    fields.push({ name: phones.length === 1 ? phones[0]! : 'phone', columns: phones, comparison: 'phone', shared: !companies });
  for (const column of of('website')) fields.push({ name: column, columns: [column], comparison: 'text', shared: companies });
  for (const column of of('street')) fields.push({ name: column, columns: [column], comparison: 'text', shared: !companies });
  for (const column of of('street-number')) fields.push({ name: column, columns: [column], comparison: 'text', shared: !companies });
  for (const column of of('postcode')) fields.push({ name: column, columns: [column], comparison: 'text', shared: !companies });
  for (const column of of('city')) fields.push({ name: column, columns: [column], comparison: 'text', shared: !companies });
  for (const column of of('province')) fields.push({ name: column, columns: [column], comparison: 'exact', shared: !companies });
  for (const column of of('text')) fields.push({ name: column, columns: [column], comparison: 'text' });
  for (const column of of('number')) fields.push({ name: column, columns: [column], comparison: 'number' });
  for (const column of of('category')) fields.push({ name: column, columns: [column], comparison: 'exact' });
  return fields.slice(0, MOST_FIELDS);
}

/** Where files hold two surnames they hold families: twins, and fathers and sons of one name. */
function familyConstraints(profiles: readonly ColumnProfile[], fields: ReadonlySet<string>): SettingsInput['constraints'] {
  const ids = profiles.filter(({ meaning }) => meaning === 'id').map(({ column }) => column);
  const dates = profiles.filter(({ meaning, column }) => meaning === 'birth-date' && fields.has(column)).map(({ column }) => column);
  return {
    conflictingIds: ids.slice(0, 1),
    apart: [
      ...(fields.has('given') ? [{ name: 'different given name', when: { given: ['different'] }, unlessEqual: ids }] : []),
      ...dates.map((date) => ({ name: 'born a generation apart', when: { [date]: ['apart'] }, unlessEqual: ids })),
      ...(fields.has('given')
        ? dates.map((date) => ({
            name: 'another person under the same id',
            when: { given: ['different'], [date]: ['different', 'apart'] },
          }))
        : []),
    ],
  };
}
