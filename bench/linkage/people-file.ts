// A generated table as a file, so that the process that is measured holds the table and nothing else.
import { closeSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Column, Table } from '@vinculo/matching';
import type { People } from './people.ts';

export function writePeople(folder: string, { table, truth }: People): void {
  const file = openSync(join(folder, 'codes'), 'w');
  for (const { codes } of [...Object.values(table.columns), { codes: truth }])
    writeSync(file, new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength));
  closeSync(file);
  for (const [name, { values }] of Object.entries(table.columns)) writeFileSync(join(folder, `${name}.txt`), values.join('\n'));
  writeFileSync(join(folder, 'columns.json'), JSON.stringify({ rows: table.rows, columns: Object.keys(table.columns) }));
}

/** The same as CSV, with a record number before and the truth after: for tools that read nothing else. */
export function writeCsv(path: string, { table, truth }: { table: Table; truth: ArrayLike<number> }): void {
  const file = openSync(path, 'w');
  const columns = Object.entries(table.columns);
  let lines = `unique_id,${columns.map(([name]) => name).join(',')},entity\n`;
  for (let row = 0; row < table.rows; row++) {
    lines += `${row},${columns.map(([, { codes, values }]) => cell(values[codes[row]!]!)).join(',')},${truth[row]}\n`;
    if (lines.length < 1 << 20 && row + 1 < table.rows) continue;
    writeSync(file, lines);
    lines = '';
  }
  closeSync(file);
}

function cell(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

export function readPeople(folder: string): { table: Table; truth: () => Uint32Array } {
  const { rows, columns } = JSON.parse(readFileSync(join(folder, 'columns.json'), 'utf8')) as { rows: number; columns: string[] };
  // Each column by itself, so that what is let go of is free.
  const part = (k: number): Uint32Array => {
    const codes = new Uint32Array(rows);
    const file = openSync(join(folder, 'codes'), 'r');
    readSync(file, codes, 0, rows * 4, k * rows * 4);
    closeSync(file);
    return codes;
  };
  const read = (name: string, k: number): Column => ({
    codes: part(k),
    values: readFileSync(join(folder, `${name}.txt`), 'latin1').split('\n'),
  });
  return {
    table: { rows, columns: Object.fromEntries(columns.map((name, k) => [name, read(name, k)])) },
    truth: () => part(columns.length),
  };
}
