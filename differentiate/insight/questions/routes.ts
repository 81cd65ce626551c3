import { Readable } from 'node:stream';
import { fail } from '@vinculo/errors';
import type { App, Context } from '@vinculo/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import * as api from '../api/questions.ts';
import { type AnswerFile, answerFile } from './answer-file.ts';
import { describeViews } from './describe-views.ts';
import { changeQuestion, findQuestion, listQuestions, removeQuestion, restoreQuestion, saveQuestion } from './questions.ts';
import type { Parameter } from './read-question.ts';
import { answerQuestion, boundsOf, LIMITS } from './run-question.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['questions'];
const ASK = ['query.run', 'value.read'];
const file = z.any().describe('The file');

export function routes(app: App, context: Context): void {
  const { store, warehouse, config } = context;
  const fileBounds = () => boundsOf(config.warehouseMemoryMb, LIMITS.fileRows);

  app.get(
    '/api/v1/questions/schema',
    {
      config: { permission: ASK },
      schema: { tags, summary: 'The views that can be read, with their columns, and examples', response: { 200: api.QuestionSchema } },
    },
    (request) => describeViews(context, request.language),
  );
  app.post(
    '/api/v1/questions/run',
    {
      config: { permission: ASK },
      schema: { tags, summary: 'Answer a question, up to 5,000 rows', body: api.RunQuestion, response: { 200: api.QuestionAnswer } },
    },
    async (request, reply) => {
      const { sql, parameters, limit } = request.body;
      // Before it runs: a question that finds nothing, or breaks, was asked all the same.
      await request.audit('question.run', { kind: 'question', id: '*' }, { sql, parameters });
      return answerQuestion(warehouse, sql, parameters, boundsOf(config.warehouseMemoryMb, limit), untilGone(request, reply));
    },
  );
  app.post(
    '/api/v1/questions/file',
    {
      config: { permission: ASK },
      schema: {
        tags,
        summary: 'The answer as a file as people open it: CSV, XLSX, Parquet, JSON',
        body: api.QuestionText.extend({ format: api.FileFormat }),
        response: { 200: file },
      },
    },
    async (request, reply) => {
      const { sql, parameters, format } = request.body;
      await request.audit('question.exported', { kind: 'question', id: '*' }, { sql, parameters, format });
      const options = { format, reader: request.language };
      return send(reply, await answerFile(warehouse, sql, parameters, fileBounds(), options, untilGone(request, reply)), format);
    },
  );
  app.get(
    '/api/v1/questions/run',
    {
      config: { permission: ASK },
      schema: {
        tags,
        summary: 'The answer as a file as programs read it; for BI tools with an API key',
        description:
          'Parameters of the question come as `p_<name>`; they are text unless `types` says otherwise, as `name:date,other:number`.',
        querystring: z
          .object({ sql: z.string().min(1).max(8_000), format: api.FileFormat.default('csv'), types: z.string().max(500).default('') })
          .catchall(z.string().max(2_000)),
        response: { 200: file },
      },
    },
    async (request, reply) => {
      const { sql, format, types, ...rest } = request.query;
      const parameters = fromAddress(rest, types);
      await request.audit('question.exported', { kind: 'question', id: '*' }, { sql, parameters, format });
      return send(reply, await answerFile(warehouse, sql, parameters, fileBounds(), { format }, untilGone(request, reply)), format);
    },
  );
  app.get(
    '/api/v1/questions/:id/run',
    {
      config: { permission: ASK },
      schema: {
        tags,
        summary: 'The answer of a saved question as a file as programs read it; for BI tools with an API key',
        description: 'A key reads shared questions. Values of its parameters may be given as `p_<name>`.',
        params: Id,
        querystring: z.object({ format: api.FileFormat.default('csv') }).catchall(z.string().max(2_000)),
        response: { 200: file },
      },
    },
    async (request, reply) => {
      const { format, ...given } = request.query;
      const question = await findQuestion(store, request.actor, request.params.id);
      const parameters = withValues(question.parameters, given);
      await request.audit('question.exported', { kind: 'question', id: question.id }, { parameters, format });
      return send(
        reply,
        await answerFile(warehouse, question.sql, parameters, fileBounds(), { format }, untilGone(request, reply)),
        format,
      );
    },
  );

  app.get(
    '/api/v1/questions',
    {
      config: { permission: ASK },
      schema: {
        tags,
        summary: 'Saved questions: one’s own and shared ones',
        response: { 200: z.object({ items: z.array(api.QuestionRow) }) },
      },
    },
    async (request) => ({ items: await listQuestions(store, request.actor) }),
  );
  // Whoever makes boards may choose among shared questions without being able to write any.
  app.get(
    '/api/v1/questions/shared',
    {
      config: { permission: 'value.read' },
      schema: { tags, summary: 'Questions that can be put on a board', response: { 200: z.object({ items: z.array(api.QuestionRow) }) } },
    },
    async (request) => ({ items: await listQuestions(store, request.actor) }),
  );
  app.post(
    '/api/v1/questions',
    {
      config: { permission: ASK, idempotent: true },
      schema: { tags, summary: 'Save a question', body: api.NewQuestion, response: { 201: api.Question } },
    },
    async (request, reply) => reply.code(201).send(await saveQuestion(store, request.actor, request.body)),
  );
  app.get(
    '/api/v1/questions/:id',
    { config: { permission: ASK }, schema: { tags, summary: 'A saved question', params: Id, response: { 200: api.Question } } },
    (request) => findQuestion(store, request.actor, request.params.id),
  );
  app.put(
    '/api/v1/questions/:id',
    {
      config: { permission: ASK },
      schema: { tags, summary: 'Change a saved question', params: Id, body: api.QuestionChange, response: { 200: api.Question } },
    },
    (request) => changeQuestion(store, request.actor, request.params.id, request.body),
  );
  app.delete(
    '/api/v1/questions/:id',
    {
      config: { permission: ASK },
      schema: { tags, summary: 'Remove a question; it can be brought back', params: Id, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await removeQuestion(store, request.actor, request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/questions/:id/restore',
    {
      config: { permission: ASK, idempotent: true },
      schema: { tags, summary: 'Bring a removed question back', params: Id, response: { 200: api.Question } },
    },
    (request) => restoreQuestion(store, request.actor, request.params.id),
  );
}

/** Aborted when the caller goes away before the answer is whole: the engine then stops too. */
function untilGone(_request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new Error('The caller has gone'));
  });
  return gone.signal;
}

