import type { App, Context } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../../api/value-models.ts';
import { accountFacts, tryModel } from './try-model.ts';
import {
  addModel,
  changeModel,
  modelVersions,
  removeModel,
  restoreModel,
  restoreModelVersion,
  valueModel,
  valueModels,
} from './value-models.ts';

const tags = ['value models'];
const one = z.object({ id: z.uuid() });
const url = '/api/v1/value-models';

export function modelRoutes(app: App, context: Context): void {
  app.get(
    url,
    {
      config: { permission: 'value.read' },
      schema: { tags, summary: 'The value models there are', response: { 200: z.object({ items: z.array(api.ValueModel) }) } },
    },
    async () => ({ items: await valueModels(context) }),
  );
  app.post(
    url,
    {
      config: { permission: 'value.write', idempotent: true },
      schema: { tags, summary: 'Write a value model', body: api.NewModel, response: { 201: api.ValueModel } },
    },
    async (request, reply) => reply.code(201).send(await addModel(context, request.actor, request.body)),
  );
  app.get(
    `${url}/facts`,
    {
      config: { permission: 'value.read' },
      schema: { tags, summary: 'The measures and kinds of contract in the imported facts', response: { 200: api.AccountFacts } },
    },
    () => accountFacts(context),
  );
  app.post(
    `${url}/trials`,
    {
      config: { permission: ['value.read', 'customer.read'] },
      schema: { tags, summary: 'What a model would say, without keeping it', body: api.ModelTrial, response: { 200: api.ModelResult } },
    },
    (request) => tryModel(context, request.body),
  );
  app.get(
    `${url}/:id`,
    {
      config: { permission: 'value.read' },
      schema: { tags, summary: 'A value model', params: one, response: { 200: api.ValueModel } },
    },
    (request) => valueModel(context.store.db, request.params.id),
  );
  app.put(
    `${url}/:id`,
    {
      config: { permission: 'value.write' },
      schema: {
        tags,
        summary: 'Change a value model: a new version',
        params: one,
        body: api.ModelChange,
        response: { 200: api.ValueModel },
      },
    },
    (request) => changeModel(context, request.actor, request.params.id, request.body),
  );
  app.delete(
    `${url}/:id`,
    {
      config: { permission: 'value.write' },
      schema: { tags, summary: 'Take a value model away', params: one, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await removeModel(context, request.actor, request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${url}/:id/restore`,
    {
      config: { permission: 'value.write', idempotent: true },
      schema: { tags, summary: 'Bring back a value model that was taken away', params: one, response: { 200: api.ValueModel } },
    },
    (request) => restoreModel(context, request.actor, request.params.id),
  );
  app.get(
    `${url}/:id/versions`,
    {
      config: { permission: 'value.read' },
      schema: {
        tags,
        summary: 'Every version of a value model, newest first',
        params: one,
        response: { 200: z.object({ items: z.array(api.ModelVersion) }) },
      },
    },
    async (request) => ({ items: await modelVersions(context, request.params.id) }),
  );
  app.post(
    `${url}/:id/versions/:version/restore`,
    {
      config: { permission: 'value.write', idempotent: true },
      schema: {
        tags,
        summary: 'Bring an earlier version back, as a new one',
        params: one.extend({ version: z.coerce.number().int().min(1) }),
        response: { 200: api.ValueModel },
      },
    },
    (request) => restoreModelVersion(context, request.actor, request.params.id, request.params.version),
  );
}
