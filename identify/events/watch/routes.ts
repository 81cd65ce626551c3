import { type App, type Context, page } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/watch.ts';
import { eventFigures } from './event-figures.ts';
import { listEvents } from './list-events.ts';
import { showEvent } from './show-event.ts';

const tags = ['events'];

export function routes(app: App, context: Context): void {
  app.get(
    '/api/v1/events',
    {
      config: { permission: 'source.read' },
      schema: {
        tags,
        summary: 'What arrived in the last day, newest first: taken in and rejected',
        querystring: api.LiveEventQuery,
        response: { 200: page(api.LiveEvent) },
      },
    },
    (request) => listEvents(context, request.actor, request.query),
  );
  app.get(
    '/api/v1/events/figures',
    {
      config: { permission: 'source.read' },
      schema: { tags, summary: 'How much arrives, waits and is rejected', response: { 200: api.EventFigures } },
    },
    () => eventFigures(context),
  );
  app.get(
    '/api/v1/events/:id',
    {
      config: { permission: 'source.read', audit: { action: 'event.read', subject: 'event', id: ({ params }) => params.id } },
      schema: {
        tags,
        summary: 'An event of the last day: what was kept of it, whose it is, what it became',
        params: z.object({ id: z.string().regex(/^\d{1,15}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) }),
        response: { 200: api.EventDetail },
      },
    },
    (request) => showEvent(context, request.actor, request.params.id),
  );
}
