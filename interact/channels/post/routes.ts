import { Readable } from 'node:stream';
import { invalid, notFound } from '@vinculo/errors';
import { type App, type Context, page, pageQuery } from '@vinculo/http';
import { type Language, translator } from '@vinculo/languages';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import * as api from '../api/letters.ts';
import { changeLetter, setLetterDeleted } from './change-letter.ts';
import { assignLetter, returnLetter, strangeLetter } from './decide-letter.ts';
import { openFile } from './document-files.ts';
import { type DocumentRow, findDocument, uploadDocument } from './documents.ts';
import { exportLetters } from './export-letters.ts';
import { findLetter } from './letter-row.ts';
import { countLetters, letterCounts, listLetters } from './list-letters.ts';
import { mailPage, policyFor } from './mail-html.ts';
import { type Shown, shownAs } from './media-type.ts';
import { registerLetter } from './register-letter.ts';
import { showLetter } from './show-letter.ts';
import { pdfOfTiff } from './tiff-pdf.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['letters'];
const READS_ALL = ['customer.read', 'customer.read_personal'];
const WRITES = ['contact.write', 'customer.read'];

export function routes(app: App, context: Context): void {
  readRoutes(app, context);
  contentRoutes(app, context);
  writeRoutes(app, context);
  decisionRoutes(app, context);
}

function readRoutes(app: App, context: Context): void {
  app.get(
    '/api/v1/letters',
    {
      config: { permission: 'customer.read' },
      schema: {
        tags,
        summary: 'Mails, letters and faxes, the newest first',
        querystring: api.LetterFilter.extend(pageQuery.shape),
        response: { 200: page(api.LetterRow) },
      },
    },
    ({ actor, query }) => listLetters(context, actor, query),
  );
  app.get(
    '/api/v1/letters/count',
    {
      config: { permission: 'customer.read' },
      schema: { tags, summary: 'How many there are', querystring: api.LetterFilter, response: { 200: api.LetterCount } },
    },
    ({ query }) => countLetters(context, query),
  );
  app.get(
    '/api/v1/letters/counts',
    {
      config: { permission: 'customer.read' },
      schema: { tags, summary: 'How many wait for somebody to say whose they are', response: { 200: api.LetterCounts } },
    },
    () => letterCounts(context),
  );
  app.get(
    '/api/v1/letters/export',
    {
      config: {
        permission: ['customer.read', 'customer.export'],
        audit: { action: 'letter.export', subject: 'letter', detail: ({ query }) => ({ ...query }) },
      },
      schema: {
        tags,
        summary: 'The register as a CSV file',
        querystring: api.LetterFilter,
        response: { 200: z.any().describe('The file') },
      },
    },
    ({ actor, query, language }, reply) =>
      reply
        .header('content-disposition', 'attachment; filename="letters.csv"')
        .type('text/csv; charset=utf-8')
        .send(Readable.from(exportLetters(context, actor, query, language))),
  );
  app.get(
    '/api/v1/letters/:id',
    {
      config: { permission: 'customer.read', audit: { action: 'letter.read', subject: 'letter', id: ({ params }) => params.id } },
      schema: { tags, summary: 'One letter, with whose it may be', params: Id, response: { 200: api.Letter } },
    },
    ({ actor, params }) => showLetter(context, actor, params.id),
  );
}

/** What strangers sent is never let run: shown in a frame without rights, or downloaded. */
function contentRoutes(app: App, context: Context): void {
  app.get(
    '/api/v1/letters/:id/html',
    {
      config: {
        permission: READS_ALL,
        audit: { action: 'letter.read', subject: 'letter', id: ({ params }) => params.id, detail: () => ({ part: 'html' }) },
      },
      schema: {
        tags,
        summary: 'A mail as it was laid out, for a frame of its own',
        params: Id,
        querystring: z.object({
          images: z.enum(['yes']).optional().describe('With the pictures of other servers, which then know that it was read'),
        }),
        produces: ['text/html'],
        response: { 200: z.string() },
      },
    },
    async ({ params, query }, reply) => {
      const { html } = await findLetter(context.store.db, params.id);
      if (html === null) throw notFound('letter', params.id);
      return reply
        .headers({
          'content-security-policy': policyFor(query.images === 'yes'),
          'x-frame-options': 'SAMEORIGIN',
          'cache-control': 'private, no-store',
        })
        .type('text/html; charset=utf-8')
        .serializer(String)
        .send(await mailPage(context, params.id, html, query.images === 'yes'));
    },
  );
  app.get(
    '/api/v1/letters/documents/:id',
    {
      config: { permission: READS_ALL, audit: { action: 'letter.document', subject: 'letter', id: ({ params }) => params.id } },
      // Scans are compressed already, and a viewer wants to know how long they are.
      compress: false,
      schema: {
        tags,
        summary: 'A scan or an attachment',
        params: Id,
        querystring: z.object({ download: z.enum(['yes']).optional() }),
        response: { 200: z.any().describe('The file') },
      },
    },
    async ({ actor, params, query, language }, reply) => {
      const document = await findDocument(context, actor, params.id);
      const shown = shownAs(document.media_type);
      const inline = shown !== 'none' && query.download === undefined;
      if (inline && document.media_type === 'image/tiff') return sendTiff(context, document, language, reply);
      const file = await openFile(context.config, document.hash).catch(() => {
        throw notFound('letter', params.id);
      });
      return reply
        .headers({
          'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(document.name)}`,
          ...quietly(shown),
          'content-length': document.size,
        })
        .type(inline ? document.media_type : 'application/octet-stream')
        .send(file);
    },
  );
}

