import type { Problem } from '@vinculo/normalise';
import { normaliseRecord, type RawRecord, type RecordContext } from './normalise-record.ts';

/** What a value became, and what is wrong with it or was assumed. */
export interface ShownValue {
  value: string;
  problem: Problem | null;
}

/** Traits a field of the vocabulary becomes; a field not named here becomes the trait of its own name. */
const TRAITS: Record<string, string[]> = {
  given_name: ['given'],
  surname: ['surname1', 'surname2'],
  full_name: ['given', 'surname1', 'surname2', 'company'],
  company_name: ['company'],
  address: ['street', 'address_rest'],
  street_number: ['street'],
  floor_door: ['address_rest'],
};

/** A row by field as it will be shown, for a preview of what normalisation makes of it. */
export function shownRecord(raw: RawRecord, how: RecordContext): Record<string, ShownValue> {
  const { kind, traits, problems } = normaliseRecord(raw, how);
  const shown: Record<string, ShownValue> = {};
  for (const [field, written] of Object.entries(raw)) {
    if (field === 'key') shown[field] = { value: written, problem: null };
    else if (field === 'kind') shown[field] = { value: kind, problem: null };
    else if (field === 'phone' || field === 'mobile') shown[field] = shownPhone(traits, problems, written, field);
    else {
      const names = TRAITS[field] ?? [field];
      const value = names.map((name) => traits[name]).filter((value) => typeof value === 'string');
      shown[field] = { value: value.join(' '), problem: names.map((name) => problems[name]).find(Boolean) ?? null };
    }
  }
  return shown;
}

/** A number may have moved to the trait of its kind: the one with its digits is the one. */
function shownPhone(traits: Record<string, unknown>, problems: Record<string, Problem>, written: string, field: string): ShownValue {
  const digits = written.replace(/\D/g, '').slice(-7);
  const found = [field, 'mobile', 'phone', 'phone2'].find((name) => {
    const value = traits[name];
    return typeof value === 'string' && value.replace(/\D/g, '').includes(digits);
  });
  const name = found ?? field;
  return { value: typeof traits[name] === 'string' ? (traits[name] as string) : '', problem: problems[name] ?? null };
}
