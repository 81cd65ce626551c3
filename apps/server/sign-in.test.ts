import { createOTP } from './totp.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER, type TestServer, testMailbox, testServer } from './test-server.ts';

describe('the first person', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer({ setUp: false });
  });
  afterAll(() => server.stop());

  it('is one, even when ten come at once', async () => {
    expect((await server.visitor().get('/setup')).body).toEqual({ needed: true });
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => server.visitor().send('POST', '/setup', { ...OWNER, email: `p${i}@example.com` })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array(9).fill(409)]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('VIN_ACCESS_SETUP_DONE');
    expect((await server.visitor().get('/setup')).body).toEqual({ needed: false });
  });
});

describe('setting up, when the answer was lost on its way', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer({ setUp: false });
  });
  afterAll(() => server.stop());

  it('lets the owner in at the second knock, with the same key', async () => {
    const key = { 'idempotency-key': 'first-owner' };
    await server.visitor().send('POST', '/setup', OWNER, key);
    const again = server.visitor();
    expect((await again.send('POST', '/setup', OWNER, key)).status).toBe(201);
    expect((await again.get('/me')).body).toMatchObject({ email: OWNER.email, role: 'owner' });
    // Whoever knows the key and not the password gets nothing.
    const stranger = server.visitor();
    expect((await stranger.send('POST', '/setup', { ...OWNER, password: 'otra muy distinta' }, key)).status).toBe(422);
    expect((await stranger.get('/me')).status).toBe(401);
  });
});

