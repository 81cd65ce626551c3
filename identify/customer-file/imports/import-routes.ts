import { Readable } from 'node:stream';
import { type App, type Context, decodeCursor, page, pageQuery, toPage } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/imports.ts';
import { cancelImport, settleStale } from './cancel-import.ts';
import { correctImport } from './correct-import.ts';
import { errorsCsv, listErrors } from './import-errors.ts';
import { asImport, findImport, listImports } from './import-run.ts';
import { startImport } from './start-import.ts';
import { uploadedFile } from './upload-routes.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['imports'];

export function importRoutes(app: App, context: Context): void {
  const { store, warehouse } = context;

  app.post(
    '/api/v1/imports',
    {
      config: { permission: 'import.run', idempotent: true },
      schema: { tags, summary: 'Takes an uploaded file in', body: api.NewImport, response: { 202: api.Import } },
    },
    async (request, reply) => {
      const id = await startImport(context, request.actor, request.body);
      return reply.code(202).send(asImport(await findImport(store.db, id), request.language));
    },
  );
  app.get(
    '/api/v1/imports',
    {
      config: { permission: 'source.read' },
      schema: {
        tags,
        summary: 'Imports, the newest first',
        querystring: pageQuery.extend({ source: z.uuid().optional() }),
        response: { 200: page(api.Import) },
      },
    },
    async ({ query, language }) => {
      await settleStale(context);
      const after = decodeCursor(query.cursor, 2);
      const before = after ? ([new Date(after[0] as string), after[1] as string] as [Date, string]) : undefined;
      const rows = await listImports(store.db, { limit: query.limit + 1, before, source: query.source });
      const { items, next } = toPage(rows, query.limit, (row) => [row.created_at.toISOString(), row.id]);
      return { items: items.map((row) => asImport(row, language)), next };
    },
  );
  app.get(
    '/api/v1/imports/:id',
    {
      config: { permission: 'source.read' },
      schema: { tags, summary: 'One import', params: Id, response: { 200: api.Import } },
    },
    async ({ params, language }) => asImport(await findImport(store.db, params.id), language),
  );
  app.post(
    '/api/v1/imports/:id/cancel',
    {
      config: { permission: 'import.run' },
      schema: { tags, summary: 'Cancels an import; nothing of it is kept', params: Id, response: { 200: api.Import } },
    },
    async ({ params, actor, language }) => {
      await cancelImport(context, actor, params.id);
      return asImport(await findImport(store.db, params.id), language);
    },
  );
  app.get(
    '/api/v1/imports/:id/errors',
    {
      config: { permission: 'import.run', audit: { action: 'import.errors_read', subject: 'import', id: ({ params }) => params.id } },
      schema: {
        tags,
        summary: 'Values that could not be taken',
        params: Id,
        querystring: pageQuery,
        response: { 200: page(api.ImportError) },
      },
    },
    async ({ params, query }) => {
      await findImport(store.db, params.id);
      const after = decodeCursor(query.cursor, 2) as [number, string] | undefined;
      const errors = await listErrors(warehouse, params.id, { limit: query.limit + 1, after });
      return toPage(errors, query.limit, ({ row, column }) => [row, column]);
    },
  );
  app.get(
    '/api/v1/imports/:id/errors.csv',
    {
      config: { permission: 'import.run', audit: { action: 'import.errors_downloaded', subject: 'import', id: ({ params }) => params.id } },
      schema: {
        tags,
        summary: 'The rejected rows as CSV, to be corrected and loaded again',
        params: Id,
        response: {
          200: z
            .any()
            .describe(
              'text/csv: file, row, column, value, reason, the original columns; in the reader’s language, by semicolons in Spanish',
            ),
        },
      },
    },
    async ({ params, language }, reply) => {
      const row = await findImport(store.db, params.id);
      const name = `${row.file_name.replace(/\.\w+(\.gz)?$/, '')}-errores.csv`;
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .send(Readable.from(errorsCsv(warehouse, row, language)));
    },
  );
  app.post(
    '/api/v1/imports/:id/corrections',
    {
      config: { permission: 'import.run', idempotent: true },
      schema: {
        tags,
        summary: 'Loads the corrected rows of an import under its mapping',
        description: 'A multipart form with one file in the field `file`: the downloaded errors, put right.',
        consumes: ['multipart/form-data'],
        params: Id,
        response: { 202: api.Import },
      },
    },
    async (request, reply) => {
      const { file, filename } = await uploadedFile(request);
      const id = await correctImport(context, request.actor, request.params.id, file, filename);
      return reply.code(202).send(asImport(await findImport(store.db, id), request.language));
    },
  );
}
