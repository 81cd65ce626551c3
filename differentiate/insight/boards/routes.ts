import { fail } from '@vinculo/errors';
import type { App, Context } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/boards.ts';
import { behind } from './behind.ts';
import { boardResults, forgetAnswers } from './board-results.ts';
import { changeBoard, duplicateBoard, findBoard, listBoards, makeBoard, removeBoard, restoreBoard } from './boards.ts';
import { boardChoices } from './choices.ts';
import { scheduleRoutes } from './schedule-routes.ts';
import { boardFile } from './send-board.ts';
import { listTargets, removeTarget, setTarget } from './targets.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['boards'];
const SEE = 'value.read';
const MAKE = ['value.read', 'board.write'];

export function routes(app: App, context: Context): void {
  const { store } = context;

  app.get(
    '/api/v1/boards',
    {
      config: { permission: SEE },
      schema: { tags, summary: 'The boards this person may see', response: { 200: z.object({ items: z.array(api.BoardRow) }) } },
    },
    async (request) => ({ items: await listBoards(store, request.actor) }),
  );
  app.get(
    '/api/v1/boards/choices',
    {
      config: { permission: SEE },
      schema: { tags, summary: 'What cards can be made of: measures, dimensions, values', response: { 200: api.BoardChoices } },
    },
    (request) => boardChoices(context, request.language),
  );
  app.post(
    '/api/v1/boards',
    {
      config: { permission: MAKE, idempotent: true },
      schema: { tags, summary: 'Make a board, for oneself until it is shared', body: api.NewBoard, response: { 201: api.Board } },
    },
    async (request, reply) => reply.code(201).send(await makeBoard(store, request.actor, request.body)),
  );
  app.get(
    '/api/v1/boards/:id',
    { config: { permission: SEE }, schema: { tags, summary: 'A board: its cards and filters', params: Id, response: { 200: api.Board } } },
    (request) => findBoard(store, request.actor, request.params.id),
  );
  app.put(
    '/api/v1/boards/:id',
    {
      config: { permission: MAKE },
      schema: { tags, summary: 'Change a board; what is left out stays', params: Id, body: api.BoardChange, response: { 200: api.Board } },
    },
    (request) => changeBoard(store, request.actor, request.params.id, request.body),
  );
  app.delete(
    '/api/v1/boards/:id',
    {
      config: { permission: MAKE },
      schema: { tags, summary: 'Remove a board; it can be brought back', params: Id, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await removeBoard(store, request.actor, request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/boards/:id/restore',
    {
      config: { permission: MAKE, idempotent: true },
      schema: { tags, summary: 'Bring a removed board back', params: Id, response: { 200: api.Board } },
    },
    (request) => restoreBoard(store, request.actor, request.params.id),
  );
  app.post(
    '/api/v1/boards/:id/duplicate',
    {
      config: { permission: MAKE, idempotent: true },
      schema: {
        tags,
        summary: 'A copy of one’s own',
        params: Id,
        body: z.object({ name: z.string().trim().min(1).max(120) }),
        response: { 201: api.Board },
      },
    },
    async (request, reply) => reply.code(201).send(await duplicateBoard(store, request.actor, request.params.id, request.body.name)),
  );

  app.post(
    '/api/v1/boards/:id/results',
    {
      config: { permission: SEE },
      schema: {
        tags,
        summary: 'What the cards of a board show, with other filters than its own where given',
        params: Id,
        body: z.object({ filters: api.BoardFilters.optional(), cards: z.array(z.uuid()).max(40).optional() }),
        response: { 200: api.BoardResults },
      },
    },
    async (request) => {
      const board = await findBoard(store, request.actor, request.params.id);
      const wanted = request.body.cards;
      const cards = wanted ? board.cards.filter(({ id }) => wanted.includes(id)) : board.cards;
      return boardResults(context, request.actor, { cards, filters: request.body.filters ?? board.filters, language: request.language });
    },
  );
  app.post(
    '/api/v1/boards/preview',
    {
      config: { permission: SEE },
      schema: {
        tags,
        summary: 'What cards would show that are on no board yet',
        body: z.object({ cards: api.Cards, filters: api.BoardFilters.default({}) }),
        response: { 200: api.BoardResults },
      },
    },
    (request) => boardResults(context, request.actor, { ...request.body, language: request.language }),
  );
  app.post(
    '/api/v1/boards/behind',
    {
      config: {
        permission: ['value.read', 'customer.read'],
        audit: { action: 'customer.read', subject: 'board', detail: () => ({ part: 'behind' }) },
      },
      schema: { tags, summary: 'Who is behind a number of a card', body: api.Behind, response: { 200: api.BehindList } },
    },
    (request) => behind(context, request.language, request.body),
  );
  app.get(
    '/api/v1/boards/:id/pdf',
    {
      config: { permission: SEE },
      schema: {
        tags,
        summary: 'The board as a PDF',
        params: Id,
        querystring: z.object({ filters: z.string().max(20_000).optional().describe('JSON of the filters, instead of the board’s own') }),
        response: { 200: z.any().describe('The file') },
      },
    },
    async (request, reply) => {
      const board = await findBoard(store, request.actor, request.params.id);
      const filters = request.query.filters === undefined ? board.filters : filtersOf(request.query.filters);
      const { file } = await boardFile(context, request.actor, board, request.language, filters);
      reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(board.name)}.pdf`);
      return reply.type('application/pdf').send(file);
    },
  );

  app.get(
    '/api/v1/targets',
    {
      config: { permission: SEE },
      schema: { tags, summary: 'What somebody wants to reach', response: { 200: z.object({ items: z.array(api.Target) }) } },
    },
    async () => ({ items: await listTargets(store) }),
  );
  app.post(
    '/api/v1/targets',
    {
      config: { permission: MAKE, idempotent: true },
      schema: {
        tags,
        summary: 'Set a target; one of the same measure, scope and period is replaced',
        body: api.NewTarget,
        response: { 200: api.Target },
      },
    },
    async (request) => {
      const target = await setTarget(context, request.actor, request.body);
      await forgetAnswers(store);
      return target;
    },
  );
  app.delete(
    '/api/v1/targets/:id',
    { config: { permission: MAKE }, schema: { tags, summary: 'Remove a target', params: Id, response: { 204: z.null() } } },
    async (request, reply) => {
      await removeTarget(store, request.actor, request.params.id);
      await forgetAnswers(store);
      return reply.code(204).send(null);
    },
  );
  scheduleRoutes(app, context);
}

function filtersOf(text: string): z.infer<typeof api.BoardFilters> {
  try {
    const read = api.BoardFilters.safeParse(JSON.parse(text));
    if (read.success) return read.data;
  } catch {
    // Told below.
  }
  throw fail('VIN_REQUEST_INVALID', { detail: 'filters', errors: [] });
}
