import { isAscii, isUtf8 } from 'node:buffer';
import {
  eachRecord,
  jsonCells,
  openText,
  type RecordBlock,
  recordEnds,
  recordText,
  scanCells,
  splitRecords,
  type TableFile,
} from '@vinculo/files';
import { type Column, type Table, type TableBuilder, tableBuilder } from '@vinculo/matching';
import { type CellBlock, internHere, internInThreads } from './intern-columns.ts';
import { LinkError } from './link-error.ts';
import type { FileReport, IdReport } from './link-task.ts';
import { asLinkError, type OpenInput } from './open-input.ts';
import {
  addId,
  chooseIds,
  type FileIds,
  type IdBytes,
  idBytes,
  idCandidates,
  isRecordId,
  recordIds,
  type RecordIds,
} from './record-ids.ts';

/** All records of all files as one table, and the id of each. */
export interface Records {
  table: Table;
  ids: RecordIds;
  files: FileReport[];
  /** Columns left out of the table because they are called like the id of a record. */
  notCompared: string[];
  /** The column that says who each record is about, where one was asked for: never part of the table. */
  truth?: Column;
}

export interface ReadOptions {
  /** The column of the ids, asked for by name; null where nothing is to be taken for an id. */
  id?: string | null;
  /** A column that holds the truth. */
  truth?: string;
  onRows?: (rows: number) => void;
}

/** The name of the column that says which file a record comes from. */
const SOURCE = 'source';

/** Reads the files one after another. Columns of one name are one column, whatever its place; capitals make no difference. */
export async function readRecords(inputs: readonly OpenInput[], { id, truth, onRows }: ReadOptions): Promise<Records> {
  const names = unitedNames(inputs);
  const kept = inputs.map(({ columns }) => idsToKeep(columns, id));
  // What is called the id of a record is nothing to compare; what only might be is compared where it turns out not to be one.
  const apart = new Set(
    kept
      .flat()
      .filter((name) => name === id || isRecordId(name))
      .map((name) => names.of(name)),
  );
  const own = names.all.filter((name) => !apart.has(name));
  const sourced = inputs.length > 1 && !own.includes(SOURCE);
  const large = inputs.every(({ table }) => table.format === 'csv') && total(inputs) >= LARGE;
  const builder = growingTable(sourced ? [...own, SOURCE] : own, apart, large);
  const files: FileReport[] = [];
  const parts: FileIds[] = [];
  const rejected: string[] = [];
  let from: IdReport['from'] = id === undefined ? 'recognised' : 'option';

  for (const [k, input] of inputs.entries()) {
    const firstRow = builder.rows;
    const ids = kept[k]!.map(idBytes);
    const report = fileReport(input);
    try {
      const read = input.table.format === 'csv' ? readCsv : readLines;
      await read(input, { builder, ids, names, source: sourced ? input.file.label : undefined, report, onRows });
    } catch (error) {
      throw asLinkError(error, input.file);
    }
    report.records = builder.rows - firstRow;
    if (report.records === 0) throw new LinkError('noRecords', { file: input.file.shown });
    files.push(report);
    const chosen = chooseIds(
      ids,
      input.file,
      id ?? undefined,
      (row) => row + 1 + (input.options.format === 'parquet' ? 0 : input.table.headerRecord + 1),
    );
    rejected.push(...ids.filter((one) => one !== chosen && isAhead(one, chosen, ids)).map(({ column }) => column));
    if (!chosen) from = 'position';
    parts.push({ file: input.file, firstRow, rows: report.records, ids: chosen });
  }
  const table = await builder.finish();
  for (const { ids } of parts) if (ids) delete table.columns[names.of(ids.column)];
  const truthColumn = truth === undefined ? undefined : table.columns[names.of(truth)];
  if (truth !== undefined) delete table.columns[names.of(truth)];
  const chosen = new Set(parts.flatMap(({ ids }) => (ids ? [names.of(ids.column)] : [])));
  const notCompared = [...apart].filter((name) => !chosen.has(name));
  return { table, ids: recordIds(parts, from, [...new Set(rejected)]), files, notCompared, truth: truthColumn };
}

