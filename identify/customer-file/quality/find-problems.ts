import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import type { QualityProblem } from '../api/quality.ts';
import { CORRECTED_FIELDS } from '../records/corrections.ts';
import type { FieldFigures } from './measure-fields.ts';
import { misspelt } from './misspelt.ts';
import { inTheSamePlace, type Rows, sharedByStrangers } from './plausible-values.ts';
import { traitSql } from './problem-conditions.ts';

/** As found, before it is masked for a reader. */
export type Found = z.infer<typeof QualityProblem>;

/** So many customers with one e-mail or telephone are no family: it is what somebody types when there is none. */
const SHARED_BY = 8;
/** A birth date so many times commoner than the usual one is none. */
const TOO_COMMON = 20;
const MOST_FEWEST = 5;
const SHOWN = 10;
/** What a record with the problem costs, next to one that only lacks a field. */
const WEIGHT: Record<Found['kind'], number> = {
  shared: 3,
  placeholder: 3,
  conflicting: 2,
  invalid: 1.5,
  misspelt: 1.5,
  repeated: 0.5,
  missing: 0.2,
};

const NOTHING = { sourceId: null, sourceLabel: null, value: null, right: null };

/**
 * The ten worst problems of the file: records times what such a problem costs. Found by counting, so that any language and any
 * company's habits are covered: nothing here knows a word that people type when they have no answer. Each pass groups in the
 * warehouse and brings back few rows.
 */
export async function findProblems({ warehouse }: Pick<Context, 'warehouse'>, fields: readonly FieldFigures[]): Promise<Found[]> {
  const labels = new Map(fields.map(({ sourceId, sourceLabel }) => [sourceId, sourceLabel]));
  const rows: Rows = (query, params = {}) => warehouse.rows(query, params, { background: true });
  const found: Omit<Found, 'correctable'>[] = [];
  const of = (source: string) => ({ sourceId: source, sourceLabel: labels.get(source) ?? source });

  for (const { source, field, records } of await rows<{ source: string; field: string; records: number }>(
    `select toString(source_id) as source, arrayJoin(JSONExtract(traits, 'invalid', 'Array(String)')) as field, count() as records
       from match_record final where invalid != 0 group by source, field having records >= ${MOST_FEWEST}`,
  )) {
    found.push({ ...NOTHING, ...of(source), kind: 'invalid', field, records: Number(records) });
  }
  for (const field of ['email', 'mobile', 'phone'] as const) {
    // Up to so many and no more are told apart, or the sets of a million values that are one customer's alone would fill the memory.
    const shared = await rows<{ value: string; records: number }>(
      `select value, count() as records
         from (select record_id, ${traitSql(field)} as value from match_record final where JSONHas(traits, '${field}')) m
         join (select record_id, customer_id from identity final) i on i.record_id = m.record_id
        where value != '' group by value having uniqUpTo(${SHARED_BY})(i.customer_id) >= ${SHARED_BY} order by records desc limit 20`,
    );
    const strangers = await sharedByStrangers(
      rows,
      field,
      shared.map(({ value }) => value),
    );
    for (const { value, records } of shared) {
      if (strangers.has(value)) found.push({ ...NOTHING, kind: 'shared', field, value, records: Number(records) });
    }
  }
  for (const { value, records } of await rows<{ value: string; records: number }>(
    `with days as (select birth_date as value, count() as records from match_record final where birth_date != '' group by value)
     select value, records from days where records > ${TOO_COMMON} * (select greatest(1, quantileExact(0.99)(records)) from days)
      order by records desc limit 10`,
  )) {
    found.push({ ...NOTHING, kind: 'placeholder', field: 'birth_date', value, records: Number(records) });
  }
  for (const { field, word } of [
    { field: 'email', word: `concat('@', splitByChar('@', ${traitSql('email')})[-1])` },
    { field: 'city', word: traitSql('city') },
  ]) {
    const words = await rows<{ word: string; records: number }>(
      `select word, count() as records from (select ${word} as word from match_record final where JSONHas(traits, '${field}'))
        where word not in ('', '@') group by word order by records desc limit 20000`,
    );
    const slips = misspelt(words.map((row) => ({ ...row, records: Number(row.records) })));
    for (const { word: value, right, records } of field === 'city' ? await inTheSamePlace(rows, slips) : slips) {
      found.push({ ...NOTHING, kind: 'misspelt', field, value, right, records });
    }
  }
  for (const { source, records } of await rows<{ source: string; records: number }>(
    `select toString(source_id) as source, sum(n) as records
       from (select m.source_id as source_id, i.customer_id as customer, count() as n
               from (select record_id, source_id from match_record final) m
               join (select record_id, customer_id from identity final) i on i.record_id = m.record_id
              group by source_id, customer having n > 1)
      group by source`,
  )) {
    found.push({ ...NOTHING, ...of(source), kind: 'repeated', field: 'key', records: Number(records) });
  }
  for (const field of ['birth_date', 'national_id']) {
    const [row] = await rows<{ records: number }>(
      `select sum(n) as records from (
         select count() as n from (select record_id, ${field} as said from match_record final where said != '') m
           join (select record_id, customer_id from identity final) i on i.record_id = m.record_id
          group by i.customer_id having min(m.said) != max(m.said))`,
    );
    if (Number(row?.records ?? 0) > 0) found.push({ ...NOTHING, kind: 'conflicting', field, records: Number(row!.records) });
  }
  for (const { sourceId, sourceLabel, field, records, completeness } of fields) {
    // A second surname or a company name is not owed by everybody.
    const lacking = Math.round(records * (1 - completeness));
    if (lacking > 0 && OWED.has(field)) found.push({ ...NOTHING, sourceId, sourceLabel, kind: 'missing', field, records: lacking });
  }
  const cost = ({ kind, records }: (typeof found)[number]) => records * WEIGHT[kind];
  return found
    .toSorted((a, b) => cost(b) - cost(a) || (a.field < b.field ? -1 : 1))
    .slice(0, SHOWN)
    .map((problem) => ({ ...problem, correctable: isCorrectable(problem) }));
}

const OWED = new Set(['given', 'surname1', 'email', 'phone', 'postcode']);

function isCorrectable({ kind, field, value }: Pick<Found, 'kind' | 'field' | 'value'>): boolean {
  if (!Object.hasOwn(CORRECTED_FIELDS, field)) return false;
  return kind === 'invalid' || value !== null;
}