/** As a PDF, for browsers show no TIFF. */
async function sendTiff(context: Context, document: DocumentRow & { hash: string }, language: Language, reply: FastifyReply) {
  const pieces: Buffer[] = [];
  for await (const piece of await openFile(context.config, document.hash)) pieces.push(piece as Buffer);
  const pdf = pdfOfTiff(Buffer.concat(pieces));
  return reply
    .headers({ ...quietly('pdf'), 'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(`${document.name}.pdf`)}` })
    .type(pdf ? 'application/pdf' : 'text/plain; charset=utf-8')
    .send(pdf ?? translator(language)('channels:post.notShown'));
}

/** It may be looked at in our own pages, and do nothing else. */
function quietly(shown: Shown): Record<string, string> {
  return {
    // A reader of PDF is a plugin of the browser, and works in no sandbox.
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; ${shown === 'pdf' ? "object-src 'self'; " : 'sandbox; '}frame-ancestors 'self'`,
    'x-frame-options': 'SAMEORIGIN',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=300',
  };
}

function writeRoutes(app: App, context: Context): void {
  app.post(
    '/api/v1/letters/documents',
    {
      config: { permission: WRITES, idempotent: true, audit: { action: 'letter.upload', subject: 'letter' } },
      schema: {
        tags,
        summary: 'Uploads a page or a scan of several, for a letter that is to be registered',
        description:
          'A multipart form with one file in the field `file`: PDF, JPEG, PNG or TIFF. One that no letter takes is removed after a day.',
        consumes: ['multipart/form-data'],
        response: { 201: api.LetterDocument },
      },
    },
    async (request, reply) => {
      const part = request.isMultipart() ? await request.file() : undefined;
      if (!part)
        throw invalid({ es: 'falta el archivo en el campo «file» del formulario', en: 'the form has no file in the field "file"' });
      return reply.code(201).send(await uploadDocument(context, request.actor, part.file, part.filename));
    },
  );
  app.post(
    '/api/v1/letters',
    {
      config: { permission: WRITES, idempotent: true },
      schema: { tags, summary: 'Registers a letter or a fax, with its scan', body: api.NewLetter, response: { 201: api.LetterMade } },
    },
    async ({ actor, body }, reply) => reply.code(201).send(await registerLetter(context, actor, body)),
  );
  app.patch(
    '/api/v1/letters/:id',
    {
      config: { permission: WRITES },
      schema: { tags, summary: 'Corrects what was written of a letter', params: Id, body: api.LetterChange, response: { 200: api.Letter } },
    },
    async ({ actor, params, body }) => {
      await changeLetter(context, actor, params.id, body);
      return showLetter(context, actor, params.id);
    },
  );
  app.delete(
    '/api/v1/letters/:id',
    { config: { permission: WRITES }, schema: { tags, summary: 'Takes a letter away', params: Id, response: { 204: z.null() } } },
    async ({ actor, params }, reply) => {
      await setLetterDeleted(context, actor, params.id, true);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/letters/:id/restore',
    { config: { permission: WRITES }, schema: { tags, summary: 'Brings a letter back', params: Id, response: { 200: api.Letter } } },
    async ({ actor, params }) => {
      await setLetterDeleted(context, actor, params.id, false);
      return showLetter(context, actor, params.id);
    },
  );
}

function decisionRoutes(app: App, context: Context): void {
  app.post(
    '/api/v1/letters/:id/assign',
    {
      config: { permission: WRITES },
      schema: { tags, summary: 'Gives a letter to a customer', params: Id, body: api.Assign, response: { 200: api.Decided } },
    },
    async ({ actor, params, body }) => ({ letters: await assignLetter(context, actor, params.id, body) }),
  );
  app.post(
    '/api/v1/letters/:id/stranger',
    {
      config: { permission: WRITES },
      schema: { tags, summary: 'Says that a letter is no customer’s', params: Id, body: api.Stranger, response: { 200: api.Decided } },
    },
    async ({ actor, params, body }) => ({ letters: await strangeLetter(context, actor, params.id, body) }),
  );
  app.post(
    '/api/v1/letters/:id/return',
    {
      config: { permission: WRITES },
      schema: { tags, summary: 'Takes back what was decided of a letter: it waits again', params: Id, response: { 200: api.Decided } },
    },
    async ({ actor, params }) => ({ letters: await returnLetter(context, actor, params.id) }),
  );
}
