// Runs a question: bounded in time, memory and rows, and stopped in the engine when nobody waits for it any more.
import type { z } from 'zod';
import type { Warehouse } from '@vinculo/warehouse';
import type { QuestionAnswer, QuestionColumn } from '../api/questions.ts';
import { inWords, type Parameter, readQuestion, type SafeQuestion, told } from './read-question.ts';

export type Column = z.infer<typeof QuestionColumn>;
export interface Bounds {
  rows: number;
  seconds: number;
  memoryMb: number;
}

/** Of one question; a quarter of the memory the warehouse may use, so that the rest of the company goes on working. */
export const LIMITS = { seconds: 30, fileRows: 1_000_000, sheetRows: 100_000 };
export const boundsOf = (warehouseMemoryMb: number, rows: number): Bounds => ({
  rows,
  seconds: LIMITS.seconds,
  memoryMb: Math.max(128, Math.floor(warehouseMemoryMb / 4)),
});

export interface Running {
  columns: Column[];
  /** Batches of rows, values in the order of the columns. */
  rows: AsyncGenerator<unknown[][]>;
  question: SafeQuestion;
}

/** @throws as {@link readQuestion}, before the first row. */
export async function startQuestion(
  warehouse: Warehouse,
  text: string,
  parameters: readonly Parameter[],
  bounds: Bounds,
  signal?: AbortSignal,
): Promise<Running> {
  const question = await readQuestion(warehouse, text, parameters);
  const described = await told(
    warehouse.rows<{ name: string; type: string }>(`describe table (${question.sql})`, question.params, {
      settings: { joined_subquery_requires_alias: 0, max_execution_time: bounds.seconds },
      ...(signal ? { signal } : {}),
    }),
  );
  const columns = described.map(({ name, type }): Column => ({ name, type, kind: kindOf(type) }));
  return { columns, question, rows: rowsOf(warehouse, question, bounds, signal) };
}

/** The question as a subquery of ours. Read-only is the engine's own word for it: no writing, no settings, no files, no network. */
export function bounded({ sql }: SafeQuestion, { rows, seconds, memoryMb }: Bounds): string {
  const bytes = memoryMb * 1024 * 1024;
  return `select * from (${sql}) limit ${rows} settings readonly = 1, max_execution_time = ${seconds}, timeout_overflow_mode = 'throw',
    max_memory_usage = ${bytes}, max_bytes_before_external_group_by = ${Math.floor(bytes / 2)}, max_bytes_before_external_sort = ${Math.floor(bytes / 2)},
    max_threads = 2, joined_subquery_requires_alias = 0, query_plan_remove_redundant_sorting = 0`;
}

async function* rowsOf(warehouse: Warehouse, question: SafeQuestion, bounds: Bounds, signal?: AbortSignal): AsyncGenerator<unknown[][]> {
  const options = { format: 'JSONCompactEachRow', background: true, ...(signal ? { signal } : {}) };
  let rest = '';
  const decoder = new TextDecoder();
  try {
    for await (const piece of warehouse.bytes(bounded(question, bounds), question.params, options)) {
      const text = rest + decoder.decode(piece, { stream: true });
      const end = text.lastIndexOf('\n');
      rest = text.slice(end + 1);
      if (end > 0) yield JSON.parse(`[${text.slice(0, end).replaceAll('\n', ',')}]`) as unknown[][];
    }
    if (rest.trim() !== '') yield [JSON.parse(rest) as unknown[]];
  } catch (error) {
    signal?.throwIfAborted();
    throw inWords(error);
  }
}

/** The whole answer, up to so many rows. */
export async function answerQuestion(
  warehouse: Warehouse,
  text: string,
  parameters: readonly Parameter[],
  bounds: Bounds,
  signal?: AbortSignal,
): Promise<z.infer<typeof QuestionAnswer>> {
  const began = performance.now();
  // One more than asked for says whether there are more.
  const { columns, rows } = await startQuestion(warehouse, text, parameters, { ...bounds, rows: bounds.rows + 1 }, signal);
  const all: unknown[][] = [];
  for await (const batch of rows) all.push(...batch);
  return {
    columns,
    rows: all.slice(0, bounds.rows),
    more: all.length > bounds.rows,
    milliseconds: Math.round(performance.now() - began),
  };
}

function kindOf(type: string): Column['kind'] {
  const bare = type.replace(/^(LowCardinality|Nullable)\((.*)\)$/, '$2').replace(/^Nullable\((.*)\)$/, '$1');
  if (/^(U?Int|Float|Decimal|BFloat)/.test(bare)) return 'number';
  if (/^(Date|DateTime)/.test(bare)) return 'date';
  return /^(String|FixedString|UUID|Enum|Bool|IPv)/.test(bare) ? 'text' : 'other';
}
