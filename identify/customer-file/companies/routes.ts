import { type App, type Context, page } from '@vinculo/http';
import { z } from 'zod';
import * as api from '../api/companies.ts';
import { companyProfile } from './company-profile.ts';
import { setParent } from './group.ts';
import { addRole, changeRole, rolesOf, setRoleRemoved } from './roles.ts';
import { addSite, setSiteRemoved } from './sites.ts';

const Id = z.object({ id: z.uuid() });
const tags = ['companies'];
const read = (part: string) => ({
  action: 'customer.read',
  subject: 'customer',
  id: ({ params }: { params: Record<string, string> }) => params.id,
  detail: () => ({ part }),
});

export function routes(app: App, { store }: Context): void {
  app.get(
    '/api/v1/customers/:id/company',
    {
      config: { permission: 'customer.read', audit: read('company') },
      schema: {
        tags,
        summary: 'A company: names, sites, group, and how many people it has',
        params: Id,
        response: { 200: api.CompanyProfile },
      },
    },
    (request) => companyProfile(store, request.actor, request.params.id),
  );
  app.get(
    '/api/v1/customers/:id/roles',
    {
      config: { permission: 'customer.read', audit: read('roles') },
      schema: {
        tags,
        summary: 'What a person is in companies, or who is what in a company',
        params: Id,
        querystring: api.RoleQuery,
        response: { 200: page(api.PersonRole) },
      },
    },
    (request) => rolesOf(store, request.params.id, request.query),
  );
  app.post(
    '/api/v1/company-roles',
    {
      config: { permission: 'customer.write', idempotent: true },
      schema: { tags, summary: 'Say what a person is in a company', body: api.NewRole, response: { 201: api.PersonRole } },
    },
    async (request, reply) => reply.code(201).send(await addRole(store, request.actor, request.body)),
  );
  app.patch(
    '/api/v1/company-roles/:id',
    {
      config: { permission: 'customer.write' },
      schema: { tags, summary: 'Correct or end a role', params: Id, body: api.RoleChange, response: { 200: api.PersonRole } },
    },
    (request) => changeRole(store, request.actor, request.params.id, request.body),
  );
  app.delete(
    '/api/v1/company-roles/:id',
    {
      config: { permission: 'customer.write' },
      schema: { tags, summary: 'Take a role away that was put in by mistake', params: Id, response: { 200: api.PersonRole } },
    },
    (request) => setRoleRemoved(store, request.actor, request.params.id, true),
  );
  app.post(
    '/api/v1/company-roles/:id/restore',
    {
      config: { permission: 'customer.write' },
      schema: { tags, summary: 'Bring a role back', params: Id, response: { 200: api.PersonRole } },
    },
    (request) => setRoleRemoved(store, request.actor, request.params.id, false),
  );
  app.put(
    '/api/v1/customers/:id/parent',
    {
      config: { permission: 'customer.write' },
      schema: { tags, summary: 'Say whose a company is', params: Id, body: api.SetParent, response: { 200: api.ParentSet } },
    },
    (request) => setParent(store, request.actor, request.params.id, request.body.parentId),
  );
  app.post(
    '/api/v1/customers/:id/sites',
    {
      config: { permission: 'customer.write', idempotent: true },
      schema: { tags, summary: 'Write down a site of a company', params: Id, body: api.NewSite, response: { 201: api.CompanySite } },
    },
    async (request, reply) => reply.code(201).send(await addSite(store, request.actor, request.params.id, request.body)),
  );
  app.delete(
    '/api/v1/company-sites/:id',
    {
      config: { permission: 'customer.write' },
      schema: { tags, summary: 'Take a site away', params: Id, response: { 200: api.CompanySite } },
    },
    (request) => setSiteRemoved(store, request.actor, request.params.id, true),
  );
  app.post(
    '/api/v1/company-sites/:id/restore',
    {
      config: { permission: 'customer.write' },
      schema: { tags, summary: 'Bring a site back', params: Id, response: { 200: api.CompanySite } },
    },
    (request) => setSiteRemoved(store, request.actor, request.params.id, false),
  );
}