function send(reply: FastifyReply, { type, content }: AnswerFile, format: string) {
  reply.header('content-disposition', `attachment; filename="vinculo.${format}"`);
  return reply.type(type).send(Readable.from(content));
}

/** Values by the names of parameters, of what stands in an address as `p_<name>`. */
const valuesOf = (given: Record<string, unknown>): [name: string, value: string][] =>
  Object.entries(given).flatMap(([name, value]) => (name.startsWith('p_') ? [[name.slice(2), String(value)]] : []));

/** @throws VIN_QUESTION_PARAMETER for a name or a type that none can have. */
function fromAddress(given: Record<string, unknown>, types: string): Parameter[] {
  const typed = new Map(types.split(',').map((pair) => pair.split(':') as [string, string | undefined]));
  return valuesOf(given).map(([name, value]) => {
    const read = api.QuestionParameter.safeParse({ name, type: typed.get(name) ?? 'text', value });
    if (!read.success) throw fail('VIN_QUESTION_PARAMETER', { name });
    return read.data;
  });
}

/**
 * The parameters with the values an address gives them. Capitals do not count, as in the text of the question.
 *
 * @throws VIN_QUESTION_NO_PARAMETER: a value that goes nowhere would leave the answer as if it had been given.
 */
function withValues(parameters: readonly Parameter[], given: Record<string, unknown>): Parameter[] {
  const all = parameters.map((one) => ({ ...one }));
  for (const [name, value] of valuesOf(given)) {
    const parameter = all.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (!parameter) throw fail('VIN_QUESTION_NO_PARAMETER', { name, known: parameters.map((one) => one.name).join(', ') || '–' });
    parameter.value = value;
  }
  return all;
}
