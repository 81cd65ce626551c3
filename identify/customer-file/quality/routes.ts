import { type App, type Context, page, pageQuery } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/quality.ts';
import { corrections, makeCorrection, previewCorrection, undoCorrection } from './corrections.ts';
import { problemRecords } from './problem-records.ts';
import { quality } from './quality-snapshot.ts';

const tags = ['quality'];

export function routes(app: App, context: Context): void {
  app.get(
    '/api/v1/quality',
    {
      config: { permission: 'source.read' },
      schema: { tags, summary: 'How good the data of each source is, and what is worst in it', response: { 200: api.Quality } },
    },
    (request) => quality(context, request.actor),
  );
  app.get(
    '/api/v1/quality/records',
    {
      config: {
        permission: 'customer.read',
        audit: { action: 'customer.read', subject: 'customer', detail: () => ({ part: 'quality' }) },
      },
      schema: {
        tags,
        summary: 'The records behind a problem',
        querystring: api.ProblemRecordQuery,
        response: { 200: page(api.ProblemRecord) },
      },
    },
    (request) => problemRecords(context, request.actor, request.query),
  );
  app.get(
    '/api/v1/quality/corrections',
    {
      config: { permission: 'source.read' },
      schema: {
        tags,
        summary: 'What people put right in bulk, newest first',
        querystring: pageQuery,
        response: { 200: page(api.Correction) },
      },
    },
    (request) => corrections(context, request.actor, request.query),
  );
  app.post(
    '/api/v1/quality/corrections/preview',
    {
      config: { permission: 'source.write' },
      schema: { tags, summary: 'What a correction would change', body: api.NewCorrection, response: { 200: api.CorrectionPreview } },
    },
    (request) => previewCorrection(context, request.actor, request.body),
  );
  app.post(
    '/api/v1/quality/corrections',
    {
      config: { permission: 'source.write', idempotent: true },
      schema: {
        tags,
        summary: 'Put a value right wherever it comes, now and later; a job changes the records there are',
        body: api.NewCorrection,
        response: { 201: api.Correction },
      },
    },
    async (request, reply) => reply.code(201).send(await makeCorrection(context, request.actor, request.body)),
  );
  app.post(
    '/api/v1/quality/corrections/:id/undo',
    {
      config: { permission: 'source.write', idempotent: true },
      schema: { tags, summary: 'Take a correction back', params: z.object({ id: z.uuid() }), response: { 200: api.Correction } },
    },
    (request) => undoCorrection(context, request.actor, request.params.id),
  );
}
