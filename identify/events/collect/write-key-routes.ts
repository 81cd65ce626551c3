import type { App, Context } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/collect.ts';
import { addWriteKey } from './add-write-key.ts';
import { changeWriteKey } from './change-write-key.ts';
import { doorOf } from './door.ts';
import { changeEventSettings, eventSettings } from './event-settings.ts';
import { eventSources } from './event-sources.ts';
import { listWriteKeys } from './list-write-keys.ts';
import { revokeWriteKey } from './revoke-write-key.ts';
import { rotateWriteKey } from './rotate-write-key.ts';

const OfSource = z.object({ id: z.uuid() });
const OfKey = OfSource.extend({ keyId: z.uuid() });
const tags = ['events'];

/** How people let sources send events. */
export function writeKeyRoutes(app: App, context: Context): void {
  const { store } = context;

  app.get(
    '/api/v1/event-sources',
    {
      config: { permission: 'source.read' },
      schema: { tags, summary: 'The sources that have a write key', response: { 200: api.EventSourceList } },
    },
    async () => ({ items: await eventSources(store) }),
  );
  app.get(
    '/api/v1/events/door',
    {
      config: { permission: 'source.read' },
      schema: { tags, summary: 'What waits to be loaded, and what this server took in and refused', response: { 200: api.DoorState } },
    },
    () => doorOf(context).state(),
  );
  app.get(
    '/api/v1/sources/:id/write-keys',
    {
      config: { permission: 'source.read' },
      schema: { tags, summary: 'The write keys of a source', params: OfSource, response: { 200: api.WriteKeyList } },
    },
    async ({ params }) => ({ items: await listWriteKeys(store, params.id) }),
  );
  app.post(
    '/api/v1/sources/:id/write-keys',
    {
      config: { permission: 'source.write', idempotent: true },
      schema: { tags, summary: 'Makes a write key', params: OfSource, body: api.NewWriteKey, response: { 201: api.WriteKey } },
    },
    async ({ actor, params, body }, reply) => reply.code(201).send(await addWriteKey(store, actor, params.id, body)),
  );
  app.patch(
    '/api/v1/sources/:id/write-keys/:keyId',
    {
      config: { permission: 'source.write' },
      schema: {
        tags,
        summary: 'Names a write key anew, or says whose pages may use it',
        params: OfKey,
        body: api.WriteKeyChange,
        response: { 200: api.WriteKey },
      },
    },
    ({ actor, params, body }) => changeWriteKey(store, actor, params.id, params.keyId, body),
  );
  app.post(
    '/api/v1/sources/:id/write-keys/:keyId/rotate',
    {
      config: { permission: 'source.write', idempotent: true },
      schema: {
        tags,
        summary: 'Makes a new key in place of one, which goes on working for some hours',
        params: OfKey,
        body: api.WriteKeyRotation,
        response: { 201: api.RotatedWriteKey },
      },
    },
    async ({ actor, params, body }, reply) => reply.code(201).send(await rotateWriteKey(store, actor, params.id, params.keyId, body)),
  );
  app.post(
    '/api/v1/sources/:id/write-keys/:keyId/revoke',
    {
      config: { permission: 'source.write' },
      schema: { tags, summary: 'Ends a write key for good', params: OfKey, response: { 200: api.WriteKey } },
    },
    ({ actor, params }) => revokeWriteKey(store, actor, params.id, params.keyId),
  );
  app.get(
    '/api/v1/sources/:id/event-settings',
    {
      config: { permission: 'source.read' },
      schema: { tags, summary: 'How the events of a source are treated', params: OfSource, response: { 200: api.EventSettings } },
    },
    ({ params }) => eventSettings(store, params.id),
  );
  app.patch(
    '/api/v1/sources/:id/event-settings',
    {
      config: { permission: 'source.write' },
      schema: {
        tags,
        summary: 'Changes how the events of a source are treated from now on',
        params: OfSource,
        body: api.EventSettingsChange,
        response: { 200: api.EventSettings },
      },
    },
    ({ actor, params, body }) => changeEventSettings(store, actor, params.id, body),
  );
}
