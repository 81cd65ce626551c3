import { byteInterner, type Column, type Table } from '@vinculo/matching';
import type { Kind } from './customer-record.ts';
import { rowBinaryReader, uuidBytes } from './row-binary.ts';
import { type UuidCodes, uuidCodes } from './uuid-codes.ts';

/** What linkage compares, in the order of {@link RECORD_QUERY}. */
const COLUMNS = [
  'given', 'given_root', 'surname1', 'surname2', 'birth_date', 'national_id', 'email', 'phone', 'mobile', 'street', 'postcode', 'city', 'company',
] as const; // biome-ignore format: read as a list

/** The columns each kind is compared by; the others would only take memory. */
const COMPARED: Record<Kind, readonly (typeof COLUMNS)[number][]> = {
  person: COLUMNS.filter((column) => column !== 'company'),
  company: ['company', 'national_id', 'email', 'phone', 'mobile', 'street', 'postcode', 'city'],
};

export const columnsCompared = (kind: Kind): readonly string[] => COMPARED[kind];

/** Every record of the file, as RowBinary for {@link recordTable}; always in the same order, which decides between equals. */
export const RECORD_QUERY = `
  select record_id, version, toString(kind), ${COLUMNS.join(', ')}
    from match_record final
   order by record_id`;

/** All records, numbered 0, 1, 2 … in the order they came: their row. People and companies are compared in tables of their own. */
export interface RecordTable {
  rows: number;
  /** The code of a record's id is its row. */
  ids: UuidCodes;
  /** match_record.version by row. */
  versions: BigUint64Array;
  kindOf(row: number): Kind;
  kinds: Record<Kind, KindTable>;
}

export interface KindTable {
  table: Table;
  /** Row of the file by row of the table, and back. */
  rows: Uint32Array;
  localOf(row: number): number;
}

/** Builds the table from the pieces of {@link RECORD_QUERY}. A million records take about three seconds and 250 MB. */
export function recordTable(expected: number) {
  const ids = uuidCodes(expected);
  const id = Buffer.alloc(16);
  let versions = new BigUint64Array(Math.max(16, expected));
  let local = new Uint32Array(versions.length);
  let isCompany = new Uint8Array(versions.length);
  const kinds = { person: kindBuilder('person'), company: kindBuilder('company') };

  const reader = rowBinaryReader(['uuid', 'uint64', 'string', ...COLUMNS.map(() => 'string' as const)], (bytes, bounds) => {
    uuidBytes(bytes, bounds[0]!, id, 0);
    const row = ids.add(id, 0);
    if (row === versions.length) {
      [versions, local, isCompany] = [doubled(versions), doubled(local), doubled(isCompany)];
    }
    versions[row] = bytes.readBigUInt64LE(bounds[2]!);
    // 'company' or 'person': the first letter tells.
    const kind = bytes[bounds[4]!] === 0x63 ? 'company' : 'person';
    isCompany[row] = kind === 'company' ? 1 : 0;
    local[row] = kinds[kind].add(row, bytes, bounds);
  });

  return {
    push: reader.push,
    finish(): RecordTable {
      reader.end();
      return {
        rows: ids.size,
        ids,
        versions,
        kindOf: (row) => (isCompany[row] ? 'company' : 'person'),
        kinds: { person: kinds.person.finish(local), company: kinds.company.finish(local) },
      };
    },
  };
}

function kindBuilder(kind: Kind) {
  const compared = COMPARED[kind].map((name) => ({ name, at: 6 + COLUMNS.indexOf(name) * 2, interner: byteInterner() }));
  let rows = new Uint32Array(1024);
  let count = 0;
  return {
    add(row: number, bytes: Buffer, bounds: Int32Array): number {
      if (count === rows.length) rows = doubled(rows);
      rows[count] = row;
      for (const { at, interner } of compared) interner.add(bytes, bounds[at]!, bounds[at + 1]!);
      return count++;
    },
    finish(local: Uint32Array): KindTable {
      const columns: Record<string, Column> = {};
      for (const { name, interner } of compared) columns[name] = interner.finish();
      return { table: { rows: count, columns }, rows: rows.slice(0, count), localOf: (row) => local[row]! };
    },
  };
}

function doubled<T extends { readonly length: number; set(from: T): void }>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(array.length * 2);
  larger.set(array);
  return larger;
}
