// Which records a problem is about, as a condition over `match_record final`: the same for counting, for listing, for correcting.
import type { z } from 'zod';
import { fail } from '@vinculo/errors';
import type { ProblemQuery } from '../api/quality.ts';
import { CORRECTED_FIELDS, INVALID } from '../records/corrections.ts';
import { QUALITY_FIELDS } from '../records/quality-fields.ts';

export type Problem = z.infer<typeof ProblemQuery>;

export interface Condition {
  where: string;
  params: Record<string, unknown>;
}

/** A value of the traits, folded as a correction is. */
export const traitSql = (field: string) => `lower(trim(JSONExtractString(traits, '${known(field)}')))`;

/** @throws VIN_QUALITY_FIELD for a field nobody watches. */
export function conditionOf(problem: Problem): Condition {
  const { kind, field, source, value } = problem;
  const own = source ? 'source_id = {source:UUID}' : '1';
  const params = source ? { source } : {};
  switch (kind) {
    case 'missing':
      return { where: `${own} and not bitTest(filled, ${bitOf(field)})`, params };
    case 'invalid':
      return valueCondition(field, INVALID, source);
    case 'repeated':
      return {
        where: `${own} and record_id in (
          select arrayJoin(records) from (
            select groupArray(m.record_id) as records
              from (select record_id, source_id from match_record final where ${own}) m
              join (select record_id, customer_id from identity final) i on i.record_id = m.record_id
             group by i.customer_id, m.source_id having count() > 1))`,
        params,
      };
    case 'conflicting':
      return {
        where: `record_id in (
          select arrayJoin(records) from (
            select groupArray(m.record_id) as records
              from (select record_id, ${columnOf(field)} as said from match_record final where said != '') m
              join (select record_id, customer_id from identity final) i on i.record_id = m.record_id
             group by i.customer_id having min(m.said) != max(m.said)))`,
        params: {},
      };
    case 'shared':
    case 'placeholder':
    case 'misspelt':
      return valueCondition(field, value ?? '', source);
  }
}

/** The records that give a value: of a field, of its domain, or whatever is not valid. */
export function valueCondition(field: string, value: string, source?: string): Condition {
  const own = source ? 'source_id = {source:UUID} and ' : '';
  const params = { value, ...(source ? { source } : {}) };
  if (value === INVALID) return { where: `${own}has(JSONExtract(traits, 'invalid', 'Array(String)'), '${known(field)}')`, params };
  // The text is looked for first: reading every record's JSON takes seconds in a million.
  const near = `positionCaseInsensitiveUTF8(traits, {value:String}) > 0`;
  if (field === 'email' && value.startsWith('@'))
    return { where: `${own}${near} and endsWith(${traitSql(field)}, {value:String})`, params };
  return { where: `${own}${near} and ${traitSql(field)} = {value:String}`, params };
}

function bitOf(field: string): number {
  const bit = (QUALITY_FIELDS as readonly string[]).indexOf(field);
  if (bit < 0) throw fail('VIN_QUALITY_FIELD', { field });
  return bit;
}

function columnOf(field: string): string {
  if (field !== 'birth_date' && field !== 'national_id') throw fail('VIN_QUALITY_FIELD', { field });
  return field;
}

/** Only names of ours reach the text of a query. */
function known(field: string): string {
  if (!Object.hasOwn(CORRECTED_FIELDS, field) && !(QUALITY_FIELDS as readonly string[]).includes(field))
    throw fail('VIN_QUALITY_FIELD', { field });
  return field;
}
