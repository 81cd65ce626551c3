import { type App, type Context, decodeCursor, page, pageQuery, toPage } from '@vinculo/http';
import { sql } from 'kysely';
import { z } from 'zod';
import * as api from '../api/pulls.ts';
import { findConnection, listConnections } from './connection-row.ts';
import { connectionDetail, connectionViews } from './connection-view.ts';
import { pullFolders } from './places/folder.ts';
import { asRun, listRuns } from './run-row.ts';
import { acceptDrift, addConnection, changeConnection, removeConnection, restoreConnection, rewindConnection } from './save-connection.ts';
import { hostKeyOf, listTables, tryPlace } from './trial.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['connections'];
const read = { permission: 'connection.read' };
const write = { permission: 'connection.write' };
/** A trial shows rows of customers, and leads out of the house. */
const trial = { permission: ['connection.write', 'import.run'] };

export function routes(app: App, context: Context): void {
  const { store, jobs, config } = context;
  const detail = async (id: string, language: 'es' | 'en') => connectionDetail(context, await findConnection(store.db, id), language);

  app.get(
    '/api/v1/connections',
    {
      config: read,
      schema: {
        tags,
        summary: 'Connections that bring data by themselves, by name',
        querystring: pageQuery.extend({ search: z.string().trim().max(200).optional(), source: z.uuid().optional() }),
        response: { 200: page(api.Connection) },
      },
    },
    async ({ query, language }) => {
      const after = decodeCursor(query.cursor, 2) as [string, string] | undefined;
      const rows = await listConnections(store.db, { limit: query.limit + 1, after, search: query.search, source: query.source });
      const { items, next } = toPage(rows, query.limit, ({ name, id }) => [name.toLowerCase(), id]);
      return { items: await connectionViews(context, items, language), next };
    },
  );
  app.post(
    '/api/v1/connections',
    {
      config: { ...write, idempotent: true },
      schema: { tags, summary: 'Adds a connection and runs it', body: api.NewConnection, response: { 201: api.ConnectionDetail } },
    },
    async ({ actor, body, language }, reply) => {
      const id = await addConnection(context, actor, body);
      return reply.code(201).send(await detail(id, language));
    },
  );
  app.get(
    '/api/v1/connections/:id',
    { config: read, schema: { tags, summary: 'One connection', params: Id, response: { 200: api.ConnectionDetail } } },
    ({ params, language }) => detail(params.id, language),
  );
  app.patch(
    '/api/v1/connections/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Changes a connection; secrets that are not given stay',
        params: Id,
        body: api.ConnectionChange,
        response: { 200: api.ConnectionDetail },
      },
    },
    async ({ actor, params, body, language }) => {
      await changeConnection(context, actor, params.id, body);
      return detail(params.id, language);
    },
  );
  app.delete(
    '/api/v1/connections/:id',
    { config: write, schema: { tags, summary: 'Removes a connection; what it brought stays', params: Id, response: { 204: z.null() } } },
    async ({ actor, params }, reply) => {
      await removeConnection(context, actor, params.id);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/connections/:id/restore',
    { config: write, schema: { tags, summary: 'Brings a removed connection back', params: Id, response: { 200: api.ConnectionDetail } } },
    async ({ actor, params, language }) => {
      await restoreConnection(context, actor, params.id);
      return detail(params.id, language);
    },
  );
  app.post(
    '/api/v1/connections/:id/run',
    {
      config: write,
      schema: { tags, summary: 'Runs a connection now', params: Id, response: { 202: z.object({ jobId: z.string() }) } },
    },
    async ({ actor, params }, reply) => {
      const { id } = await findConnection(store.db, params.id);
      return reply.code(202).send({ jobId: await jobs.enqueue('connection.run', { connectionId: id }, { actor, key: id }) });
    },
  );
  app.post(
    '/api/v1/connections/:id/rewind',
    {
      config: write,
      schema: { tags, summary: 'Lets the next run read everything again', params: Id, response: { 200: api.ConnectionDetail } },
    },
    async ({ actor, params, language }) => {
      await rewindConnection(context, actor, params.id);
      return detail(params.id, language);
    },
  );
  app.post(
    '/api/v1/connections/:id/accept-drift',
    {
      config: write,
      schema: { tags, summary: 'Takes the columns as they are now', params: Id, response: { 200: api.ConnectionDetail } },
    },
    async ({ actor, params, language }) => {
      await acceptDrift(context, actor, params.id);
      return detail(params.id, language);
    },
  );
  app.get(
    '/api/v1/connections/:id/runs',
    {
      config: read,
      schema: {
        tags,
        summary: 'Runs of a connection, the newest first',
        params: Id,
        querystring: pageQuery.extend({ state: z.enum(['running', 'done', 'failed', 'cancelled']).optional() }),
        response: { 200: page(api.ConnectionRun) },
      },
    },
    async ({ params, query, language }) => {
      await findConnection(store.db, params.id);
      const after = decodeCursor(query.cursor, 2);
      const before = after ? ([new Date(after[0] as string), after[1] as string] as [Date, string]) : undefined;
      const rows = await listRuns(store.db, params.id, { limit: query.limit + 1, before, state: query.state });
      const { items, next } = toPage(rows, query.limit, (row) => [row.started_at.toISOString(), row.id]);
      return { items: items.map((row) => asRun(row, language)), next };
    },
  );
  app.post(
    '/api/v1/connections/trials',
    {
      config: { ...trial, audit: { action: 'connection.tried', subject: 'connection', detail: ({ body }) => triedOf(body) } },
      schema: {
        tags,
        summary: 'Tries a place out: its columns and first rows',
        description: 'The rows become an upload, which /imports/uploads/{id}/inspect and /imports/preview go on with. Nothing is taken in.',
        body: api.TrialRequest,
        response: { 200: api.Trial },
      },
    },
    ({ actor, body }) => tryPlace(context, actor, body),
  );
  app.post(
    '/api/v1/connections/tables',
    {
      config: trial,
      schema: { tags, summary: 'Tables and views of a database', body: api.TrialRequest, response: { 200: api.TableList } },
    },
    async ({ body }) => ({ items: await listTables(context, body) }),
  );
  app.post(
    '/api/v1/connections/host-key',
    {
      config: trial,
      schema: {
        tags,
        summary: 'The key an SFTP server shows, before anything is sent to it',
        body: api.HostKeyRequest,
        response: { 200: api.HostKey },
      },
    },
    async ({ body }) => ({ hostKey: await hostKeyOf(body) }),
  );
  app.get(
    '/api/v1/connections/folders',
    { config: write, schema: { tags, summary: 'Folders that files may be taken from', response: { 200: api.FolderList } } },
    async () => ({ items: await pullFolders(config) }),
  );
  app.get(
    '/api/v1/connections/people',
    { config: write, schema: { tags, summary: 'Who can be written to when a connection fails', response: { 200: api.AlertPeople } } },
    async () => {
      const { rows } = await sql<z.infer<typeof api.AlertPeople>['items'][number]>`
        select id, name, email from person where suspended_at is null order by lower(name), id limit 1000`.execute(store.db);
      return { items: rows };
    },
  );
}

/** Where somebody led a trial, without what opens it. */
function triedOf(body: unknown): Record<string, unknown> {
  const { settings } = body as { settings: Record<string, unknown> };
  const { kind, host, url, folder } = settings;
  return { kind, ...(host ? { host } : {}), ...(url ? { host: new URL(String(url)).host } : {}), ...(folder ? { folder } : {}) };
}
