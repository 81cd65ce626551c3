// Mailboxes watched as the server does it: mails within seconds, servers that go and come, passwords that are wrong.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stop } from '@vinculo/http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BOSS, PASSWORD, type TestMail, testMail } from './mailbox.fixture.ts';
import { changeMailbox, setMailboxDeleted, tryMailbox } from './mailboxes.ts';
import { mail } from './mails.fixture.ts';
import { watchMailboxes } from './watch-mailboxes.ts';

let file: TestMail;
let stop: Stop | undefined;

beforeAll(async () => {
  file = await testMail();
  stop = watchMailboxes(file.context);
});
afterAll(async () => {
  await stop?.();
  await file?.close();
});

const until = (read: () => Promise<unknown>) => expect.poll(read, { timeout: 30_000, interval: 30 });

describe('a mailbox that is watched', () => {
  it('gives a mail within two seconds of its arrival', async () => {
    const box = await file.mailbox();
    await until(async () => (await box.row()).state).toBe('connected');
    // Two, for the second arrives while nothing else happens.
    for (const subject of ['first', 'second']) {
      await sleep(300);
      const before = Date.now();
      await box.deliver(mail({ subject }));
      await until(async () => (await box.letters()).map(({ topic }) => topic)).toContain(subject);
      expect(Date.now() - before).toBeLessThan(2_000);
    }
  });

  it('is not read any more once it is taken away, nor when it is off, and goes on where it was', async () => {
    const box = await file.mailbox();
    await box.deliver(mail({ subject: 'one' }));
    await until(async () => (await box.letters()).length).toBe(1);
    await setMailboxDeleted(file.context, BOSS, box.id, true);
    await sleep(3_000);
    await box.deliver(mail({ subject: 'two' }));
    await sleep(2_500);
    expect(await box.letters()).toHaveLength(1);
    await setMailboxDeleted(file.context, BOSS, box.id, false);
    await until(async () => (await box.letters()).length).toBe(2);
  });

  it('is found again when its server went away', async () => {
    const box = await file.mailbox();
    await until(async () => (await box.row()).state).toBe('connected');
    await file.server.pause();
    await until(async () => (await box.row()).state).toBe('failing');
    expect((await box.row()).error?.code).toMatch(/^VIN_MAILBOX_(UNREACHABLE|BROKEN)$/);
    await file.server.resume();
    await box.deliver(mail({ subject: 'afterwards' }));
    await until(async () => (await box.letters()).length).toBe(1);
    await until(() => box.row()).toMatchObject({ state: 'connected', error: null, failures: 0 });
  });
});

describe('a wrong password', () => {
  it('is told clearly, tried once and not again for a quarter of an hour; the right one works at once', async () => {
    const refusals = await file.server.refusals();
    const box = await file.mailbox({ password: 'otra' });
    await until(async () => (await box.row()).state).toBe('refused');
    const row = await box.row();
    expect(row.error).toMatchObject({ code: 'VIN_MAILBOX_REFUSED', params: { host: '127.0.0.1' } });
    expect(row.next_try_at!.getTime() - Date.now()).toBeGreaterThan(14 * 60_000);
    await sleep(6_000);
    expect(await file.server.refusals()).toBe(refusals + 1);
    await box.deliver(mail());
    await changeMailbox(file.context, BOSS, box.id, { password: PASSWORD });
    await until(async () => (await box.letters()).length).toBe(1);
  });
});

describe('settings tried before they are saved', () => {
  const settings = (more: object = {}) => ({
    host: file.server.host,
    port: file.server.port,
    security: 'none' as const,
    certificate: '',
    username: 'prueba@empresa.example',
    folder: 'INBOX',
    after: 'leave' as const,
    moveTo: '',
    since: '2020-01-01',
    password: PASSWORD,
    ...more,
  });
  beforeAll(async () => {
    await file.server.addUser('prueba@empresa.example', PASSWORD);
    await file.server.deliver('prueba@empresa.example', mail());
    await file.server.deliver('prueba@empresa.example', mail(), 'Clientes');
  });

  it('say what is there', async () => {
    expect(await tryMailbox(file.context, settings())).toEqual({ folders: expect.arrayContaining(['INBOX', 'Clientes']), mails: 1 });
  });

  it('over TLS: a certificate that the server made itself is refused until somebody says it is theirs', async () => {
    const tls = { port: file.server.tlsPort, security: 'tls' as const };
    await expect(tryMailbox(file.context, settings(tls))).rejects.toMatchObject({ code: 'VIN_MAILBOX_CERTIFICATE' });
    const { certificate } = file.server;
    expect(await tryMailbox(file.context, settings({ ...tls, certificate }))).toMatchObject({ mails: 1 });
    expect(await tryMailbox(file.context, settings({ security: 'starttls', certificate }))).toMatchObject({ mails: 1 });
  });

  it.each([
    ['a wrong password', { password: 'otra' }, 'VIN_MAILBOX_REFUSED'],
    ['a port where nobody listens', { port: 1 }, 'VIN_MAILBOX_UNREACHABLE'],
    ['a name nobody has', { host: 'no-existe.invalid' }, 'VIN_MAILBOX_UNREACHABLE'],
    ['TLS where none is spoken', { security: 'tls' }, 'VIN_MAILBOX_SECURITY'],
    ['a folder that is not there', { folder: 'Perdida' }, 'VIN_MAILBOX_FOLDER'],
  ])('%s is told for what it is', async (_, more, code) => {
    await expect(tryMailbox(file.context, settings(more))).rejects.toMatchObject({ code });
  });

  it('a kept password goes to no other server than its own', async () => {
    const box = await file.mailbox();
    const kept = settings({ mailboxId: box.id, username: box.user, password: undefined });
    expect(await tryMailbox(file.context, kept)).toMatchObject({ mails: 0 });
    await expect(tryMailbox(file.context, { ...kept, host: 'localhost' })).rejects.toMatchObject({ code: 'VIN_REQUEST_INVALID' });
  });
});
