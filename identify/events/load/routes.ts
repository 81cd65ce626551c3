import { type App, type Context, page, pageQuery } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/load.ts';
import { devicesOfCustomer } from './devices/devices-of-customer.ts';
import { dismissErrors, replayCorrected, replayErrors, restoreErrors } from './errors/change-errors.ts';
import { countErrors, listErrors, showError } from './errors/list-errors.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['events'];

export function routes(app: App, context: Context): void {
  const { store } = context;
  app.get(
    '/api/v1/event-errors',
    {
      config: { permission: 'source.read' },
      schema: {
        tags,
        summary: 'Events that could not be taken in, newest first; open ones unless another state is asked for',
        querystring: pageQuery.extend(api.EventErrorFilter.shape),
        response: { 200: page(api.EventError) },
      },
    },
    ({ actor, query }) => listErrors(store, actor, query),
  );
  app.get(
    '/api/v1/event-errors/counts',
    {
      config: { permission: 'source.read' },
      schema: {
        tags,
        summary: 'How many events could not be taken in, by reason',
        querystring: api.EventErrorFilter.omit({ reason: true }),
        response: { 200: api.EventErrorCounts },
      },
    },
    ({ query }) => countErrors(store, query),
  );
  app.get(
    '/api/v1/event-errors/:id',
    {
      config: { permission: 'source.read', audit: { action: 'event.read', subject: 'event_error', id: ({ params }) => params.id } },
      schema: { tags, summary: 'A rejected event as it came', params: Id, response: { 200: api.EventErrorDetail } },
    },
    ({ actor, params }) => showError(store, actor, params.id),
  );
  app.post(
    '/api/v1/event-errors/replay',
    {
      config: { permission: 'source.write', idempotent: true },
      schema: { tags, summary: 'Sends rejected events again, as they came', body: api.ChosenErrors, response: { 200: api.ChangedErrors } },
    },
    ({ actor, body }) => replayErrors(store, actor, body),
  );
  app.post(
    '/api/v1/event-errors/:id/replay',
    {
      // Who corrects an event has read it.
      config: { permission: ['source.write', 'customer.read_personal'], idempotent: true },
      schema: {
        tags,
        summary: 'Sends one rejected event again, corrected',
        params: Id,
        body: api.CorrectedEvent,
        response: { 200: api.ChangedErrors },
      },
    },
    ({ actor, params, body }) => replayCorrected(store, actor, params.id, body.body),
  );
  app.post(
    '/api/v1/event-errors/dismiss',
    {
      config: { permission: 'source.write', idempotent: true },
      schema: { tags, summary: 'Lets rejected events go', body: api.ChosenErrors, response: { 200: api.ChangedErrors } },
    },
    ({ actor, body }) => dismissErrors(store, actor, body),
  );
  app.post(
    '/api/v1/event-errors/restore',
    {
      config: { permission: 'source.write', idempotent: true },
      schema: {
        tags,
        summary: 'Takes up rejected events again that were let go',
        body: api.ChosenErrors,
        response: { 200: api.ChangedErrors },
      },
    },
    ({ actor, body }) => restoreErrors(store, actor, body),
  );
  app.get(
    '/api/v1/customers/:id/devices',
    {
      config: {
        permission: 'customer.read',
        audit: { action: 'customer.read', subject: 'customer', id: ({ params }) => params.id, detail: () => ({ part: 'devices' }) },
      },
      schema: { tags, summary: 'Browsers and apps of a customer, and who else uses them', params: Id, response: { 200: api.DeviceList } },
    },
    async ({ actor, params }) => ({ items: await devicesOfCustomer(context, actor, params.id) }),
  );
}
