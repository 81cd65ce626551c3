import type { App, Context } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/scenarios.ts';
import { scenarioBase } from './scenario-base.ts';
import { addScenario, changeScenario, listScenarios, setScenarioDeleted } from './scenarios.ts';

const tags = ['scenarios'];
const Id = z.object({ id: z.uuid() });
const Nothing = z.object({});

export function routes(app: App, context: Context): void {
  const { store } = context;
  app.get(
    '/api/v1/scenarios/base',
    {
      config: { permission: 'value.read' },
      schema: {
        tags,
        summary: 'What the coming year holds if nothing changes, for everybody or a segment: what scenarios are computed over',
        querystring: z.object({ segment: z.uuid().optional() }),
        response: { 200: api.ScenarioBaseAnswer },
      },
    },
    (request) => scenarioBase(context, request.query.segment),
  );
  app.get(
    '/api/v1/scenarios',
    {
      config: { permission: 'value.read' },
      schema: { tags, summary: 'The scenarios that were kept', response: { 200: z.object({ items: z.array(api.Scenario) }) } },
    },
    async () => ({ items: await listScenarios(store) }),
  );
  app.post(
    '/api/v1/scenarios',
    {
      config: { permission: 'value.write', idempotent: true },
      schema: { tags, summary: 'Keeps a scenario', body: api.NewScenario, response: { 201: api.Scenario } },
    },
    async (request, reply) => reply.code(201).send(await addScenario(store, request.actor, request.body)),
  );
  app.put(
    '/api/v1/scenarios/:id',
    {
      config: { permission: 'value.write' },
      schema: { tags, summary: 'Changes a scenario', params: Id, body: api.NewScenario, response: { 200: api.Scenario } },
    },
    (request) => changeScenario(store, request.actor, request.params.id, request.body),
  );
  app.delete(
    '/api/v1/scenarios/:id',
    {
      config: { permission: 'value.write' },
      schema: { tags, summary: 'Takes a scenario away', params: Id, response: { 200: Nothing } },
    },
    async (request) => {
      await setScenarioDeleted(store, request.actor, request.params.id, true);
      return {};
    },
  );
  app.post(
    '/api/v1/scenarios/:id/restore',
    {
      config: { permission: 'value.write' },
      schema: { tags, summary: 'Brings a scenario back', params: Id, response: { 200: Nothing } },
    },
    async (request) => {
      await setScenarioDeleted(store, request.actor, request.params.id, false);
      return {};
    },
  );
}
