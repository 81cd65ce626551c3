import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { notFound, sentence, VinculoError } from '@vinculo/errors';
import { type App, type Context, page } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/hand-backs.ts';
import { openCredential } from '../credentials/credentials.ts';
import type { ConnectionSources } from '../webhooks/sources.ts';
import { askNow } from './ask-due.ts';
import { chosenFields, handedFields, mayHandOver } from './fields.ts';
import { findRow } from './hand-back-row.ts';
import { changeHandBack, createHandBack, setHandBackRemoved } from './keep-hand-back.ts';
import { findHandBack, listHandBacks, listRuns } from './list-hand-backs.ts';
import { previewList } from './preview-list.ts';
import { lastFile } from './targets/file.ts';
import { tryTarget } from './targets/open-target.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['hand-back'];
const read = { permission: 'connection.read' };
const write = { permission: 'connection.write' };
const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8', parquet: 'application/vnd.apache.parquet' };

export function routes(app: App, context: Context, sources: ConnectionSources): void {
  const { store } = context;
  app.get(
    '/api/v1/hand-backs',
    {
      config: read,
      schema: { tags, summary: 'Hand-backs, latest first', querystring: api.HandBackQuery, response: { 200: page(api.HandBack) } },
    },
    ({ actor, query }) => listHandBacks(context, sources, actor, query),
  );
  app.get(
    '/api/v1/hand-backs/fields',
    { config: read, schema: { tags, summary: 'What of a customer can be handed over', response: { 200: api.HandBackFields } } },
    async ({ actor }) => ({
      items: [...(await handedFields(store))].map(([id, field]) => ({
        id,
        column: field.column,
        group: field.group,
        label: field.label ?? null,
        allowed: mayHandOver(actor, field),
      })),
    }),
  );
  app.post(
    '/api/v1/hand-backs/preview',
    {
      config: {
        permission: ['connection.write', 'customer.read'],
        audit: { action: 'customer.read', subject: 'customer', detail: () => ({ part: 'hand_back' }) },
      },
      schema: {
        tags,
        summary: 'How many customers would go, and the first few',
        body: api.HandBackPreviewRequest,
        response: { 200: api.HandBackPreview },
      },
    },
    ({ actor, body }) => previewList(context, sources, actor, body),
  );
  app.post(
    '/api/v1/hand-backs/test',
    {
      config: write,
      schema: { tags, summary: 'Whether a target can be reached', body: api.HandBackTestRequest, response: { 200: api.HandBackTest } },
    },
    async ({ body, language }) => {
      try {
        // Kept secrets go only where they were kept for.
        const kept = body.id ? await keptSecrets(body.id, body.target) : {};
        const { hostKey } = await tryTarget(context, body.target, { ...kept, ...body.secrets } as Record<string, string>);
        return { ok: true, message: '', hostKey };
      } catch (error) {
        if (!(error instanceof VinculoError)) throw error;
        return { ok: false, message: sentence(error.code, error.params, language), hostKey: null };
      }
    },
  );
  app.post(
    '/api/v1/hand-backs',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Makes a hand-back', body: api.NewHandBack, response: { 201: api.HandBack } },
    },
    async ({ actor, body }, reply) => reply.code(201).send(await createHandBack(context, sources, actor, body)),
  );
  app.get(
    '/api/v1/hand-backs/:id',
    { config: read, schema: { tags, summary: 'A hand-back', params: Id, response: { 200: api.HandBack } } },
    ({ actor, params }) => findHandBack(context, sources, actor, params.id),
  );
  app.patch(
    '/api/v1/hand-backs/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Changes, pauses or switches on a hand-back',
        params: Id,
        body: api.HandBackChange,
        response: { 200: api.HandBack },
      },
    },
    ({ actor, params, body }) => changeHandBack(context, sources, actor, params.id, body),
  );
  app.delete(
    '/api/v1/hand-backs/:id',
    { config: write, schema: { tags, summary: 'Takes a hand-back away; it can be brought back', params: Id, response: { 204: z.null() } } },
    async ({ actor, params }, reply) => {
      await setHandBackRemoved(context, actor, params.id, true);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/hand-backs/:id/restore',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Brings a hand-back back', params: Id, response: { 200: api.HandBack } },
    },
    async ({ actor, params }) => {
      await setHandBackRemoved(context, actor, params.id, false);
      return findHandBack(context, sources, actor, params.id);
    },
  );
  app.post(
    '/api/v1/hand-backs/:id/run',
    { config: { ...write, idempotent: true }, schema: { tags, summary: 'Hands over now', params: Id, response: { 202: api.Asked } } },
    async ({ actor, params }, reply) => reply.code(202).send({ jobId: await askNow(context, actor, params.id) }),
  );
  app.get(
    '/api/v1/hand-backs/:id/runs',
    {
      config: read,
      schema: { tags, summary: 'Its runs, latest first', params: Id, querystring: api.RunQuery, response: { 200: page(api.HandBackRun) } },
    },
    ({ actor, params, query }) => listRuns(context, actor, params.id, query),
  );
  app.get(
    '/api/v1/hand-backs/:id/file',
    {
      config: {
        permission: ['connection.read', 'customer.export'],
        audit: { action: 'hand_back.downloaded', subject: 'hand_back', id: ({ params }) => params.id },
      },
      schema: { tags, summary: 'The last file it made', params: Id, response: { 200: z.any().describe('The file') } },
    },
    async ({ actor, params }, reply) => {
      const row = await findRow(store.db, params.id);
      if (row.target.kind === 'database') throw notFound('export', params.id);
      // Who may not hand these fields over may not read them here either.
      await chosenFields(store, actor, row.fields);
      const { format } = row.target;
      const file = lastFile(context, row.id, format);
      if (!(await stat(file).catch(() => undefined))) throw notFound('export', params.id);
      reply.header('content-disposition', `attachment; filename="hand-back.${format}"`);
      return reply.type(TYPES[format]).send(createReadStream(file));
    },
  );

  async function keptSecrets(id: string, target: z.output<typeof api.HandBackTarget>): Promise<Record<string, string>> {
    const row = await findRow(store.db, id);
    if (!row.credential_id || row.target.kind === 'folder' || target.kind === 'folder') return {};
    const same =
      row.target.kind === target.kind &&
      row.target.host === target.host &&
      row.target.port === target.port &&
      row.target.user === target.user;
    return same ? openCredential(context, row.credential_id) : {};
  }
}
