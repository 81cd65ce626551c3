import type { App, Context } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/loyalty.ts';
import { customerLoyalty } from './customer-loyalty.ts';
import { changeModel, modelHistory, restoreModel } from './loyalty-model.ts';
import { loyaltyOverview } from './loyalty-overview.ts';
import { endFact, marketFacts, resumeFact, stateFact } from './market-facts.ts';
import { marketSubjects } from './market-subjects.ts';
import { previewModel } from './preview-model.ts';
import { signPurchases } from './sign-purchases.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['loyalty'];
const id = ({ params }: { params: Record<string, string> }) => params.id;

export function routes(app: App, context: Context): void {
  app.get(
    '/api/v1/loyalty',
    {
      config: { permission: ['value.read', 'customer.read'] },
      schema: { tags, summary: 'Why customers come back: the seven types, as last computed', response: { 200: api.LoyaltyOverview } },
    },
    () => loyaltyOverview(context),
  );
  app.get(
    '/api/v1/customers/:id/loyalty',
    {
      config: {
        permission: ['customer.read', 'value.read'],
        audit: { action: 'customer.read', subject: 'customer', id, detail: () => ({ part: 'loyalty' }) },
      },
      schema: { tags, summary: 'Why this customer comes back, with its evidence', params: Id, response: { 200: api.CustomerLoyalty } },
    },
    (request) => customerLoyalty(context, request.params.id),
  );
  app.get(
    '/api/v1/customers/:id/loyalty/purchases',
    {
      config: {
        permission: ['customer.read', 'value.read'],
        audit: { action: 'customer.read', subject: 'customer', id, detail: () => ({ part: 'loyalty' }) },
      },
      schema: {
        tags,
        summary: 'The purchases behind a sign of loyalty',
        params: Id,
        querystring: api.LoyaltyPurchasesQuery,
        response: { 200: api.LoyaltyPurchases },
      },
    },
    (request) => signPurchases(context, request.params.id, request.query),
  );

  app.get(
    '/api/v1/loyalty/model',
    {
      config: { permission: 'value.read' },
      schema: { tags, summary: 'How loyalty is scored, and how that changed', response: { 200: api.LoyaltyModelHistory } },
    },
    () => modelHistory(context.store),
  );
  app.put(
    '/api/v1/loyalty/model',
    {
      config: { permission: 'value.write' },
      schema: {
        tags,
        summary: 'Changes how loyalty is scored; everybody is scored again',
        body: api.LoyaltyModelChange,
        response: { 200: api.LoyaltyModelHistory },
      },
    },
    (request) => changeModel(context, request.actor, request.body),
  );
  app.post(
    '/api/v1/loyalty/model/preview',
    {
      config: { permission: 'value.read' },
      schema: { tags, summary: 'What another model would change', body: api.LoyaltyModelContent, response: { 200: api.LoyaltyPreview } },
    },
    (request) => previewModel(context, request.body),
  );
  app.post(
    '/api/v1/loyalty/model/versions/:version/restore',
    {
      config: { permission: 'value.write', idempotent: true },
      schema: {
        tags,
        summary: 'Brings an earlier model back; 0 is the standard one',
        params: z.object({ version: z.coerce.number().int().min(0) }),
        response: { 200: api.LoyaltyModelHistory },
      },
    },
    (request) => restoreModel(context, request.actor, request.params.version),
  );

  app.get(
    '/api/v1/loyalty/market-facts',
    {
      config: { permission: 'value.read' },
      schema: { tags, summary: 'What the company states of its market, now and before', response: { 200: api.MarketFactList } },
    },
    () => marketFacts(context),
  );
  app.get(
    '/api/v1/loyalty/market-subjects',
    {
      config: { permission: 'value.read' },
      schema: {
        tags,
        summary: 'What a fact of the market can be about',
        querystring: api.MarketSubjectQuery,
        response: { 200: api.MarketSubjects },
      },
    },
    (request) => marketSubjects(context, request.query),
  );
  app.post(
    '/api/v1/loyalty/market-facts',
    {
      config: { permission: 'value.write', idempotent: true },
      schema: { tags, summary: 'States a fact of the market', body: api.NewMarketFact, response: { 201: z.object({ id: z.uuid() }) } },
    },
    async (request, reply) => reply.code(201).send(await stateFact(context, request.actor, request.body)),
  );
  app.post(
    '/api/v1/loyalty/market-facts/:id/end',
    {
      config: { permission: 'value.write', idempotent: true },
      schema: { tags, summary: 'Says that a fact is not so any more', params: Id, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await endFact(context, request.actor, request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/loyalty/market-facts/:id/resume',
    {
      config: { permission: 'value.write', idempotent: true },
      schema: { tags, summary: 'Takes back the end of a fact', params: Id, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await resumeFact(context, request.actor, request.params.id);
      return reply.code(204).send(null);
    },
  );
}
