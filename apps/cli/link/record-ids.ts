import { LinkError } from './link-error.ts';
import type { IdReport, InputFile } from './link-task.ts';

/** The ids of one file as bytes, one after another: millions of them cost their letters and four bytes each. */
export interface IdBytes {
  column: string;
  rows: number;
  bytes: Buffer;
  /** Where the id of each row ends; the next begins there. */
  ends: Uint32Array;
}

export function idBytes(column: string): IdBytes {
  return { column, rows: 0, bytes: Buffer.alloc(1 << 16), ends: new Uint32Array(1 << 12) };
}

/** Adds the id of the next row, without the spaces around it. */
export function addId(ids: IdBytes, from: Uint8Array, start: number, end: number): void {
  while (start < end && from[start]! <= SPACE) start++;
  while (end > start && from[end - 1]! <= SPACE) end--;
  let at = ids.rows === 0 ? 0 : ids.ends[ids.rows - 1]!;
  if (ids.rows === ids.ends.length) {
    const more = new Uint32Array(ids.ends.length * 2);
    more.set(ids.ends);
    ids.ends = more;
  }
  if (at + end - start > ids.bytes.length) {
    const more = Buffer.alloc(Math.max(ids.bytes.length * 2, at + end - start));
    ids.bytes.copy(more, 0, 0, at);
    ids.bytes = more;
  }
  for (let i = start; i < end; i++) ids.bytes[at++] = from[i]!;
  ids.ends[ids.rows++] = at;
}

const SPACE = 32;

/** Names of a record's own id, the surest first; of the rest, `_id` and the like count in the first column only. */
const NAMES = [
  /^(rec(ord)?_?(id|key|no|num|number)|unique_?id|row_?(id|key|no|num|number)|id_?(registro|fila|record|unico))$/,
  /^(id|_id|uid|uuid|guid|pk)$/,
  /^(row|index|idx|key|clave|fila|registro|record|unnamed_0|column_?1|columna_1)$/,
];
const LIKELY =
  /(^|_)([a-z]?id|key|n|no|nr|nro|num|number|numero|code|codigo|clave|ref|referencia|sku|asin|matricula|expediente|socio|conta|cuenta|account)$|^(id|n|no|nr|nro|num|numero|cod|codigo|ref)_/;
const MOST_CANDIDATES = 3;

/** Columns that may hold the id of each record, the likeliest first: what their values are decides. */
export function idCandidates(columns: readonly string[]): string[] {
  const plain = columns.map(plainName);
  const sure = NAMES.flatMap((pattern) => columns.filter((_, k) => pattern.test(plain[k]!)));
  const first = plain[0] !== undefined && LIKELY.test(plain[0]) && !ENTITY.test(plain[0]) ? [columns[0]!] : [];
  return [...new Set([...sure, ...first])].slice(0, MOST_CANDIDATES);
}

/** What says who a record is about is no id of the record, even where it is called one. */
const ENTITY = /entity|cluster|group|grupo|true|label|match|person|household|hogar/;

/** Whether a name is so much a record's own id that the column is nothing to compare by. */
export function isRecordId(column: string): boolean {
  return NAMES.some((pattern) => pattern.test(plainName(column)));
}

function plainName(column: string): string {
  return column
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/(?<=.)_+$/, '');
}

/** The first two rows of a file, counted from 0, that have one id; or the first without any, twice. Undefined where every row has its own. */
export function firstClash(ids: IdBytes): { first: number; second: number } | undefined {
  const set = idSet(ids.rows);
  for (let row = 0; row < ids.rows; row++) {
    if (idLength(ids, row) === 0) return { first: row, second: row };
    const other = set.add(ids, row);
    if (other !== undefined) return { first: other.row, second: row };
  }
  return undefined;
}

export function idText({ bytes, ends }: IdBytes, row: number): string {
  return bytes.toString('utf8', row === 0 ? 0 : ends[row - 1]!, ends[row]!);
}

/** The ids of all records, ready to be written. */
export interface RecordIds {
  report: IdReport;
  text(row: number): string;
  /** The row with that id, or -1. */
  find(id: string): number;
  /** Writes the id of a row as a value of CSV at `at`, and returns where it ends. There must be room: twice its length and two. */
  write(row: number, to: Buffer, at: number): number;
  /** Most bytes that {@link write} may need. */
  longest: number;
}

export interface FileIds {
  file: InputFile;
  firstRow: number;
  rows: number;
  /** Null where rows are counted. */
  ids: IdBytes | null;
}

