import { type App, type Context, page } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { z } from 'zod';
import { BasedOn } from '../api/funnel.ts';
import * as api from '../api/life-cycle.ts';
import { churn } from './churn.ts';
import { cohorts } from './cohorts.ts';
import { customerLifeCycle } from './customer-life-cycle.ts';
import { members, riskList } from './members.ts';
import { previewRules } from './preview-rules.ts';
import { changeRules, DEFAULT_RULES, lifeCycleRules, rulesChanges, undoRules } from './rules.ts';
import { latestSummary } from './summary.ts';

const tags = ['life cycle'];
/** A million customers take some seconds; nobody waits longer than this. */
const PREVIEW_MS = 60_000;
const Id = z.object({ id: z.uuid() });

export function routes(app: App, context: Context): void {
  const { store, jobs } = context;
  const read = { permission: 'value.read' };
  const write = { permission: 'value.write' };

  app.get(
    '/api/v1/life-cycle',
    {
      config: read,
      schema: {
        tags,
        summary: 'How many customers stand in each stage, as last computed',
        response: { 200: api.LifeCycleSummary.nullable() },
      },
    },
    async () => (await latestSummary(store)) ?? null,
  );
  app.get(
    '/api/v1/life-cycle/risk',
    {
      config: read,
      schema: {
        tags,
        summary: 'Who is about to leave, the dearest first',
        querystring: api.RiskQuery,
        response: { 200: page(api.LifeCycleRow) },
      },
    },
    (request) => riskList(context, request.query),
  );
  app.get(
    '/api/v1/life-cycle/churn',
    {
      config: read,
      schema: {
        tags,
        summary: 'Customers lost by month, what they had brought, and how long customers stay',
        querystring: api.Whose,
        response: { 200: api.Churn },
      },
    },
    (request) => churn(context, request.query),
  );
  app.get(
    '/api/v1/life-cycle/cohorts',
    {
      config: read,
      schema: {
        tags,
        summary: 'What became of the customers of each month or quarter',
        querystring: api.CohortQuery,
        response: { 200: api.Cohorts },
      },
    },
    (request) => cohorts(context, request.query),
  );
  app.get(
    '/api/v1/life-cycle/members',
    {
      config: read,
      schema: {
        tags,
        summary: 'The customers behind a number of the life cycle',
        querystring: api.MembersQuery,
        response: { 200: api.Members },
      },
    },
    (request) => members(context, request.query),
  );
  app.get(
    '/api/v1/customers/:id/life-cycle',
    {
      config: {
        permission: ['customer.read', 'value.read'],
        audit: { action: 'customer.read', subject: 'customer', id: ({ params }) => params.id, detail: () => ({ part: 'life_cycle' }) },
      },
      schema: { tags, summary: 'A customer’s rhythm, stage and risk', params: Id, response: { 200: api.CustomerLifeCycle.nullable() } },
    },
    (request) => customerLifeCycle(context, request.params.id),
  );

  const rescore = (actor: Actor) => jobs.enqueue('insight.score', {}, { actor, key: 'insight.score' });
  app.get(
    '/api/v1/life-cycle/rules',
    { config: read, schema: { tags, summary: 'Where one stage ends and the next begins', response: { 200: api.RulesView } } },
    async () => ({ rules: await lifeCycleRules(store), defaults: DEFAULT_RULES, changes: await rulesChanges(store) }),
  );
  app.put(
    '/api/v1/life-cycle/rules',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change the rules, and compute again',
        querystring: BasedOn,
        body: api.LifeCycleRules,
        response: { 200: api.RulesChanged },
      },
    },
    async (request) => ({
      id: await changeRules(store, request.actor, request.body, request.query.basedOn),
      jobId: await rescore(request.actor),
    }),
  );
  app.post(
    '/api/v1/life-cycle/rules/preview',
    {
      config: write,
      schema: { tags, summary: 'How many customers other rules would move', body: api.LifeCycleRules, response: { 200: api.RulesPreview } },
    },
    (request) => previewRules(context, request.body, AbortSignal.timeout(PREVIEW_MS)),
  );
  app.post(
    '/api/v1/life-cycle/rules/:id/undo',
    { config: write, schema: { tags, summary: 'Take a change of the rules back', params: Id, response: { 200: api.RulesChanged } } },
    async (request) => ({ id: await undoRules(store, request.actor, request.params.id), jobId: await rescore(request.actor) }),
  );
}
