import { type App, type Context, page, pageQuery } from '@vinculo/http';
import { z } from 'zod';
import * as costs from '../api/costs.ts';
import * as profit from '../api/profit.ts';
import { changeCosts, restoreCosts } from './change-costs.ts';
import { customerProfit } from './customer-profit.ts';
import { modelRoutes } from './models/routes.ts';
import { previewCosts } from './preview-costs.ts';
import { countProfitCustomers, profitCustomers } from './profit-customers.ts';
import { profitOverview } from './profit-overview.ts';
import { costsHistory, showCosts } from './show-costs.ts';

const tags = ['profit'];

export function routes(app: App, context: Context): void {
  app.get(
    '/api/v1/profit',
    {
      config: { permission: 'value.read' },
      schema: {
        tags,
        summary: 'What the base leaves: from sales to profit, and who is below zero',
        response: { 200: profit.ProfitOverview },
      },
    },
    () => profitOverview(context),
  );
  app.get(
    '/api/v1/profit/customers',
    {
      config: {
        permission: ['value.read', 'customer.read'],
        audit: { action: 'customer.read', subject: 'customer', detail: () => ({ part: 'profit' }) },
      },
      schema: {
        tags,
        summary: 'Customers by profit, worst or best first',
        querystring: pageQuery.extend(profit.ProfitCustomersQuery.shape),
        response: { 200: page(profit.ProfitCustomer) },
      },
    },
    (request) => profitCustomers(context, request.query),
  );
  app.get(
    '/api/v1/profit/customers/count',
    {
      config: { permission: ['value.read', 'customer.read'] },
      schema: {
        tags,
        summary: 'How many customers such a list has',
        querystring: profit.ProfitCustomersQuery,
        response: { 200: z.object({ count: z.number() }) },
      },
    },
    async (request) => ({ count: await countProfitCustomers(context, request.query) }),
  );
  app.get(
    '/api/v1/customers/:id/profit',
    {
      config: {
        permission: ['value.read', 'customer.read'],
        audit: { action: 'customer.read', subject: 'customer', id: ({ params }) => params.id, detail: () => ({ part: 'profit' }) },
      },
      schema: {
        tags,
        summary: 'What a customer leaves, down to the units and prices; null while nothing is known',
        params: z.object({ id: z.uuid() }),
        response: { 200: profit.CustomerProfit.nullable() },
      },
    },
    (request) => customerProfit(context, request.params.id),
  );

  app.get(
    '/api/v1/costs',
    {
      config: { permission: 'value.read' },
      schema: { tags, summary: 'The cost table and what there is to put a price on', response: { 200: costs.Costs } },
    },
    () => showCosts(context),
  );
  app.put(
    '/api/v1/costs',
    {
      config: { permission: 'value.write' },
      schema: {
        tags,
        summary: 'Put another cost table in force; every score is computed again',
        body: costs.CostsChange,
        response: { 200: z.object({ version: z.number() }) },
      },
    },
    async (request) => ({ version: await changeCosts(context, request.actor, request.body) }),
  );
  app.post(
    '/api/v1/costs/previews',
    {
      config: { permission: 'value.write' },
      schema: {
        tags,
        summary: 'What a cost table would change, before it applies',
        body: z.object({ table: costs.CostTable }),
        response: { 200: costs.CostsPreview },
      },
    },
    (request) => previewCosts(context, request.body.table),
  );
  app.get(
    '/api/v1/costs/versions',
    {
      config: { permission: 'value.read' },
      schema: {
        tags,
        summary: 'Every change of the cost table, newest first',
        response: { 200: z.object({ items: z.array(costs.CostsVersion) }) },
      },
    },
    async () => ({ items: await costsHistory(context) }),
  );
  app.post(
    '/api/v1/costs/versions/:version/restore',
    {
      config: { permission: 'value.write', idempotent: true },
      schema: {
        tags,
        summary: 'Bring an earlier cost table back, as a new version; 0 is the empty one',
        params: z.object({ version: z.coerce.number().int().min(0) }),
        response: { 200: z.object({ version: z.number() }) },
      },
    },
    async (request) => ({ version: await restoreCosts(context, request.actor, request.params.version) }),
  );
  modelRoutes(app, context);
}
