import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER, type TestServer, testServer } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.stop());

const idOf = async (email: string): Promise<string> => {
  const { body } = await server.owner.get('/people?limit=200');
  return (body.items as { id: string; email: string }[]).find((person) => person.email === email)!.id;
};

describe('an invitation', () => {
  it('makes a person of that role, once, and its link is shown while there is no mail', async () => {
    const invited = await server.owner.send('POST', '/people/invitations', { email: 'Marta@Example.com', role: 'marketing' });
    expect(invited.status).toBe(201);
    expect(invited.body).toMatchObject({ email: 'marta@example.com', role: 'marketing', state: 'pending', invitedBy: OWNER.name });
    const token = new URL(String(invited.body.link)).searchParams.get('token');

    const marta = server.visitor();
    expect((await marta.send('POST', '/people/invitations/look', { token })).body).toEqual({
      email: 'marta@example.com',
      role: 'marketing',
      company: OWNER.companyName,
      invitedBy: OWNER.name,
    });
    const answers = await Promise.all(
      [marta, server.visitor(), server.visitor()].map((who) =>
        who.send('POST', '/people/invitations/accept', { token, name: 'Marta', password: 'contraseña de marta' }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 410, 410]);
    expect(answers.find(({ status }) => status === 410)!.body.code).toBe('VIN_ACCESS_INVITATION_EXPIRED');
    await marta.send('POST', '/api/auth/sign-in/email', { email: 'marta@example.com', password: 'contraseña de marta' });
    expect((await marta.get('/me')).body).toMatchObject({ name: 'Marta', role: 'marketing' });
  });

  it('is kept as a file where there is no SMTP server, for its owner only', async () => {
    await server.owner.send('POST', '/people/invitations', { email: 'sin.correo@example.com', role: 'sales' });
    const folder = join(server.context.config.dataFolder, 'mail_outbox');
    await expect.poll(async () => (await readdir(folder).catch(() => [])).length, { timeout: 20_000, interval: 200 }).toBeGreaterThan(1);
    const letters = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
    expect(letters.some((letter) => letter.includes('To: sin.correo@example.com'))).toBe(true);
    const { rows } = await sql<{ data: unknown }>`select data from mail where state = 'kept'`.execute(server.context.store.db);
    expect(rows.every(({ data }) => data === null)).toBe(true);
  });

  it('can be sent again, which ends the old link, and withdrawn, which ends it all', async () => {
    const first = await server.owner.send('POST', '/people/invitations', { email: 'eva@example.com', role: 'service' });
    const twice = await server.owner.send('POST', '/people/invitations', { email: 'eva@example.com', role: 'service' });
    expect(twice.body.code).toBe('VIN_INVITATION_CONFLICT');
    const again = await server.owner.send('POST', `/people/invitations/${first.body.id}/resend`);
    const tokens = [first, again].map(({ body }) => new URL(String(body.link)).searchParams.get('token'));
    const look = (token: string | null) => server.visitor().send('POST', '/people/invitations/look', { token });
    expect((await look(tokens[0]!)).status).toBe(410);
    expect((await look(tokens[1]!)).status).toBe(200);
    expect((await server.owner.send('DELETE', `/people/invitations/${first.body.id}`)).status).toBe(204);
    expect((await look(tokens[1]!)).status).toBe(410);
  });

  it('does not last: after seven days it opens nothing and makes room for another', async () => {
    const first = await server.owner.send('POST', '/people/invitations', { email: 'tarde@example.com', role: 'service' });
    await sql`update invitation set expires_at = now() - interval '1 second' where id = ${String(first.body.id)}`.execute(
      server.context.store.db,
    );
    const token = new URL(String(first.body.link)).searchParams.get('token');
    expect(
      (await server.visitor().send('POST', '/people/invitations/accept', { token, name: 'T', password: 'una contraseña larga' })).status,
    ).toBe(410);
    expect((await server.owner.send('POST', '/people/invitations', { email: 'tarde@example.com', role: 'service' })).status).toBe(201);
  });
});

describe('a role', () => {
  it('opens what it should and nothing else', async () => {
    const analyst = await server.join('analyst');
    expect((await analyst.get('/roles')).status).toBe(200);
    const refused = await analyst.get('/people', { 'accept-language': 'es' });
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ code: 'VIN_ACCESS_DENIED', detail: expect.stringContaining('people.manage') });
    expect((await analyst.get('/audit')).status).toBe(403);
    expect((await analyst.send('PUT', '/settings', { currency: 'USD' })).status).toBe(403);
    expect((await server.visitor().get('/people')).body.code).toBe('VIN_ACCESS_SIGN_IN');
  });

  it('takes effect at once when it changes', async () => {
    const person = await server.join('product', 'cambia@example.com');
    expect((await person.get('/settings')).status).toBe(403);
    const changed = await server.owner.send('PATCH', `/people/${await idOf('cambia@example.com')}`, { role: 'admin' });
    expect(changed.body).toMatchObject({ role: 'admin' });
    expect((await person.get('/settings')).status).toBe(200);
  });

  it('of owner is given and taken by owners only, and never by the last one', async () => {
    const admin = await server.join('admin');
    const owner = await idOf(OWNER.email);
    const own = await idOf('admin@example.com');
    expect((await admin.send('PATCH', `/people/${own}`, { role: 'owner' })).status).toBe(403);
    expect((await admin.send('PATCH', `/people/${owner}`, { role: 'analyst' })).status).toBe(403);
    expect((await admin.send('POST', `/people/${owner}/password-link`)).status).toBe(403);
    expect((await admin.send('POST', '/people/invitations', { email: 'x@example.com', role: 'owner' })).status).toBe(403);

    for (const [method, path, body] of [
      ['PATCH', `/people/${owner}`, { role: 'admin' }],
      ['POST', `/people/${owner}/suspend`, undefined],
      ['DELETE', `/people/${owner}`, undefined],
    ] as const) {
      expect((await server.owner.send(method, path, body)).body).toMatchObject({ code: 'VIN_ACCESS_LAST_OWNER', status: 409 });
    }

    // Two owners who demote each other at the same moment: one of them stays.
    expect((await server.owner.send('PATCH', `/people/${own}`, { role: 'owner' })).status).toBe(200);
    const answers = await Promise.all([
      server.owner.send('PATCH', `/people/${own}`, { role: 'admin' }),
      admin.send('PATCH', `/people/${owner}`, { role: 'admin' }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = (await sql<{ email: string }>`select email from person where role = 'owner'`.execute(server.context.store.db)).rows;
    expect(left).toHaveLength(1);
    if (left[0]!.email !== OWNER.email) await admin.send('PATCH', `/people/${owner}`, { role: 'owner' });
    if (left[0]!.email !== OWNER.email) await server.owner.send('PATCH', `/people/${own}`, { role: 'admin' });
  });
});

describe('someone suspended', () => {
  it('is out at once, with their keys, and back when restored', async () => {
    const person = await server.join('admin', 'sale@example.com');
    const made = await person.send('POST', '/api-keys', { name: 'suya', scopes: ['settings.read'] });
    const key = server.visitor({ authorization: `Bearer ${made.body.key}` });
    expect((await key.get('/settings')).status).toBe(200);
    const id = await idOf('sale@example.com');

    expect((await server.owner.send('POST', `/people/${id}/suspend`)).body).toMatchObject({ state: 'suspended' });
    expect((await person.get('/me')).status).toBe(401);
    expect((await key.get('/settings')).status).toBe(401);
    const entry = await person.send('POST', '/api/auth/sign-in/email', { email: 'sale@example.com', password: 'otra contraseña larga' });
    expect(entry.body.detail).toContain('suspended');

    await server.owner.send('POST', `/people/${id}/restore`);
    expect(
      (await person.send('POST', '/api/auth/sign-in/email', { email: 'sale@example.com', password: 'otra contraseña larga' })).status,
    ).toBe(200);
    expect((await key.get('/settings')).status).toBe(200);

    expect((await server.owner.send('DELETE', `/people/${id}`)).status).toBe(204);
    expect((await person.get('/me')).status).toBe(401);
    expect((await key.get('/settings')).status).toBe(401);
  });

  it('who only forgot the password gets a link by hand', async () => {
    const person = await server.join('sales', 'olvida@example.com');
    const made = await server.owner.send('POST', `/people/${await idOf('olvida@example.com')}/password-link`);
    const token = new URL(String(made.body.link)).searchParams.get('token');
    expect((await person.send('POST', '/api/auth/reset-password', { token, newPassword: 'la recordaré esta vez' })).status).toBe(200);
    expect(
      (await person.send('POST', '/api/auth/sign-in/email', { email: 'olvida@example.com', password: 'la recordaré esta vez' })).status,
    ).toBe(200);
  });
});

describe('an API key', () => {
  it('may do what its scopes say, is shown once, and ends when revoked', async () => {
    const made = await server.owner.send('POST', '/api-keys', { name: 'Tienda', scopes: ['settings.read', 'import.run'] });
    expect(made.status).toBe(201);
    const secret = String(made.body.key);
    expect(secret.startsWith(`${made.body.prefix}_`)).toBe(true);

    const key = server.visitor({ authorization: `Bearer ${secret}` });
    expect((await key.get('/me')).body).toMatchObject({ kind: 'api-key', name: 'Tienda', permissions: ['import.run', 'settings.read'] });
    expect((await key.get('/settings')).status).toBe(200);
    expect((await key.get('/people')).status).toBe(403);

    const listed = await server.owner.get('/api-keys');
    expect(JSON.stringify(listed.body)).not.toContain(secret);
    expect(
      (listed.body.items as { id: string; lastUsedAt: string }[]).find(({ id }) => id === String(made.body.id))!.lastUsedAt,
    ).not.toBeNull();
    const { rows } = await sql<{ all: string }>`select string_agg(k::text, '') as all from api_key k`.execute(server.context.store.db);
    expect(rows[0]!.all).not.toContain(secret.slice(-20));

    expect((await server.owner.send('DELETE', `/api-keys/${made.body.id}`)).status).toBe(204);
    expect((await key.get('/settings')).body.code).toBe('VIN_ACCESS_API_KEY');
  });

  it('ends on its day', async () => {
    const made = await server.owner.send('POST', '/api-keys', {
      name: 'Breve',
      scopes: ['settings.read'],
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    });
    const key = server.visitor({ authorization: `Bearer ${made.body.key}` });
    expect((await key.get('/settings')).status).toBe(200);
    await sql`update api_key set expires_at = now() where id = ${String(made.body.id)}`.execute(server.context.store.db);
    expect((await key.get('/settings')).status).toBe(401);
  });

  it('cannot make another, nor hold more than its maker', async () => {
    const made = await server.owner.send('POST', '/api-keys', { name: 'Madre', scopes: ['api_key.manage', 'people.manage'] });
    const key = server.visitor({ authorization: `Bearer ${made.body.key}` });
    expect((await key.send('POST', '/api-keys', { name: 'Hija', scopes: ['api_key.manage'] })).status).toBe(403);
    expect((await key.send('POST', '/people/invitations', { email: 'colado@example.com', role: 'admin' })).status).toBe(403);
  });
});

describe('my account', () => {
  it('speaks my language from then on', async () => {
    const person = await server.join('service', 'lengua@example.com');
    expect((await person.send('PATCH', '/me', { language: 'es', theme: 'dark', name: 'Nueva' })).body).toMatchObject({
      language: 'es',
      theme: 'dark',
      name: 'Nueva',
    });
    expect((await person.get('/people')).body.detail).toContain('Tu rol no permite');
    expect((await person.send('PATCH', '/me', { language: null })).body.language).toBeNull();
  });
});

describe('the audit log', () => {
  it('holds every change once, with who, from where and in which request', async () => {
    const changed = await server.owner.send('PUT', '/settings', { currency: 'USD', timeZone: 'America/Bogota' });
    const { body } = await server.owner.get('/audit?action=setting.changed');
    expect(body.items).toHaveLength(2);
    expect((body.items as unknown[])[0]).toMatchObject({
      actor: { kind: 'user', name: OWNER.name },
      subject: { kind: 'setting', id: 'company' },
      detail: { changed: { currency: 'USD', timeZone: 'America/Bogota' } },
      requestId: changed.headers.get('x-request-id'),
      ip: '127.0.0.1',
    });
    await server.owner.send('PUT', '/settings', { currency: 'USD' });
    expect((await server.owner.get('/audit?action=setting')).body.items).toHaveLength(2);
  });

  it('stands or falls with the change', async () => {
    const { store } = server.context;
    const actor = { kind: 'user' as const, id: 'x', name: 'x', permissions: new Set<string>() };
    const failing = store.transaction(actor, async (tx) => {
      await tx.emit('thing.changed', { kind: 'thing', id: '1' }, {});
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const { rows } =
      await sql`select from audit where action = 'thing.changed' union all select from outbox where type = 'thing.changed'`.execute(
        store.db,
      );
    expect(rows).toHaveLength(0);
  });

  it('is read by filter and page by page, and that is written down too', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 100; pages++) {
      const { body }: { body: Record<string, unknown> } = await server.owner.get(
        `/audit?action=invitation&limit=3${cursor ? `&cursor=${cursor}` : ''}`,
      );
      seen.push(...(body.items as { id: string }[]).map(({ id }) => id));
      cursor = body.next as string | null;
    }
    expect(seen.length).toBeGreaterThan(6);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(seen.toSorted().toReversed());
    const { body } = await server.owner.get('/audit?action=audit.read&limit=1');
    expect((body.items as unknown[])[0]).toMatchObject({ action: 'audit.read', detail: { action: 'invitation' } });
    expect((await server.owner.get('/audit?cursor=nuestro-no-es')).body).toMatchObject({ code: 'VIN_REQUEST_CURSOR', status: 400 });
  });
});
