// Source records as linkage compares them, for people: the fields that tell customers apart, masked where the reader may not see.
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { RelinkPair } from '../api/relink.ts';
import { maskField, maskFields, shownKey } from '../identity/mask.ts';
import { type Traits, valueOf } from '../identity/traits.ts';
import type { PreviewPair } from '../identity/preview-plan.ts';

export interface ShownRecord {
  id: string;
  kind: 'person' | 'company';
  sourceId: string;
  sourceLabel: string;
  key: string;
  name: string;
  values: Record<string, string>;
  /** By column of linkage, unmasked. */
  traits: Traits;
}

/** In the order one would read them out. */
const FIELDS = [
  'given',
  'surname1',
  'surname2',
  'company',
  'trade_name',
  'national_id',
  'birth_date',
  'email',
  'mobile',
  'phone',
  'street',
  'postcode',
  'city',
] as const;

export async function recordsShown({ store }: Context, ids: readonly string[], open: boolean): Promise<Map<string, ShownRecord>> {
  const { rows } = await sql<{ id: string; kind: ShownRecord['kind']; source_id: string; label: string; key: string; traits: Traits }>`
    select r.id, r.kind, r.source_id, s.label, r.key, r.traits
      from source_record r join source s on s.id = r.source_id where r.id = any(${[...new Set(ids)]}::uuid[])`.execute(store.db);
  return new Map(
    rows.map(({ id, kind, source_id, label, key, traits }) => {
      const values = Object.fromEntries(FIELDS.flatMap((field) => (valueOf(traits, field) ? [[field, valueOf(traits, field)]] : [])));
      const person = ['given', 'surname1', 'surname2'].flatMap((field) => values[field] ?? []).join(' ');
      const name = (kind === 'company' ? values.company || values.trade_name || person : person || values.company) || shownKey(key, open);
      return [
        id,
        {
          id,
          kind,
          sourceId: source_id,
          sourceLabel: label,
          key: shownKey(key, open),
          name,
          values: open ? values : maskFields(values),
          traits,
        },
      ] as const;
    }),
  );
}

/** Columns behind the usual fields of linkage. */
const COLUMNS: Record<string, readonly string[]> = {
  given: ['given'],
  surnames: ['surname1', 'surname2'],
  phone: ['phone', 'mobile'],
  address: ['street', 'postcode', 'city'],
};

/** The pair with the values of both records beside each term. */
export function withValues(pair: PreviewPair, shown: Map<string, ShownRecord>, open: boolean): z.infer<typeof RelinkPair> {
  const value = (id: string, field: string) => {
    const traits = shown.get(id)?.traits;
    if (!traits) return '';
    const parts = (COLUMNS[field] ?? [field]).flatMap((column) => {
      const said = valueOf(traits, column);
      return said ? [open ? said : maskField(column, said)] : [];
    });
    return [...new Set(parts)].join(' ');
  };
  return {
    ...pair,
    terms: pair.terms.map(([field, level, weight]) => ({
      field,
      level,
      weight,
      valueA: value(pair.a, field),
      valueB: value(pair.b, field),
    })),
  };
}
