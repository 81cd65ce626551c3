// What the API says about questions: SQL over the documented views. Shared with the console as types; no server code here.
import { z } from 'zod';

export const QuestionParameter = z.object({
  /** As it stands in the text: {{period}}. */
  name: z.string().regex(/^[a-z_][a-z0-9_]{0,39}$/i),
  type: z.enum(['text', 'number', 'date', 'list']),
  /** What it is when nobody says otherwise; of a list, its values with commas between them. */
  value: z.string().max(2_000).default(''),
});
export const QuestionChart = z.object({
  kind: z.enum(['table', 'bar', 'line', 'number']),
  /** Names of columns; the first text or date and the first number where none is given. */
  x: z.string().max(200).optional(),
  y: z.string().max(200).optional(),
});

export const QuestionText = z.object({
  sql: z.string().min(1).max(20_000),
  parameters: z.array(QuestionParameter).max(20).default([]),
});
/** Most rows of an answer on screen; files hold more. */
export const MOST_ROWS = 5_000;
export const RunQuestion = QuestionText.extend({ limit: z.number().int().min(1).max(MOST_ROWS).default(MOST_ROWS) });

export const QuestionColumn = z.object({
  name: z.string(),
  /** As the warehouse calls it. */
  type: z.string(),
  kind: z.enum(['number', 'text', 'date', 'other']),
});
export const QuestionAnswer = z.object({
  columns: z.array(QuestionColumn),
  rows: z.array(z.array(z.unknown())),
  /** There were more than are shown. */
  more: z.boolean(),
  milliseconds: z.number(),
});

export const QuestionRow = z.object({
  id: z.uuid(),
  name: z.string(),
  about: z.string(),
  shared: z.boolean(),
  mine: z.boolean(),
  ownerName: z.string(),
  changedAt: z.iso.datetime(),
});
export const Question = QuestionRow.extend({
  sql: z.string(),
  parameters: z.array(QuestionParameter),
  chart: QuestionChart,
  version: z.number(),
  editable: z.boolean(),
});
export const NewQuestion = QuestionText.extend({
  name: z.string().trim().min(1).max(120),
  about: z.string().trim().max(500).default(''),
  chart: QuestionChart.default({ kind: 'table' }),
  shared: z.boolean().default(false),
});
export const QuestionChange = NewQuestion.extend({ version: z.number().int() });

export const QuestionSchema = z.object({
  views: z.array(
    z.object({
      name: z.string(),
      about: z.string(),
      columns: z.array(z.object({ name: z.string(), type: z.string(), about: z.string() })),
    }),
  ),
  examples: z.array(z.object({ name: z.string(), sql: z.string(), parameters: z.array(QuestionParameter) })),
  limits: z.object({ rows: z.number(), seconds: z.number(), memoryMb: z.number() }),
});

export const FileFormat = z.enum(['csv', 'json', 'parquet', 'xlsx']);
