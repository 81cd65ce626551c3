import type { App, Context } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/imports.ts';
import { fieldInfos } from './kinds.ts';
import { findMapping } from './mappings.ts';
import { addSource, changeSource, findSource, listSources } from './sources.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['sources'];

export function sourceRoutes(app: App, { store }: Context): void {
  app.get(
    '/api/v1/sources',
    {
      config: { permission: 'source.read' },
      schema: { tags, summary: 'The systems that know customers', response: { 200: z.object({ items: z.array(api.Source) }) } },
    },
    async () => ({ items: await listSources(store) }),
  );
  app.post(
    '/api/v1/sources',
    {
      config: { permission: 'source.write', idempotent: true },
      schema: { tags, summary: 'Adds a source', body: api.NewSource, response: { 201: api.Source } },
    },
    async (request, reply) => reply.code(201).send(await addSource(store, request.actor, request.body)),
  );
  app.patch(
    '/api/v1/sources/:id',
    {
      config: { permission: 'source.write' },
      schema: { tags, summary: 'Changes a source', params: Id, body: api.SourceChange, response: { 200: api.Source } },
    },
    (request) => changeSource(store, request.actor, request.params.id, request.body),
  );
  app.get(
    '/api/v1/sources/:id/mapping',
    {
      config: { permission: 'source.read' },
      schema: {
        tags,
        summary: 'What the columns of its files meant the last time; nothing yet where there was none',
        params: Id,
        querystring: z.object({ kind: api.ImportKind }),
        response: { 200: z.object({ columns: api.ColumnMapping, options: api.FileOptions.nullable(), customersOf: z.uuid().nullable() }) },
      },
    },
    async ({ params, query }) => {
      const source = await findSource(store, params.id);
      return (await findMapping(store, source.id, query.kind)) ?? { columns: {}, options: null, customersOf: null };
    },
  );
  app.get(
    '/api/v1/fields',
    {
      config: { permission: 'signed-in' },
      schema: { tags, summary: 'Every meaning a column can have', response: { 200: z.object({ items: z.array(api.FieldInfo) }) } },
    },
    () => ({ items: fieldInfos() }),
  );
}
