// What can be asked of a customer: the catalogue of fields, as data. Profile fields stand here; scores are given from outside, by
// the feature that computes them. The words of each are in the `segments` catalogue: field.<id>.
import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { Operator } from './rule.ts';

export type FieldKind = 'choice' | 'text' | 'number' | 'money' | 'share' | 'date' | 'flag' | 'list';

export interface SegmentField {
  /** `province`, `score.tier`. */
  id: string;
  /** Where the builder shows it. */
  group: 'profile' | 'consent' | 'score';
  kind: FieldKind;
  /** Warehouse table with at most one row a `customer_id`; without it the customer's own profile. */
  table?: string;
  /** Its value, an expression over one row of the table: constant text, never made of what somebody typed. */
  sql: string;
  /** Closed values; their words are `<choicesAs>.<value>` of the catalogues. */
  choices?: readonly string[];
  choicesAs?: string;
  /** Values that are ids, each with what people call it. */
  labels?(store: Store): Promise<{ value: string; label: string }[]>;
  /** Asking by it tells what a customer is worth: for readers with value.read. */
  worth?: true | undefined;
  /** Its value changes as days go by, without any event. */
  ages?: true;
}

/** Operators of each kind of field, in the order the builder offers them. */
export const OPERATORS: Record<FieldKind, readonly Operator[]> = {
  choice: ['in', 'not_in', 'known', 'unknown'],
  text: ['in', 'not_in', 'contains', 'known', 'unknown'],
  number: ['gte', 'lte', 'eq', 'gt', 'lt', 'between', 'known', 'unknown'],
  money: ['gte', 'lte', 'gt', 'lt', 'between', 'known', 'unknown'],
  share: ['gte', 'lte', 'gt', 'lt', 'between', 'known', 'unknown'],
  date: ['in_last', 'not_in_last', 'after', 'before', 'between', 'known', 'unknown'],
  flag: ['yes', 'no'],
  list: ['in', 'all', 'not_in', 'known', 'unknown'],
};

async function sources(store: Store): Promise<{ value: string; label: string }[]> {
  const { rows } = await sql<{ value: string; label: string }>`select id as value, label from source order by label`.execute(store.db);
  return rows;
}

/** Over `customer_profile`. `{today:Date32}` and the other moments are bound by the compiler. */
export const PROFILE_FIELDS: readonly SegmentField[] = [
  { id: 'kind', group: 'profile', kind: 'choice', sql: 'p.kind', choices: ['person', 'company'], choicesAs: 'segments:choice.kind' },
  { id: 'province', group: 'profile', kind: 'text', sql: 'p.province' },
  { id: 'city', group: 'profile', kind: 'text', sql: 'p.city' },
  { id: 'postcode', group: 'profile', kind: 'text', sql: 'p.postcode' },
  {
    id: 'age',
    group: 'profile',
    kind: 'number',
    sql: 'intDiv(toYYYYMMDD({today:Date32}) - toYYYYMMDD(p.birth_date), 10000)',
    ages: true,
  },
  {
    id: 'birth_month',
    group: 'profile',
    kind: 'choice',
    sql: "ifNull(toString(toMonth(p.birth_date)), '')",
    choices: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'],
    choicesAs: 'segments:choice.month',
  },
  { id: 'gender', group: 'profile', kind: 'choice', sql: 'p.gender', choices: ['f', 'm'], choicesAs: 'segments:choice.gender' },
  { id: 'has_email', group: 'profile', kind: 'flag', sql: 'p.has_email' },
  { id: 'has_phone', group: 'profile', kind: 'flag', sql: 'p.has_phone' },
  { id: 'source', group: 'profile', kind: 'list', sql: 'p.sources', labels: sources },
  { id: 'records', group: 'profile', kind: 'number', sql: 'p.records' },
  { id: 'first_seen', group: 'profile', kind: 'date', sql: 'p.first_seen' },
  { id: 'consent', group: 'consent', kind: 'list', sql: 'p.consents' },
  { id: 'refused', group: 'consent', kind: 'list', sql: 'p.refused' },
];