/** From here on it pays to start threads. */
const LARGE = 150_000;

const total = (inputs: readonly OpenInput[]): number => inputs.reduce((sum, { estimatedRows }) => sum + estimatedRows, 0);

function idsToKeep(columns: readonly string[], asked: string | null | undefined): string[] {
  if (asked === null) return [];
  return asked === undefined ? idCandidates(columns) : [asked];
}

function isAhead(one: IdBytes, chosen: IdBytes | null, all: readonly IdBytes[]): boolean {
  return chosen === null || all.indexOf(one) < all.indexOf(chosen);
}

function fileReport({ file, options, columns }: OpenInput): FileReport {
  const { format, compression, encoding, delimiter } = options;
  return {
    file: file.shown,
    label: file.label,
    format,
    compression,
    ...(format === 'csv' ? { encoding, delimiter } : {}),
    records: 0,
    columns: columns.length,
    uneven: { rows: 0, first: 0 },
    brokenQuotes: { rows: 0, first: 0 },
  };
}

interface Names {
  all: string[];
  /** The name under which a column of a file is united with the others. */
  of(name: string): string;
}

function unitedNames(inputs: readonly OpenInput[]): Names {
  const exact = new Set<string>();
  const folded = new Map<string, string>();
  for (const { columns } of inputs) {
    // Two columns of one file that differ in capitals alone are two columns.
    const others = new Set(columns);
    for (const name of columns) {
      const same = folded.get(name.toLowerCase());
      if (exact.has(name) || (same !== undefined && !others.has(same))) continue;
      exact.add(name);
      if (same === undefined) folded.set(name.toLowerCase(), name);
    }
  }
  return { all: [...exact], of: (name) => (exact.has(name) ? name : (folded.get(name.toLowerCase()) ?? name)) };
}

interface Into {
  builder: GrowingTable;
  ids: readonly IdBytes[];
  names: Names;
  source: string | undefined;
  report: FileReport;
  onRows?: (rows: number) => void;
}

async function readCsv({ table, columns }: OpenInput, { builder, ids, names, source, report, onRows }: Into): Promise<void> {
  const [delimiter, quote] = [table.delimiter.charCodeAt(0), table.quote === '' ? -1 : table.quote.charCodeAt(0)];
  const found = new Uint32Array(columns.length * 2);
  const targets = Int32Array.from(columns, (name) => builder.names.indexOf(names.of(name)));
  const idColumns = Int32Array.from(ids, ({ column }) => columns.findIndex((name) => names.of(name) === names.of(column)));
  const sourceAt = source === undefined ? -1 : builder.names.indexOf(SOURCE);
  const tag = Buffer.from(source ?? '');
  let bounds = new Uint32Array(0);

  for await (const block of splitRecords(openText(table.path, table.compression), table)) {
    const { bytes: text, ends } = inUtf8(block, table);
    // The name of the file stands behind the block, where bounds can reach it.
    const bytes = tag.length === 0 ? text : Buffer.concat([text, tag]);
    const stride = ends.length;
    if (bounds.length < 2 * stride * builder.names.length) bounds = new Uint32Array(2 * stride * builder.names.length);
    else bounds.fill(0);
    let start = 0;
    let rows = 0;
    for (let i = 0; i < ends.length; i++) {
      const end = ends[i]!;
      const from = start;
      start = end;
      if (block.firstRecord + i <= table.headerRecord || isBlank(bytes, from, end)) continue;
      let cells = scanCells(bytes, from, end, delimiter, quote, found);
      if (cells < 0) {
        cells = scanCells(bytes, from, end, delimiter, -1, found);
        if (report.brokenQuotes.rows++ === 0) report.brokenQuotes.first = block.firstRecord + i + 1;
      } else if (cells !== columns.length && report.uneven.rows++ === 0) report.uneven.first = block.firstRecord + i + 1;
      for (let k = cells; k < columns.length; k++) found[2 * k] = found[2 * k + 1] = 0;
      for (let k = 0; k < targets.length; k++) {
        if (targets[k]! < 0) continue;
        const at = 2 * (targets[k]! * stride + rows);
        bounds[at] = found[2 * k]!;
        bounds[at + 1] = found[2 * k + 1]!;
      }
      if (sourceAt >= 0) {
        const at = 2 * (sourceAt * stride + rows);
        bounds[at] = text.length;
        bounds[at + 1] = bytes.length;
      }
      for (let k = 0; k < ids.length; k++) addId(ids[k]!, bytes, found[2 * idColumns[k]!]!, found[2 * idColumns[k]! + 1]!);
      rows++;
    }
    await builder.add({ bytes, bounds, rows, stride });
    onRows?.(builder.rows);
  }
}

