// The fields of a source record's traits that identity reads, and which of them travel together.
import type { FieldChoices } from './field-choices.ts';

/** Normalised values by field, as the import wrote them; fields whose value is not valid are listed under `invalid`. */
export type Traits = Record<string, unknown> & { invalid?: string[] };

/** A record as survivorship sees it. */
export interface TraitRecord {
  record: string;
  source: string;
  /** Trust in the source, 0 to 100. */
  trust: number;
  /** When the source last changed it, milliseconds since 1970. */
  changedAt: number;
  traits: Traits;
  /** Fields that a person decided to take from this record. */
  chosen?: FieldChoices;
}

/**
 * Fields chosen as one, from one record: nobody is called by the given name of one record and the surname of another.
 * The name of the group is the field name of its rules.
 */
export const GROUPS: Record<string, readonly string[]> = {
  name: ['given', 'surname1', 'surname2', 'honorific'],
  address: ['street', 'address_rest', 'postcode', 'city', 'province', 'country'],
};

const GROUP_OF = new Map(Object.entries(GROUPS).flatMap(([group, fields]) => fields.map((field) => [field, group] as const)));

/** Fields that say something of one record, not of the customer. */
const OF_THE_RECORD = new Set(['invalid', 'created_at', 'updated_at', 'person_key']);

export function isGolden(field: string): boolean {
  return !OF_THE_RECORD.has(field);
}

/** The group a field travels with, or the field itself. */
export function groupOf(field: string): string {
  return GROUP_OF.get(field) ?? field;
}

export function valueOf(traits: Traits, field: string): string {
  const value = traits[field];
  return typeof value === 'string' ? value : '';
}

/** Whether none of these fields of the record was marked as not valid. */
export function isValid(traits: Traits, fields: readonly string[]): boolean {
  const { invalid } = traits;
  return !invalid || invalid.length === 0 || !fields.some((field) => invalid.includes(field));
}
