import { type App, type Context, page, pageQuery } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/households.ts';
import { confirmHousehold, makeHousehold, putIn, takeOut, undoHouseholdChange } from './change-household.ts';
import { customerHousehold } from './customer-household.ts';
import { findHousehold } from './find-household.ts';
import { householdChanges } from './household-changes.ts';
import { countHouseholds, listHouseholds } from './list-households.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['households'];
const id = ({ params }: { params: Record<string, string> }) => params.id;

export function routes(app: App, context: Context): void {
  const { store, jobs } = context;

  app.get(
    '/api/v1/households',
    {
      config: { permission: 'customer.read' },
      schema: { tags, summary: 'A page of households', querystring: api.HouseholdListQuery, response: { 200: page(api.HouseholdRow) } },
    },
    (request) => listHouseholds(store, request.actor, request.query),
  );
  app.get(
    '/api/v1/households/count',
    {
      config: { permission: 'customer.read' },
      schema: {
        tags,
        summary: 'How many households a list holds, and how many people live in them',
        querystring: api.HouseholdFilter,
        response: { 200: api.HouseholdCount },
      },
    },
    (request) => countHouseholds(store, request.query),
  );
  app.get(
    '/api/v1/households/:id',
    {
      config: { permission: 'customer.read', audit: { action: 'household.read', subject: 'household', id } },
      schema: { tags, summary: 'A household with its people', params: Id, response: { 200: api.Household } },
    },
    (request) => findHousehold(store, request.actor, request.params.id),
  );
  app.get(
    '/api/v1/households/:id/changes',
    {
      config: { permission: 'customer.read' },
      schema: {
        tags,
        summary: 'What became of a household, newest first',
        params: Id,
        querystring: pageQuery,
        response: { 200: page(api.HouseholdChange) },
      },
    },
    (request) => householdChanges(store, request.params.id, request.query),
  );
  app.get(
    '/api/v1/customers/:id/household',
    {
      config: {
        permission: 'customer.read',
        audit: { action: 'customer.read', subject: 'customer', id, detail: () => ({ part: 'household' }) },
      },
      schema: {
        tags,
        summary: 'The household of a person, and who else is at the address',
        params: Id,
        response: { 200: api.CustomerHousehold },
      },
    },
    (request) => customerHousehold(context, request.actor, request.params.id),
  );

  app.post(
    '/api/v1/households',
    {
      config: { permission: 'customer.write', idempotent: true },
      schema: {
        tags,
        summary: 'Make a household of people who are in none',
        body: api.NewHousehold,
        response: { 201: api.HouseholdChanged },
      },
    },
    async (request, reply) => reply.code(201).send(await makeHousehold(context, request.actor, request.body)),
  );
  app.post(
    '/api/v1/households/:id/put-in',
    {
      config: { permission: 'customer.write', idempotent: true },
      schema: {
        tags,
        summary: 'Put a person into a household',
        params: Id,
        body: api.HouseholdPerson,
        response: { 200: api.HouseholdChanged },
      },
    },
    (request) => putIn(context, request.actor, request.params.id, request.body),
  );
  app.post(
    '/api/v1/households/:id/take-out',
    {
      config: { permission: 'customer.write', idempotent: true },
      schema: {
        tags,
        summary: 'Take a person out of a household',
        params: Id,
        body: api.HouseholdPerson,
        response: { 200: api.HouseholdChanged },
      },
    },
    (request) => takeOut(context, request.actor, request.params.id, request.body),
  );
  app.post(
    '/api/v1/households/:id/confirm',
    {
      config: { permission: 'customer.write', idempotent: true },
      schema: {
        tags,
        summary: 'Say that all of them live together',
        params: Id,
        body: api.ConfirmHousehold,
        response: { 200: api.HouseholdChanged },
      },
    },
    (request) => confirmHousehold(context, request.actor, request.params.id, request.body.reason),
  );
  app.post(
    '/api/v1/household-changes/:id/undo',
    {
      config: { permission: 'customer.write', idempotent: true },
      schema: { tags, summary: 'Put back what somebody decided about a household', params: Id, response: { 200: api.HouseholdChanged } },
    },
    (request) => undoHouseholdChange(context, request.actor, request.params.id),
  );
  app.post(
    '/api/v1/households/formings',
    {
      config: { permission: 'customer.merge', idempotent: true },
      schema: { tags, summary: 'Form the households of everybody again', response: { 200: z.object({ jobId: z.string() }) } },
    },
    async (request) => ({ jobId: await jobs.enqueue('household.form', {}, { actor: request.actor, key: 'household.form.all' }) }),
  );
}
