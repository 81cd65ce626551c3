import { invalid } from '@vinculo/errors';
import type { App, Context } from '@vinculo/http';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import * as api from '../api/imports.ts';
import { inspectUpload } from './inspect-upload.ts';
import { previewImport } from './preview-import.ts';
import { readUpload, receiveUpload } from './uploads.ts';

const tags = ['imports'];

export function uploadRoutes(app: App, context: Context): void {
  app.post(
    '/api/v1/imports/uploads',
    {
      config: { permission: 'import.run', idempotent: true, audit: { action: 'import.upload', subject: 'upload' } },
      schema: {
        tags,
        summary: 'Uploads a file and says what it looks like',
        description:
          'A multipart form with one file in the field `file`: CSV, XLSX, JSON lines or Parquet, also compressed with gzip. With an Idempotency-Key, a second sending of the file answers what the first did: the file itself is not compared.',
        consumes: ['multipart/form-data'],
        response: { 201: api.Upload },
      },
    },
    async (request, reply) => {
      const { file, filename } = await uploadedFile(request);
      const upload = await receiveUpload(context.config, file, filename, request.actor.id);
      return reply.code(201).send(await inspectUpload(context, upload));
    },
  );
  app.post(
    '/api/v1/imports/uploads/:id/inspect',
    {
      config: { permission: 'import.run' },
      schema: {
        tags,
        summary: 'Reads the file again as written differently',
        params: z.object({ id: z.uuid() }),
        body: z.object({ options: api.FileOptions.optional().describe('As detected when not given') }),
        response: { 200: api.Upload },
      },
    },
    ({ params, body }) => readUpload(context.config, params.id).then((upload) => inspectUpload(context, upload, body.options)),
  );
  app.post(
    '/api/v1/imports/preview',
    {
      config: { permission: 'import.run' },
      schema: { tags, summary: 'The first rows as they would be taken in', body: api.PreviewRequest, response: { 200: api.Preview } },
    },
    (request) => previewImport(context, request.body),
  );
}

/** The one file of a form. Everything else in the form is ignored. */
export async function uploadedFile(request: FastifyRequest) {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (!part) throw invalid({ es: 'falta el archivo en el campo «file» del formulario', en: 'the form has no file in the field "file"' });
  return part;
}
