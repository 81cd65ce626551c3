import type { App, Context } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/live.ts';
import { findSource } from '../imports/sources.ts';
import type { RawRecord } from '../records/normalise-record.ts';
import { entryRoutes } from './entry-routes.ts';
import { liveIndex } from './live-index.ts';
import { lookupCustomers } from './lookup-customers.ts';
import { saveRecords } from './save-records.ts';
import { withdrawRecord } from './withdraw-record.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['records'];
/** A server that has just started has better things to do first. */
const WARM_AFTER_MS = 5_000;

export function routes(app: App, context: Context): void {
  const { store } = context;
  entryRoutes(app, context);
  const live = liveIndex(context);
  const warm = setTimeout(() => void live.ready(0).catch(() => {}), WARM_AFTER_MS).unref();
  app.addHook('onClose', () => {
    clearTimeout(warm);
    return live.end();
  });

  app.post(
    '/api/v1/identify/lookup',
    {
      config: {
        permission: 'customer.read',
        audit: {
          action: 'customer.looked_up',
          subject: 'customer',
          detail: ({ body }) => ({ fields: Object.keys(body as object).filter((field) => field !== 'limit') }),
        },
      },
      schema: {
        tags: ['identity'],
        summary: 'Who is this? The customers that a record resembles most, with why',
        body: api.Lookup,
        response: { 200: api.LookupAnswer },
      },
    },
    (request) => lookupCustomers(context, request.actor, request.body),
  );
  app.get(
    '/api/v1/identify/live',
    {
      config: { permission: 'job.read' },
      schema: { tags: ['identity'], summary: 'State of the live index', response: { 200: api.LiveState } },
    },
    () => live.state(),
  );
  app.put(
    '/api/v1/sources/:id/records/:key',
    {
      config: { permission: 'import.run' },
      schema: {
        tags,
        summary: 'Takes a customer record in, or changes it, and links it at once',
        params: Id.extend({ key: api.RecordKey }),
        body: api.RecordFields,
        response: { 200: api.SavedRecords },
      },
    },
    async ({ actor, params, body }) => {
      const source = await findSource(store, params.id);
      return saveRecords(context, actor, { source, records: [{ key: params.key, fields: body as RawRecord }] });
    },
  );
  app.delete(
    '/api/v1/sources/:id/records/:key',
    {
      config: { permission: 'import.run' },
      schema: {
        tags,
        summary: 'The source does not know this customer record any more. Saving it again brings it back',
        params: Id.extend({ key: api.RecordKey }),
        response: { 200: api.WithdrawnRecord },
      },
    },
    async ({ actor, params }) => withdrawRecord(context, actor, await findSource(store, params.id), params.key),
  );
  app.post(
    '/api/v1/sources/:id/records',
    {
      config: { permission: 'import.run', idempotent: true },
      schema: {
        tags,
        summary: 'Takes up to 500 customer records in, or changes them, and links them at once',
        params: Id,
        body: api.NewRecords,
        response: { 200: api.SavedRecords },
      },
    },
    async ({ actor, params, body }) => {
      const source = await findSource(store, params.id);
      return saveRecords(context, actor, { source, records: body.records as { key: string; fields: RawRecord }[] });
    },
  );
}
