import { type App, type Context, page, pageQuery } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { z } from 'zod';
import { CustomerIdentity, IdentityChanged, MergeCustomers, SplitCustomer } from '../api/customers.ts';
import { DuplicateGroup, DuplicatesOverview, Survivorship } from '../api/identity.ts';
import { customerIdentity } from './customer-identity.ts';
import { duplicateGroups } from './duplicate-groups.ts';
import { duplicatesOverview } from './duplicates-overview.ts';
import { mergeCustomers } from './merge-customers.ts';
import { splitCustomer } from './split-customer.ts';
import { getSurvivorship, putSurvivorship } from './survivorship-rules.ts';
import { undoIdentityChange } from './undo-identity-change.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['identity'];

export function routes(app: App, context: Context): void {
  const { store, jobs } = context;
  const unifyAgain = async (actor: Actor) => ({
    jobId: await jobs.enqueue('identity.unify', { scope: 'all' }, { actor, key: 'identity.unify.all' }),
  });

  app.get(
    '/api/v1/duplicates',
    {
      config: { permission: 'customer.read' },
      schema: { tags, summary: 'What unification found', response: { 200: DuplicatesOverview } },
    },
    () => duplicatesOverview(context),
  );
  app.get(
    '/api/v1/duplicates/groups',
    {
      config: {
        permission: 'customer.read',
        audit: { action: 'customer.read', subject: 'customer', detail: () => ({ part: 'duplicates' }) },
      },
      schema: {
        tags,
        summary: 'Customers made of several records, the weakest link first',
        querystring: pageQuery,
        response: { 200: page(DuplicateGroup) },
      },
    },
    (request) => duplicateGroups(store, request.actor, request.query),
  );
  app.post(
    '/api/v1/unifications',
    {
      config: { permission: 'customer.merge', idempotent: true },
      schema: { tags, summary: 'Unify everything again', response: { 200: z.object({ jobId: z.string() }) } },
    },
    (request) => unifyAgain(request.actor),
  );

  app.post(
    '/api/v1/customers/merge',
    {
      config: { permission: 'customer.merge', idempotent: true },
      schema: { tags, summary: 'Make two customers one', body: MergeCustomers, response: { 200: IdentityChanged } },
    },
    (request) => mergeCustomers(context, request.actor, request.body),
  );
  app.post(
    '/api/v1/customers/:id/split',
    {
      config: { permission: 'customer.merge', idempotent: true },
      schema: {
        tags,
        summary: 'Make some records of a customer a customer of their own',
        params: Id,
        body: SplitCustomer,
        response: { 200: IdentityChanged },
      },
    },
    (request) => splitCustomer(context, request.actor, request.params.id, request.body),
  );
  app.post(
    '/api/v1/identity-changes/:id/undo',
    {
      config: { permission: 'customer.merge', idempotent: true },
      schema: { tags, summary: 'Put a change of identity back', params: Id, response: { 200: IdentityChanged } },
    },
    (request) => undoIdentityChange(context, request.actor, request.params.id),
  );
  app.get(
    '/api/v1/customers/:id/identity',
    {
      config: {
        permission: 'customer.read',
        audit: { action: 'customer.read', subject: 'customer', id: ({ params }) => params.id, detail: () => ({ part: 'identity' }) },
      },
      schema: {
        tags,
        summary: 'The source records of a customer, why they are one, and what was changed',
        params: Id,
        response: { 200: CustomerIdentity },
      },
    },
    (request) => customerIdentity(context, request.actor, request.params.id),
  );

  app.get(
    '/api/v1/survivorship',
    {
      config: { permission: 'settings.read' },
      schema: { tags, summary: 'The rules that choose the golden record', response: { 200: Survivorship } },
    },
    () => getSurvivorship(store.db),
  );
  app.put(
    '/api/v1/survivorship',
    {
      config: { permission: 'settings.write' },
      schema: {
        tags,
        summary: 'Change the rules that choose the golden record; a job applies them to every customer',
        body: Survivorship,
        response: { 200: Survivorship },
      },
    },
    (request) => putSurvivorship(context, request.actor, request.body),
  );
}
