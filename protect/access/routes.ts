import { type App, type Context, page, pageQuery, strictLimit } from '@vinculo/http';
import { fromNodeHeaders } from 'better-auth/node';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  acceptance,
  apiKey,
  apiKeyInput,
  invitation,
  invitationFace,
  invitationInput,
  invitationToken,
  me,
  meChange,
  newApiKey,
  passwordLink,
  person,
  personChange,
  roleView,
  sentInvitation,
  setupInput,
  setupState,
} from './api.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { type Auth, IP_HEADER } from './auth.ts';
import { acceptInvitation, invite, listInvitations, lookAtInvitation, resendInvitation, revokeInvitation } from './invitations.ts';
import { changeMe, readMe } from './me.ts';
import { makePasswordLink } from './password-link.ts';
import { changeRole, listPeople, removePerson, restorePerson, suspendPerson } from './people.ts';
import { ROLES } from './roles.ts';
import { needsSetup, setUp } from './set-up.ts';

const byId = z.object({ id: z.uuid() });
const nothing = z.undefined().describe('Done');
const people = { config: { permission: 'people.manage' } } as const;

export function accessRoutes(app: App, auth: Auth, context: Context): void {
  meRoutes(app, context);
  firstSteps(app, auth, context);
  peopleRoutes(app, auth, context);
  apiKeyRoutes(app, context);
}

function meRoutes(app: App, context: Context): void {
  const tags = ['me'];
  app.get(
    '/api/v1/me',
    { config: { permission: 'signed-in' }, schema: { tags, summary: 'Who I am and what I may do', response: { 200: me } } },
    (request) => readMe(context, request.actor),
  );
  app.patch(
    '/api/v1/me',
    {
      config: { permission: 'signed-in' },
      schema: { tags, summary: 'Change my name, language or theme', body: meChange, response: { 200: me } },
    },
    (request) => changeMe(context, request.actor, request.body),
  );
}

/** How the first person and every other one comes in. */
function firstSteps(app: App, auth: Auth, context: Context): void {
  const tags = ['first steps'];
  const done = z.object({ email: z.string() });

  app.get(
    '/api/v1/setup',
    { config: { public: true }, schema: { tags, summary: 'Whether the installation waits for its owner', response: { 200: setupState } } },
    async () => ({ needed: await needsSetup(context) }),
  );
  app.post(
    '/api/v1/setup',
    {
      config: { public: true, idempotent: true, rateLimit: strictLimit(20) },
      schema: { tags, summary: 'Make the owner; works once', body: setupInput, response: { 201: done } },
    },
    async (request, reply) => {
      await setUp(context, request.body);
      await signIn(request, reply, request.body);
      return reply.code(201).send({ email: request.body.email });
    },
  );
  app.post(
    '/api/v1/people/invitations/look',
    {
      config: { public: true, rateLimit: strictLimit(30) },
      schema: { tags, summary: 'What an invitation is for', body: invitationToken, response: { 200: invitationFace } },
    },
    (request) => lookAtInvitation(context, request.body.token),
  );
  app.post(
    '/api/v1/people/invitations/accept',
    {
      config: { public: true, idempotent: true, rateLimit: strictLimit(20) },
      schema: { tags, summary: 'Accept an invitation: become a person and sign in', body: acceptance, response: { 201: done } },
    },
    async (request, reply) => {
      const email = await acceptInvitation(context, request.body);
      await signIn(request, reply, { email, password: request.body.password });
      return reply.code(201).send({ email });
    },
  );

  async function signIn(
    request: FastifyRequest,
    reply: FastifyReply,
    { email, password }: { email: string; password: string },
  ): Promise<void> {
    const headers = fromNodeHeaders(request.headers);
    headers.set(IP_HEADER, request.ip);
    const answer = await auth.api.signInEmail({ body: { email, password }, headers, returnHeaders: true });
    for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
  }
}

