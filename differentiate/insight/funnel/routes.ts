import { type App, type Context, page } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/funnel.ts';
import { changeFunnel, undoFunnel } from './definition.ts';
import { fillFunnel } from './fill-funnel.ts';
import { funnel, previewFunnel, stuckAt } from './funnel.ts';

const tags = ['funnel'];
const Id = z.object({ id: z.uuid() });

export function routes(app: App, context: Context): void {
  const { store } = context;
  const read = { permission: 'value.read' };
  const write = { permission: 'value.write' };
  const refill = async () => fillFunnel(context, new Date(), (await context.settings.get()).timeZone);

  app.get(
    '/api/v1/funnel',
    { config: read, schema: { tags, summary: 'How many have come how far', querystring: api.FunnelQuery, response: { 200: api.Funnel } } },
    (request) => funnel(context, request.query),
  );
  app.get(
    '/api/v1/funnel/stuck',
    {
      config: read,
      schema: { tags, summary: 'Who stands at a step and no further', querystring: api.StuckQuery, response: { 200: page(api.StuckRow) } },
    },
    (request) => stuckAt(context, request.query),
  );
  app.post(
    '/api/v1/funnel/preview',
    {
      config: write,
      schema: { tags, summary: 'The counts another funnel would give', body: api.FunnelDefinition, response: { 200: api.FunnelPreview } },
    },
    (request) => previewFunnel(context, request.body),
  );
  app.put(
    '/api/v1/funnel',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change the steps or the target market',
        querystring: api.BasedOn,
        body: api.FunnelDefinition,
        response: { 200: api.FunnelChanged },
      },
    },
    async (request) => {
      const id = await changeFunnel(store, request.actor, request.body, request.query.basedOn);
      await refill();
      return { id };
    },
  );
  app.post(
    '/api/v1/funnel/changes/:id/undo',
    { config: write, schema: { tags, summary: 'Take a change of the funnel back', params: Id, response: { 200: api.FunnelChanged } } },
    async (request) => {
      const id = await undoFunnel(store, request.actor, request.params.id);
      await refill();
      return { id };
    },
  );
}
