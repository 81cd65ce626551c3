// Traits of the Segment spec, and those of one's own, as fields of a customer record.
import { FIELDS, FIELD_NAMES, foldText } from '@vinculo/normalise';
import { isObject, type Json } from '../read/call.ts';

/** Segment's reserved traits. */
const RESERVED: Record<string, string> = {
  email: 'email',
  firstName: 'given_name',
  lastName: 'surname',
  name: 'full_name',
  phone: 'phone',
  birthday: 'birth_date',
  gender: 'gender',
  title: 'job_title',
  createdAt: 'created_at',
};
const RESERVED_ADDRESS: Record<string, string> = {
  street: 'address',
  city: 'city',
  postalCode: 'postcode',
  state: 'province',
  country: 'country',
};
const RESERVED_COMPANY: Record<string, string> = { name: 'company_name', tax_id: 'company_tax_id', taxId: 'company_tax_id' };
const OF_GROUP: Record<string, string> = { name: 'company_name', email: 'email', phone: 'phone', createdAt: 'created_at' };
/** Said by Segment of something else, or too little to go by. */
const NOT_READ: ReadonlySet<string> = new Set(['id', 'username', 'avatar', 'age', 'website', 'description', 'type', 'tipo', 'industry', 'plan', 'n', 'num', 'numero', 'number']); // biome-ignore format: read as a list

/** Meanings a trait can have by the name that columns of imports have for them. */
const NOT_FOR_TRAITS: ReadonlySet<string> = new Set(['key', 'kind', 'person_key', 'updated_at', 'notes']);
const NAMED = new Map<string, string>();
for (const field of FIELD_NAMES) {
  const { kinds, es, en } = FIELDS[field];
  if (!kinds.includes('customers' as never) || NOT_FOR_TRAITS.has(field)) continue;
  for (const name of [field.replaceAll('_', ' '), ...es, ...en]) if (!NAMED.has(name)) NAMED.set(name, field);
}

const MOST_KNOWN = 5_000;
const known = new Map<string, string | undefined>();

/** apellido1, "Primer apellido", NIF, codigoPostal: as a column of that name. */
function fieldNamed(trait: string): string | undefined {
  if (known.has(trait)) return known.get(trait);
  if (known.size >= MOST_KNOWN) known.clear();
  const spaced = trait.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/(\p{L})(\d)/gu, '$1 $2');
  const words = foldText(spaced);
  const found = NOT_READ.has(words) ? undefined : (NAMED.get(words) ?? NAMED.get(foldText(trait)));
  known.set(trait, found);
  return found;
}

/** Values by field; '' where the trait was taken away (null, or empty). */
export type Fields = Map<string, string>;

const MOST = 500;

/** Undefined for what is no value at all, such as an object. */
function valueOf(value: unknown): string | undefined {
  if (value === null) return '';
  if (typeof value === 'string') return value.trim().slice(0, MOST);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

function read(fields: Fields, traits: Json, names: Record<string, string>, custom: boolean): void {
  // The spec's own names before whatever else means the same.
  for (const own of [false, true]) {
    if (own && !custom) break;
    for (const trait in traits) {
      const reserved = names[trait];
      if ((reserved === undefined) !== own) continue;
      const field = reserved ?? fieldNamed(trait);
      const value = field === undefined || (own && fields.has(field)) ? undefined : valueOf(traits[trait]);
      if (value !== undefined) fields.set(field!, value);
    }
  }
}

/** The fields that traits of a person say. */
export function fieldsOfTraits(traits: Json): Fields {
  const fields: Fields = new Map();
  read(fields, traits, RESERVED, true);
  if (isObject(traits.address)) read(fields, traits.address, RESERVED_ADDRESS, true);
  if (isObject(traits.company)) read(fields, traits.company, RESERVED_COMPANY, false);
  // Whole and in parts: the parts say more, and a name of two says the same twice.
  if (fields.get('given_name') && fields.get('surname')) fields.delete('full_name');
  return fields;
}

/** The fields that traits of a group say of the company. */
export function fieldsOfGroup(traits: Json): Fields {
  const fields: Fields = new Map();
  read(fields, traits, OF_GROUP, true);
  if (isObject(traits.address)) read(fields, traits.address, RESERVED_ADDRESS, true);
  for (const field of ['given_name', 'surname', 'surname1', 'surname2', 'full_name', 'gender', 'birth_date', 'job_title', 'department'])
    fields.delete(field);
  return fields;
}

export interface FieldTold {
  value: string;
  /** Milliseconds since 1970. */
  at: number;
}
export type FieldsTold = Record<string, FieldTold>;

/**
 * What is known once this is told too: of each field the newest value, by when it was so. The same in whatever order it comes.
 *
 * @returns the same object where nothing is new.
 */
export function mergeFields(known: FieldsTold, told: Fields, at: number): FieldsTold {
  let merged = known;
  for (const [field, value] of told) {
    const before = merged[field];
    if (before && (before.at > at || (before.at === at && before.value >= value))) continue;
    if (merged === known) merged = { ...known };
    merged[field] = { value, at };
  }
  return merged;
}