function peopleRoutes(app: App, auth: Auth, context: Context): void {
  const tags = ['people'];
  app.get(
    '/api/v1/roles',
    {
      config: { permission: 'signed-in' },
      schema: { tags, summary: 'The roles and what each may do', response: { 200: z.array(roleView) } },
    },
    async () => Object.entries(ROLES).map(([name, permissions]) => ({ name, permissions: [...permissions] })),
  );
  app.get(
    '/api/v1/people',
    { ...people, schema: { tags, summary: 'The people who may sign in', querystring: pageQuery, response: { 200: page(person) } } },
    (request) => listPeople(context, request.query),
  );
  app.patch(
    '/api/v1/people/:id',
    { ...people, schema: { tags, summary: 'Change a person’s role', params: byId, body: personChange, response: { 200: person } } },
    (request) => changeRole(context, request.actor, request.params.id, request.body.role),
  );
  app.post(
    '/api/v1/people/:id/suspend',
    { ...people, schema: { tags, summary: 'Shut a person out, reversibly', params: byId, response: { 200: person } } },
    (request) => suspendPerson(context, request.actor, request.params.id),
  );
  app.post(
    '/api/v1/people/:id/restore',
    { ...people, schema: { tags, summary: 'Let a suspended person in again', params: byId, response: { 200: person } } },
    (request) => restorePerson(context, request.actor, request.params.id),
  );
  app.post(
    '/api/v1/people/:id/password-link',
    {
      config: { permission: 'people.manage', idempotent: true },
      schema: { tags, summary: 'A link to choose a new password, to pass on by hand', params: byId, response: { 200: passwordLink } },
    },
    (request) => makePasswordLink(context, auth, request.actor, request.params.id),
  );
  app.delete(
    '/api/v1/people/:id',
    { ...people, schema: { tags, summary: 'Remove a person for good', params: byId, response: { 204: nothing } } },
    async (request, reply) => {
      await removePerson(context, request.actor, request.params.id);
      return reply.code(204).send(undefined);
    },
  );
  app.get(
    '/api/v1/people/invitations',
    { ...people, schema: { tags, summary: 'Invitations not yet accepted', response: { 200: page(invitation) } } },
    async () => ({ items: await listInvitations(context), next: null }),
  );
  app.post(
    '/api/v1/people/invitations',
    {
      config: { permission: 'people.manage', idempotent: true },
      schema: { tags, summary: 'Invite a person by mail', body: invitationInput, response: { 201: sentInvitation } },
    },
    async (request, reply) => reply.code(201).send(await invite(context, request.actor, request.body)),
  );
  app.post(
    '/api/v1/people/invitations/:id/resend',
    {
      config: { permission: 'people.manage', idempotent: true },
      schema: { tags, summary: 'Send an invitation again; the old link stops working', params: byId, response: { 200: sentInvitation } },
    },
    (request) => resendInvitation(context, request.actor, request.params.id),
  );
  app.delete(
    '/api/v1/people/invitations/:id',
    { ...people, schema: { tags, summary: 'Withdraw an invitation', params: byId, response: { 204: nothing } } },
    async (request, reply) => {
      await revokeInvitation(context, request.actor, request.params.id);
      return reply.code(204).send(undefined);
    },
  );
}

function apiKeyRoutes(app: App, context: Context): void {
  const tags = ['api keys'];
  app.get(
    '/api/v1/api-keys',
    {
      config: { permission: 'api_key.manage' },
      schema: { tags, summary: 'The API keys, without the keys themselves', querystring: pageQuery, response: { 200: page(apiKey) } },
    },
    (request) => listApiKeys(context, request.query),
  );
  app.post(
    '/api/v1/api-keys',
    {
      config: { permission: 'api_key.manage', idempotent: true },
      schema: { tags, summary: 'Make an API key; it is shown this once', body: apiKeyInput, response: { 201: newApiKey } },
    },
    async (request, reply) => reply.code(201).send(await createApiKey(context, request.actor, request.body)),
  );
  app.delete(
    '/api/v1/api-keys/:id',
    {
      config: { permission: 'api_key.manage' },
      schema: { tags, summary: 'Revoke an API key', params: byId, response: { 204: nothing } },
    },
    async (request, reply) => {
      await revokeApiKey(context, request.actor, request.params.id);
      return reply.code(204).send(undefined);
    },
  );
}
