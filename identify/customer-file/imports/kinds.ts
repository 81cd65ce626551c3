import { FIELDS, type Field, FIELD_NAMES, IMPORT_KINDS } from '@vinculo/normalise';
import { fail } from '@vinculo/errors';
import type { z } from 'zod';
import type { FieldInfo } from '../api/imports.ts';
import { KEY_FIELDS } from './customer-key.ts';
import { FACT_KINDS, type FactKind } from './facts/fact-kinds.ts';
import type { ColumnMapping, Kind } from './import-run.ts';

/** Fields without which no row of the kind can be taken; of a list, any one. */
export function requiredFields(kind: Kind): (string | string[])[] {
  if (kind === 'customers') return [['key', ...KEY_FIELDS]];
  const { required }: FactKind = FACT_KINDS[kind];
  return required;
}

/** Required fields that no column gives. */
export function missingFields(kind: Kind, columns: ColumnMapping): string[] {
  const given = new Set(Object.values(columns));
  return requiredFields(kind).flatMap((field) => {
    const any = [field].flat();
    return any.some((one) => given.has(one)) ? [] : [any[0]!];
  });
}

/** The vocabulary, with the kinds of file each field belongs to and where it is required. */
export function fieldInfos(): z.infer<typeof FieldInfo>[] {
  return FIELD_NAMES.map((name) => {
    const { kinds }: Field = FIELDS[name];
    const required = IMPORT_KINDS.filter(
      (kind) => kinds.includes(kind) && requiredFields(kind).some((field) => [field].flat()[0] === name),
    );
    return { field: name, kinds: [...kinds], required };
  });
}

/**
 * Refuses a mapping that cannot be meant.
 *
 * @throws VIN_IMPORT_KEY_MISSING, VIN_IMPORT_MAPPING.
 */
export function checkMapping(kind: Kind, columns: ColumnMapping, fileColumns: readonly string[]): void {
  const taken = new Map<string, string>();
  for (const [column, field] of Object.entries(columns)) {
    if (field === null) continue;
    if (!fileColumns.includes(column)) {
      throw wrong(`el archivo no tiene la columna «${column}»`, `the file has no column "${column}"`);
    }
    const known: Field | undefined = FIELDS[field as keyof typeof FIELDS];
    if (!known?.kinds.includes(kind)) {
      throw wrong(`«${field}» no es un campo de este tipo de archivo`, `"${field}" is not a field of this kind of file`);
    }
    const other = taken.get(field);
    if (other !== undefined) {
      throw wrong(`«${other}» y «${column}» significan lo mismo (${field})`, `"${other}" and "${column}" mean the same (${field})`);
    }
    taken.set(field, column);
  }
  const missing = missingFields(kind, columns);
  if (missing.includes('key') || missing.includes('customer_key')) throw fail('VIN_IMPORT_KEY_MISSING');
  if (missing.length > 0) {
    throw wrong(`falta la columna de ${missing.join(', ')}`, `there is no column for ${missing.join(', ')}`);
  }
}

function wrong(es: string, en: string) {
  return fail('VIN_IMPORT_MAPPING', { reason: { es, en } });
}
