import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Column, fold } from '@vinculo/matching';
import { LinkError } from './link-error.ts';
import { openInput, type OpenInput } from './open-input.ts';
import { readRecords } from './read-records.ts';
import type { RecordIds } from './record-ids.ts';

/** The entity of each row, and where that is known from. Rows of which nothing is known are entities of their own. */
export interface Truth {
  from: 'column' | 'pairs' | 'entities';
  name: string;
  entity: Uint32Array;
  /** Rows of which something is known. */
  known: number;
}

/** Where `--truth` points: a column of the records, or a file that exists. */
export function truthIn(asked: string | undefined, inputs: readonly OpenInput[]): { column?: string; file?: string } {
  if (asked === undefined) return {};
  if (inputs.some(({ columns }) => columns.includes(asked))) return { column: asked };
  const file = resolve(asked);
  if (existsSync(file)) return { file };
  throw new LinkError('truthUnknown', { name: asked, columns: [...new Set(inputs.flatMap(({ columns }) => columns))].join(', ') });
}

export function truthOfColumn(name: string, { codes }: Column): Truth {
  const highest = codes.reduce((most, code) => Math.max(most, code), 0);
  let known = 0;
  // Where the column is empty nothing is known: each such row stands for itself.
  const entity = codes.map((code, row) => {
    if (code === 0) return highest + 1 + row;
    known++;
    return code;
  });
  return { from: 'column', name, entity, known };
}

/** A file with the ids of records that are one entity, two in a row, or with the entity of each id. */
export async function truthOfFile(path: string, ids: RecordIds, rows: number, folder: string): Promise<Truth> {
  const file = { path, shown: basename(path), label: 'truth' };
  const input = await openInput(file, folder, true);
  if (input.columns.length < 2) throw new LinkError('truthColumns', { file: path });
  const rowOf = new Map<string, number>();
  for (let row = 0; row < rows; row++) rowOf.set(fold(ids.text(row)), row);
  const { table } = await readRecords([input], { id: null });
  const columns = input.columns.map((name) => ({ name, ...table.columns[name]! }));
  const idLike = columns.map(({ values }) => values.slice(1).filter((value) => rowOf.has(value)).length / Math.max(1, values.length - 1));

  const pairs =
    input.columns.length === 2 && idLike.every((share) => share > 0.9) && !/cluster|entity|group/i.test(input.columns.join(' '));
  if (pairs) return joined(path, columns[0]!, columns[1]!, rowOf, rows);
  const named = ids.report.columns.find((name) => name !== null && input.columns.includes(name));
  const idAt = named ? input.columns.indexOf(named) : idLike.indexOf(Math.max(...idLike));
  const others = input.columns.map((_, k) => k).filter((k) => k !== idAt);
  const called = (pattern: RegExp) => others.find((k) => pattern.test(input.columns[k]!));
  const other = called(/cluster|entity|entidad/i) ?? called(/truth|label|group|grupo|person/i) ?? others[0]!;
  return labelled(path, columns[idAt]!, columns[other]!, rowOf, rows);
}

function labelled(path: string, id: Column, entity: Column, rowOf: ReadonlyMap<string, number>, rows: number): Truth {
  const of = Uint32Array.from({ length: rows }, (_, row) => entity.values.length + row);
  let known = 0;
  id.codes.forEach((code, k) => {
    const row = rowOf.get(id.values[code]!);
    if (row === undefined || entity.codes[k] === 0) return;
    of[row] = entity.codes[k]!;
    known++;
  });
  if (known === 0) throw new LinkError('truthIds', { file: path });
  return { from: 'entities', name: basename(path), entity: of, known };
}

function joined(path: string, left: Column, right: Column, rowOf: ReadonlyMap<string, number>, rows: number): Truth {
  const parent = Uint32Array.from({ length: rows }, (_, row) => row);
  const rootOf = (row: number): number => {
    let at = row;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  const known = new Set<number>();
  left.codes.forEach((code, k) => {
    const [a, b] = [rowOf.get(left.values[code]!), rowOf.get(right.values[right.codes[k]!]!)];
    if (a === undefined || b === undefined) return;
    known.add(a).add(b);
    parent[rootOf(a)] = rootOf(b);
  });
  if (known.size === 0) throw new LinkError('truthIds', { file: path });
  return { from: 'pairs', name: basename(path), entity: parent.map((_, row) => rootOf(row)), known: known.size };
}
