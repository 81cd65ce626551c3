import type { ColumnProfile, Meaning } from './column-meaning.ts';
import { preparedBy } from './prepare.ts';
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

/** A plan in the making, and the verbs that add to it. */
export interface FieldDraft {
  table: Table;
  profiles: readonly ColumnProfile[];
  plan: FieldPlan;
  /** Whether the records are, also, of people; known once names are planned. */
  people(): boolean;
  of(meaning: Meaning): ColumnProfile[];
  add(name: string, columns: string[], comparison: FieldInput['comparison'], more?: Partial<FieldInput>): void;
  block(column: string, meaning: Meaning): void;
  /** Has a column made; returns its name. */
  made(step: Preparation): string;
  /** The column cleaned, or as it is where cleaning changes nothing. */
  cleaned(column: string, as: Exclude<Preparation['as'], 'rare-words'>, order?: Preparation['order']): string;
  /** Columns of one meaning as one: the first that has a value. */
  merged(columns: readonly string[], name: string): string;
}

export function draftFields(table: Table, profiles: readonly ColumnProfile[]): FieldDraft {
  const plan: FieldPlan = { fields: [], prepare: [], blockable: [], texts: [], about: 'things', ids: [], dates: [], families: false };
  const made = (step: Preparation): string => {
    plan.prepare.push(step);
    return step.column;
  };
  return {
    table,
    profiles,
    plan,
    people: () => plan.about === 'people' || plan.about === 'both',
    of: (meaning) => profiles.filter((profile) => profile.meaning === meaning),
    made,
    add: (name, columns, comparison, more = {}) => void plan.fields.push({ name, columns, comparison, ...more }),
    block: (column, meaning) => void plan.blockable.push({ column, meaning }),
    cleaned(column, as, order) {
      const step: Preparation = { column: `${column}~${as}`, from: [column], as, ...(order ? { order } : {}) };
      const tried = preparedBy(table, [...plan.prepare, step]);
      const after = columnOf(tried, step.column);
      const own = columnOf(tried, column);
      let changed = 0;
      for (let i = 0; i < table.rows; i++) if (after.values[after.codes[i]!] !== own.values[own.codes[i]!]) changed++;
      return changed === 0 ? column : made(step);
    },
    merged: (columns, name) => (columns.length === 1 ? columns[0]! : made({ column: name, from: [...columns].slice(0, 12), as: 'first' })),
  };
}