async function readLines({ file, table }: OpenInput, { builder, ids, names, source, onRows }: Into): Promise<void> {
  const encoder = new TextEncoder();
  for await (const block of splitRecords(openText(table.path, table.compression), { delimiter: '', quote: '' })) {
    eachRecord(block, table.encoding, (line, record) => {
      if (line.trim() === '') return;
      const cells = jsonCells(line);
      if (!cells) throw new LinkError('notJson', { file: file.shown, row: record + 1, value: line.slice(0, 60) });
      for (const one of ids) {
        const id = encoder.encode(cells.get(one.column) ?? '');
        addId(one, id, 0, id.length);
      }
      if (source !== undefined) cells.set(SOURCE, source);
      builder.pushNamed(cells, names);
    });
    onRows?.(builder.rows);
  }
}

/** A block as UTF-8. What is not the UTF-8 it claims to be is read as Windows-1252, record by record. */
function inUtf8(block: RecordBlock, { encoding, delimiter, quote }: TableFile): { bytes: Buffer; ends: Uint32Array | number[] } {
  const { bytes, ends } = block;
  if (encoding === 'utf-8' ? isUtf8(bytes) : isAscii(bytes)) return { bytes, ends };
  if (encoding !== 'utf-8') {
    const whole = Buffer.from(`${recordText(bytes, 0, bytes.length, encoding)}\n`);
    return {
      bytes: whole,
      ends: recordEnds(whole, { delimiter: delimiter.charCodeAt(0), quote: quote === '' ? -1 : quote.charCodeAt(0) }, true),
    };
  }
  const records: string[] = [];
  eachRecord(block, encoding, (text) => records.push(`${text}\n`));
  const whole = Buffer.from(records.join(''));
  const moved = new Uint32Array(records.length);
  let at = 0;
  records.forEach((text, k) => (moved[k] = at += Buffer.byteLength(text)));
  return { bytes: whole, ends: moved };
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 10 && bytes[i] !== 13) return false;
  return true;
}

/** A table of which some columns may turn up late: JSON lines name them as they come. */
interface GrowingTable {
  names: readonly string[];
  readonly rows: number;
  add(block: CellBlock): Promise<void>;
  /** Not of a large table. */
  pushNamed(cells: ReadonlyMap<string, string>, names: Names): void;
  finish(): Promise<Table>;
}

function growingTable(names: string[], ignored: ReadonlySet<string>, large: boolean): GrowingTable {
  const here = internHere(names);
  const interner = large ? internInThreads(names) : here;
  const placeOf = new Map(names.map((name, k) => [name, k]));
  const late = new Map<string, TableBuilder>();
  const values = Array.from({ length: names.length }, () => '');
  let rows = 0;
  const fill = (column: TableBuilder): TableBuilder => {
    while (column.rows < rows) column.push(['']);
    return column;
  };
  return {
    names,
    get rows() {
      return rows;
    },
    async add(block) {
      await interner.add(block);
      rows += block.rows;
    },
    pushNamed(cells, united) {
      values.fill('');
      for (const [name, value] of cells) {
        const own = united.of(name);
        const place = placeOf.get(own);
        if (place !== undefined) values[place] = value;
        else if (!ignored.has(own)) {
          const column = late.get(own) ?? tableBuilder([own]);
          late.set(own, column);
          fill(column).push([value]);
        }
      }
      here.push(values);
      rows++;
    },
    async finish() {
      const columns = await interner.finish();
      for (const [name, column] of late) columns[name] = fill(column).finish().columns[name]!;
      interner.close();
      return { rows, columns };
    },
  };
}