/** The ids of several files as one list. Where two files use the same id, or one has none, each id begins with its file's label. */
export function recordIds(parts: readonly FileIds[], from: IdReport['from'], rejected: string[]): RecordIds {
  const prefixed = parts.length > 1 && (parts.some(({ ids }) => ids === null) || meet(parts));
  const prefixes = parts.map(({ file }) => Buffer.from(prefixed ? `${file.label}:` : ''));
  const partOf = (row: number): number => {
    let k = parts.length - 1;
    while (k > 0 && row < parts[k]!.firstRow) k--;
    return k;
  };
  const plain = (row: number): string => {
    const { ids, firstRow } = parts[partOf(row)]!;
    return ids ? idText(ids, row - firstRow) : String(row - firstRow);
  };
  const text = (row: number): string => `${prefixes[partOf(row)]!.toString()}${plain(row)}`;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  let longest = 24;
  parts.forEach(({ ids, rows: own }, k) => {
    if (ids) for (let row = 0; row < own; row++) longest = Math.max(longest, 2 * (idLength(ids, row) + prefixes[k]!.length) + 2);
    longest = Math.max(longest, 2 * prefixes[k]!.length + 24);
  });
  return {
    report: { from, columns: parts.map(({ ids }) => ids?.column ?? null), prefixed, rejected },
    text,
    find(id) {
      for (let row = 0; row < rows; row++) if (text(row) === id) return row;
      return -1;
    },
    write(row, to, at) {
      const k = partOf(row);
      const { ids, firstRow } = parts[k]!;
      const prefix = prefixes[k]!;
      if (!ids) {
        at += prefix.copy(to, at);
        return at + to.write(String(row - firstRow), at, 'latin1');
      }
      const own = row - firstRow;
      const [start, end] = [own === 0 ? 0 : ids.ends[own - 1]!, ids.ends[own]!];
      if (isPlain(ids.bytes, start, end) && isPlain(prefix, 0, prefix.length)) {
        at += prefix.copy(to, at);
        for (let i = start; i < end; i++) to[at++] = ids.bytes[i]!;
        return at;
      }
      return at + to.write(`"${text(row).replaceAll('"', '""')}"`, at);
    },
    longest,
  };
}

/** Whether a value needs no quotes in CSV. */
function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === 34 || bytes[i] === 44 || bytes[i] === 10 || bytes[i] === 13) return false;
  return true;
}

/** Whether an id stands in two files. Within each there are none twice. */
function meet(parts: readonly FileIds[]): boolean {
  const set = idSet(parts.reduce((sum, { rows }) => sum + rows, 0));
  return parts.some(({ ids, rows }) => {
    if (ids) for (let row = 0; row < rows; row++) if (set.add(ids, row) !== undefined) return true;
    return false;
  });
}

function idLength({ ends }: IdBytes, row: number): number {
  return ends[row]! - (row === 0 ? 0 : ends[row - 1]!);
}

/** A set of ids, by their bytes. `add` returns the place of the same id where it is there already. */
function idSet(most: number) {
  let size = 1024;
  while (size < most * 2) size *= 2;
  const slots = new Uint32Array(size);
  const lists: IdBytes[] = [];
  const listOf: { list: IdBytes; from: number }[] = [];
  let added = 0;
  const placeOf = (number: number): { list: IdBytes; row: number } => {
    let k = listOf.length - 1;
    while (k > 0 && number < listOf[k]!.from) k--;
    return { list: listOf[k]!.list, row: number - listOf[k]!.from };
  };
  return {
    add(ids: IdBytes, row: number): { list: IdBytes; row: number } | undefined {
      if (lists.at(-1) !== ids) {
        lists.push(ids);
        listOf.push({ list: ids, from: added - row });
      }
      const start = row === 0 ? 0 : ids.ends[row - 1]!;
      const end = ids.ends[row]!;
      let hash = 0x811c9dc5;
      for (let i = start; i < end; i++) hash = Math.imul(hash ^ ids.bytes[i]!, 0x01000193);
      hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
      let at = (hash ^ (hash >>> 13)) & (size - 1);
      for (; slots[at] !== 0; at = (at + 1) & (size - 1)) {
        const other = placeOf(slots[at]! - 1);
        if (sameId(ids, start, end, other.list, other.row)) return other;
      }
      slots[at] = ++added;
      return undefined;
    },
  };
}

function sameId(ids: IdBytes, start: number, end: number, other: IdBytes, row: number): boolean {
  let at = row === 0 ? 0 : other.ends[row - 1]!;
  if (other.ends[row]! - at !== end - start) return false;
  for (let i = start; i < end; i++) if (ids.bytes[i] !== other.bytes[at++]) return false;
  return true;
}

/** The id column of a file: the one asked for, or the first candidate that is whole and repeats nothing; null where there is none. */
export function chooseIds(
  kept: readonly IdBytes[],
  file: InputFile,
  asked: string | undefined,
  rowOf: (row: number) => number,
): IdBytes | null {
  for (const ids of kept) {
    const clash = firstClash(ids);
    if (!clash) return ids;
    if (asked === undefined) continue;
    const params = {
      file: file.shown,
      column: ids.column,
      row: rowOf(clash.second),
      first: rowOf(clash.first),
      value: idText(ids, clash.second),
    };
    throw new LinkError(clash.first === clash.second ? 'idMissing' : 'idRepeated', params);
  }
  return null;
}
