// What people type, field by field: which fields of the golden record it becomes, and what is wrong with it.
import { invalid } from '@vinculo/errors';
import { translator } from '@vinculo/languages';
import type { CountryCode } from '@vinculo/normalise';
import { groupOf, isGolden } from '../identity/traits.ts';
import { normaliseRecord, type RawRecord, type RecordKind } from '../records/normalise-record.ts';

/** Typed fields by the group that is chosen as one. */
const OF_GROUP: Record<string, readonly string[]> = {
  name: ['given_name', 'surname1', 'surname2', 'surname', 'full_name'],
  address: ['address', 'street_number', 'floor_door', 'postcode', 'city', 'province', 'country'],
  company: ['company_name'],
};

/** Golden fields → what somebody would have typed. */
const TYPED: Record<string, string> = {
  given: 'given_name',
  surname1: 'surname1',
  surname2: 'surname2',
  street: 'address',
  address_rest: 'floor_door',
  postcode: 'postcode',
  city: 'city',
  province: 'province',
  country: 'country',
};

const groupOfTyped = new Map(Object.entries(OF_GROUP).flatMap(([group, fields]) => fields.map((field) => [field, group] as const)));

export interface Typed {
  kind: RecordKind;
  country: string;
}

/** The golden fields, or groups of them, that typed fields become: a mobile in the box of the telephone is a mobile. */
export function groupsOf(fields: RawRecord, how: Typed): string[] {
  const { traits } = read(fields, how);
  return [...new Set(Object.keys(traits).filter(isGolden).map(groupOf))];
}

/** The typed fields that belong to a golden field or group. */
export function typedOf(group: string, raw: RawRecord, how: Typed): string[] {
  if (group === 'phone' || group === 'mobile' || group === 'phone2') {
    const { traits } = read(raw, how);
    return ['phone', 'mobile'].filter(
      (field) => raw[field] && read({ [field]: raw[field] }, how).traits[group] !== undefined && traits[group],
    );
  }
  return [...(OF_GROUP[group] ?? [group])];
}

/** Fields chosen as one are entered as one: what of the group was not typed stays as it is in the golden record. */
export function completed(set: RawRecord, golden: Readonly<Record<string, { value: string }>>): RawRecord {
  const whole: Record<string, string> = { ...set };
  for (const group of ['name', 'address']) {
    const touched = Object.keys(set).some((field) => groupOfTyped.get(field) === group);
    if (!touched || set.full_name) continue;
    for (const [field, typed] of Object.entries(TYPED)) {
      // A street typed anew has its floor with it, or none.
      if (typed === 'floor_door' && 'address' in set) continue;
      if (groupOf(field) === group && !(typed in set) && golden[field]) whole[typed] = golden[field].value;
    }
  }
  return whole;
}

/**
 * Refuses values that are not valid, field by field, in the reader's language.
 *
 * @throws VIN_REQUEST_INVALID
 */
export function checkTyped(fields: RawRecord, how: Typed, language: 'es' | 'en'): void {
  const t = translator(language);
  const wrong = parts(fields).flatMap((part) => {
    const { traits, problems } = read(part, how);
    const bad = traits.invalid[0];
    return bad === undefined ? [] : [{ path: Object.keys(part)[0]!, message: t(`imports:reason.${problems[bad] ?? 'format'}`) }];
  });
  if (wrong.length === 0) return;
  const names = (words: 'es' | 'en') =>
    wrong.map(({ path }) => translator(words)(`imports:field.${path}`, { defaultValue: path }).toLowerCase()).join(', ');
  throw invalid({ es: `revisa ${names('es')}`, en: `look again at ${names('en')}` }, wrong);
}

/** What is judged by itself: a name with all its boxes, each other box alone. Of an address only the postcode can be wrong. */
function parts(fields: RawRecord): RawRecord[] {
  const typed = Object.entries(fields).filter(([, value]) => value !== '');
  const name = Object.fromEntries(typed.filter(([field]) => groupOfTyped.get(field) === 'name'));
  const others = typed.filter(([field]) => !groupOfTyped.has(field) || field === 'postcode' || field === 'company_name');
  return [...(Object.keys(name).length > 0 ? [name] : []), ...others.map(([field, value]) => ({ [field]: value }))];
}

function read(fields: RawRecord, { kind, country }: Typed) {
  return normaliseRecord({ ...fields, kind }, { country: country as CountryCode, dateOrder: 'dmy' });
}
