// Boards by mail: who gets them, when, and what left.
import type { App, Context } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/boards.ts';
import { findBoard } from './boards.ts';
import {
  addSchedule,
  changeSchedule,
  listSchedules,
  listSendings,
  possibleRecipients,
  removeSchedule,
  stopReceiving,
} from './schedules.ts';
import type { SendBoard } from './send-board.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['boards'];
const SEE = 'value.read';
const MAKE = ['value.read', 'board.write'];

export function scheduleRoutes(app: App, context: Context): void {
  const { store, jobs } = context;

  app.get(
    '/api/v1/boards/recipients',
    { config: { permission: MAKE }, schema: { tags, summary: 'Who may get boards by mail', response: { 200: api.Recipients } } },
    async () => ({ items: await possibleRecipients(store) }),
  );
  app.get(
    '/api/v1/boards/:id/schedules',
    {
      config: { permission: SEE },
      schema: {
        tags,
        summary: 'When a board leaves by mail, and to whom',
        params: Id,
        response: { 200: z.object({ items: z.array(api.Schedule) }) },
      },
    },
    async (request) => ({ items: await listSchedules(store, request.actor, request.params.id) }),
  );
  app.post(
    '/api/v1/boards/:id/schedules',
    {
      config: { permission: MAKE, idempotent: true },
      schema: { tags, summary: 'Send a board by mail again and again', params: Id, body: api.NewSchedule, response: { 201: api.Schedule } },
    },
    async (request, reply) => reply.code(201).send(await addSchedule(context, request.actor, request.params.id, request.body)),
  );
  app.put(
    '/api/v1/board-schedules/:id',
    {
      config: { permission: MAKE },
      schema: { tags, summary: 'Change when and to whom', params: Id, body: api.NewSchedule, response: { 200: api.Schedule } },
    },
    (request) => changeSchedule(context, request.actor, request.params.id, request.body),
  );
  app.delete(
    '/api/v1/board-schedules/:id',
    { config: { permission: MAKE }, schema: { tags, summary: 'Send it no more', params: Id, response: { 204: z.null() } } },
    async (request, reply) => {
      await removeSchedule(store, request.actor, request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/board-schedules/:id/leave',
    { config: { permission: SEE }, schema: { tags, summary: 'Stop receiving it oneself', params: Id, response: { 204: z.null() } } },
    async (request, reply) => {
      await stopReceiving(store, request.actor, request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/boards/:id/send-now',
    {
      config: { permission: SEE, idempotent: true },
      schema: { tags, summary: 'Send the board to oneself now', params: Id, response: { 202: z.object({ jobId: z.string() }) } },
    },
    async (request, reply) => {
      const board = await findBoard(store, request.actor, request.params.id);
      const input: SendBoard = {
        boardId: board.id,
        recipient: request.actor.id,
        language: request.language,
        scheduleId: null,
        sender: request.actor.name,
      };
      return reply.code(202).send({ jobId: await jobs.enqueue('board.send', input, { actor: request.actor }) });
    },
  );
  app.get(
    '/api/v1/boards/:id/sendings',
    {
      config: { permission: SEE },
      schema: {
        tags,
        summary: 'What of a board left by mail, the latest first',
        params: Id,
        response: { 200: z.object({ items: z.array(api.Sending) }) },
      },
    },
    async (request) => ({ items: await listSendings(store, request.actor, request.params.id) }),
  );
}
