// A saved question as a card of a board.
import type { Context } from '@vinculo/http';
import type { Language } from '@vinculo/languages';
import { VinculoError } from '@vinculo/errors';
import type { Actor } from '@vinculo/postgres';
import type { z } from 'zod';
import type { Card, CardResult } from '../api/boards.ts';
import { findQuestion, type QuestionView } from './questions.ts';
import { answerQuestion, boundsOf, type Column } from './run-question.ts';

type Result = z.infer<typeof CardResult>;
const MOST = 500;

/** Whoever sees the board sees the answer of a shared question; of one that is not, only its owner. */
export async function questionCard(
  context: Pick<Context, 'store' | 'warehouse'> & Partial<Pick<Context, 'config'>>,
  actor: Actor,
  card: z.infer<typeof Card>,
  _language: Language,
): Promise<Partial<Result>> {
  if (!card.question) return { advice: 'no_question' };
  try {
    const question = await findQuestion(context.store, actor, card.question);
    const bounds = { ...boundsOf(context.config?.warehouseMemoryMb ?? 1024, MOST), seconds: 15 };
    const answer = await answerQuestion(context.warehouse, question.sql, question.parameters, bounds);
    return { title: card.title || question.name, definition: question.about, ...shown(question, answer.columns, answer.rows) };
  } catch (error) {
    if (!(error instanceof VinculoError)) throw error;
    return { advice: error.code === 'VIN_QUESTION_NOT_FOUND' ? 'no_question' : 'question_refused' };
  }
}

function shown({ chart }: QuestionView, columns: Column[], rows: unknown[][]): Partial<Result> {
  const table = { columns: columns.map(({ name, type }) => ({ name, type })), rows: rows.slice(0, MOST) };
  if (chart.kind === 'table') return { unit: 'number', table };
  const y = indexOf(columns, chart.y, (column) => column.kind === 'number');
  if (y === -1) return { advice: 'no_numbers' };
  if (chart.kind === 'number') return { unit: 'number', value: asNumber(rows[0]?.[y]), table };
  const x = indexOf(columns, chart.x, (column, n) => n !== y && column.kind !== 'number');
  const points = rows.slice(0, 100).map((row, n) => ({
    key: String(row[x] ?? n + 1),
    label: x === -1 ? String(n + 1) : String(row[x] ?? '–'),
    value: asNumber(row[y]),
    share: null,
    cumulative: null,
    against: null,
    target: null,
  }));
  return { unit: 'number', points, againstWords: chart.kind, table };
}

const indexOf = (columns: readonly Column[], name: string | undefined, otherwise: (column: Column, n: number) => boolean): number =>
  name && columns.some((column) => column.name === name)
    ? columns.findIndex((column) => column.name === name)
    : columns.findIndex(otherwise);

const asNumber = (value: unknown): number | null =>
  value === null || value === undefined || !Number.isFinite(Number(value)) ? null : Number(value);