describe('sign-in', () => {
  let server: TestServer;
  let mailbox: Awaited<ReturnType<typeof testMailbox>>;
  beforeAll(async () => {
    mailbox = await testMailbox();
    server = await testServer({ smtpUrl: mailbox.url });
  });
  afterAll(async () => {
    await server.stop();
    await mailbox.close();
  });

  it('of the owner comes with setting up, and says who they are', async () => {
    const { status, body } = await server.owner.get('/me');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'user',
      name: OWNER.name,
      email: OWNER.email,
      role: 'owner',
      language: null,
      theme: 'auto',
      twoFactorEnabled: false,
      company: { name: OWNER.companyName, currency: 'EUR', timeZone: 'Europe/Madrid', country: 'ES' },
    });
    expect(body.permissions).toContain('people.manage');
  });

  it('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const person = server.visitor();
    const { status, headers, body } = await person.send('POST', '/api/auth/sign-in/email', {
      email: 'ANA@example.com',
      password: OWNER.password,
    });
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('token');
    const cookie = headers.getSetCookie().find((one) => one.startsWith('vinculo.session_token='))!;
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect((await person.get('/me')).status).toBe(200);
    await person.send('POST', '/api/auth/sign-out', {});
    expect((await person.get('/me')).status).toBe(401);
  });

  it('tells a wrong password and an unknown address in the same words, in the reader’s language', async () => {
    const wrong = await server
      .visitor()
      .send('POST', '/api/auth/sign-in/email', { email: OWNER.email, password: 'no es esta' }, { 'accept-language': 'es-MX,en;q=0.5' });
    const unknown = await server
      .visitor()
      .send('POST', '/api/auth/sign-in/email', { email: 'nadie@example.com', password: 'no es esta' }, { 'accept-language': 'es' });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('content-type')).toContain('application/problem+json');
    expect(wrong.body).toMatchObject({ code: 'VIN_ACCESS_CREDENTIALS', detail: expect.stringContaining('correo o la contraseña') });
    expect({ ...unknown.body, instance: '' }).toEqual({ ...wrong.body, instance: '' });
  });

  it('limits guesses, for one account from one address', async () => {
    const answers = [];
    for (let i = 0; i < 21; i++)
      answers.push(await server.visitor().send('POST', '/api/auth/sign-in/email', { email: 'victima@example.com', password: 'adivina' }));
    expect(answers.map(({ status }) => status)).toEqual([...Array(20).fill(401), 429]);
    expect(answers.at(-1)!.body).toMatchObject({ code: 'VIN_REQUEST_TOO_MANY' });
    expect(Number(answers.at(-1)!.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('has no way in that we did not open', async () => {
    for (const path of ['/sign-up/email', '/update-user', '/delete-user', '/change-email', '/revoke-sessions']) {
      expect(
        (await server.owner.send('POST', `/api/auth${path}`, { name: 'x', email: 'x@example.com', password: 'una contraseña larga' }))
          .status,
      ).toBe(404);
    }
  });

  it('asks for the second factor once it is on, and takes a backup code once', async () => {
    const person = server.visitor();
    const enter = () => person.send('POST', '/api/auth/sign-in/email', { email: OWNER.email, password: OWNER.password });
    await enter();
    const started = await person.send('POST', '/api/auth/two-factor/enable', { password: OWNER.password });
    expect(started.status).toBe(200);
    const { totpURI, backupCodes } = started.body as unknown as { totpURI: string; backupCodes: string[] };
    expect((await person.send('POST', '/api/auth/two-factor/verify-totp', { code: createOTP(totpURI) })).status).toBe(200);
    expect((await person.get('/me')).body).toMatchObject({ twoFactorEnabled: true });
    await person.send('POST', '/api/auth/sign-out', {});

    expect((await enter()).body).toMatchObject({ twoFactorRedirect: true, twoFactorMethods: ['totp'] });
    expect((await person.get('/me')).status).toBe(401);
    const wrong = await person.send('POST', '/api/auth/two-factor/verify-totp', { code: '000000' });
    expect(wrong.status).toBe(400);
    expect(wrong.body.detail).toContain('code is not right');
    expect((await person.send('POST', '/api/auth/two-factor/verify-totp', { code: createOTP(totpURI) })).status).toBe(200);
    expect((await person.get('/me')).status).toBe(200);
    await person.send('POST', '/api/auth/sign-out', {});

    await enter();
    expect((await person.send('POST', '/api/auth/two-factor/verify-backup-code', { code: backupCodes[0] })).status).toBe(200);
    await person.send('POST', '/api/auth/sign-out', {});
    await enter();
    expect((await person.send('POST', '/api/auth/two-factor/verify-backup-code', { code: backupCodes[0] })).status).toBe(400);
    expect((await person.send('POST', '/api/auth/two-factor/verify-backup-code', { code: backupCodes[1] })).status).toBe(200);
    expect((await person.send('POST', '/api/auth/two-factor/disable', { password: OWNER.password })).status).toBe(200);
  });

  it('is recovered by mail: the link works once, ends the sessions, and the person is told', async () => {
    const known = await server.visitor().send('POST', '/api/auth/request-password-reset', { email: OWNER.email });
    const unknown = await server.visitor().send('POST', '/api/auth/request-password-reset', { email: 'nadie@example.com' });
    expect(unknown.body).toEqual(known.body);

    const letter = await mailbox.next();
    expect(letter).toMatchObject({ subject: 'Restablece tu contraseña de Vínculo', to: [{ address: OWNER.email }] });
    expect(letter.text).toContain(`Hola, ${OWNER.name}:`);
    const link = new URL(/https?:\/\/\S+token=\S+/.exec(letter.text!)![0]);
    expect(link.pathname).toBe('/reset-password');
    expect(letter.html).toContain(link.href);
    const token = link.searchParams.get('token');

    const changed = await server.visitor().send('POST', '/api/auth/reset-password', { token, newPassword: 'contraseña recién hecha' });
    expect(changed.status).toBe(200);
    expect((await server.owner.get('/me')).status).toBe(401);
    expect((await mailbox.next()).subject).toBe('Tu contraseña de Vínculo ha cambiado');
    const again = await server.visitor().send('POST', '/api/auth/reset-password', { token, newPassword: 'contraseña recién hecha' });
    expect(again.status).toBe(400);

    expect((await server.owner.send('POST', '/api/auth/sign-in/email', { email: OWNER.email, password: OWNER.password })).status).toBe(401);
    expect(
      (await server.owner.send('POST', '/api/auth/sign-in/email', { email: OWNER.email, password: 'contraseña recién hecha' })).status,
    ).toBe(200);
  });

  it('is written down, also when it fails', async () => {
    const { body } = await server.owner.get('/audit?action=user');
    const actions = (body.items as { action: string }[]).map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(['user.signed_in', 'user.sign_in_failed', 'user.two_factor_enabled', 'user.password_changed']),
    );
    expect(JSON.stringify(body)).not.toContain('nadie@example.com');
  });
});
