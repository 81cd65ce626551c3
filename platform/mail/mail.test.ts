import { once } from 'node:events';
import { readdir, readFile, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { silent } from '@vinculo/config';
import { SYSTEM } from '@vinculo/postgres';
import { type TestStores, testStores } from '@vinculo/testing';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from './compose.ts';
import { mailMigrations, type MailMessage, openMail } from './index.ts';

const message: MailMessage = {
  to: 'ana@example.com',
  template: 'invitation',
  language: 'es',
  data: {
    link: 'https://crm.example/invitation?token=a&b=<c>',
    company: 'Muñoz & Hijos',
    inviter: '<b>Eva</b>\nBcc: x@y.z',
    role: 'Ventas',
    days: 7,
  },
};

describe('a mail', () => {
  it('is whole in both languages, as HTML and as text', async () => {
    for (const language of ['es', 'en'] as const) {
      for (const template of ['invitation', 'reset-password', 'password-changed'] as const) {
        const { subject, html, text } = await compose(template, language, { ...message.data, minutes: 60, name: 'Ana' });
        for (const part of [subject, html, text]) expect(part).not.toMatch(/\{\{|\}\}|undefined|mail:|access:/);
        expect(text).toContain(message.data.link);
        expect(html).toContain(`lang="${language}"`);
      }
    }
  });

  it('lets nobody’s name become markup or another header', async () => {
    const { subject, html, text } = await compose('invitation', 'es', message.data);
    expect(subject).toBe('<b>Eva</b> Bcc: x@y.z te invita a Vínculo');
    expect(html).toContain('&lt;b&gt;Eva&lt;/b&gt;');
    expect(html).toContain('Muñoz &amp; Hijos');
    expect(html).toContain('href="https://crm.example/invitation?token=a&amp;b=&lt;c&gt;"');
    expect(text).toContain('Muñoz & Hijos');
  });
});

describe('sending', () => {
  let stores: TestStores;
  const letters: Buffer[] = [];
  let refuse = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      refuse-- > 0 ? done(Object.assign(new Error('ana@example.com is busy'), { responseCode: 451 })) : done(),
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        letters.push(Buffer.concat(chunks));
        done();
      });
    },
  });
  beforeAll(async () => {
    stores = await testStores({ migrations: [mailMigrations] });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
  });
  afterAll(async () => {
    server.close();
    await stores.close();
  });

  const open = (smtpUrl?: string) =>
    openMail({ config: { ...stores.config, smtpUrl }, store: stores.store, log: silent, enqueue: async () => {} });
  const smtpUrl = () => `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const row = async (id: string) =>
    (await stores.store.pool.query('select state, attempts, error, data from mail where id = $1', [id])).rows[0];

  it('reaches a real SMTP server, once, and then forgets what it said', async () => {
    const mail = open(smtpUrl());
    const id = await stores.store.transaction(SYSTEM, (tx) => mail.send(tx, message));
    expect(await mail.deliver(id)).toEqual({ state: 'sent' });
    expect(await mail.deliver(id)).toEqual({ state: 'gone' });
    expect(letters).toHaveLength(1);
    expect(await PostalMime.parse(letters[0]!)).toMatchObject({
      to: [{ address: 'ana@example.com' }],
      text: expect.stringContaining('Muñoz & Hijos'),
    });
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 1, data: null });
    mail.close();
  });

  it('takes files with it, whole, and forgets them too', async () => {
    const mail = open(smtpUrl());
    const content = Buffer.from(Array.from({ length: 5000 }, (_, n) => n % 251));
    const id = await stores.store.transaction(SYSTEM, (tx) =>
      mail.send(tx, { ...message, attachments: [{ name: 'Año 2026.pdf', contentType: 'application/pdf', content }] }),
    );
    await mail.deliver(id);
    const [file] = (await PostalMime.parse(letters.pop()!)).attachments;
    expect(file).toMatchObject({ filename: 'Año 2026.pdf', mimeType: 'application/pdf' });
    expect(Buffer.from(file!.content as ArrayBuffer).equals(content)).toBe(true);
    expect((await stores.store.pool.query('select 1 from mail_attachment')).rowCount).toBe(0);
    mail.close();
  });

  it('that fails for now says why without the address, and works at the next try', async () => {
    const mail = open(smtpUrl());
    refuse = 1;
    const id = await stores.store.transaction(SYSTEM, (tx) => mail.send(tx, message));
    await expect(mail.deliver(id)).rejects.toThrow(/^(?!.*ana@).*451/);
    expect(await row(id)).toMatchObject({ state: 'failed', error: expect.stringContaining('451') });
    expect(await mail.deliver(id)).toEqual({ state: 'sent' });
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2, error: null });
    mail.close();
  });

  it('does not happen when the transaction that asked for it is undone', async () => {
    const mail = open(smtpUrl());
    let id = '';
    await stores.store
      .transaction(SYSTEM, async (tx) => {
        id = await mail.send(tx, message);
        throw new Error('undone');
      })
      .catch(() => {});
    expect(await mail.deliver(id)).toEqual({ state: 'gone' });
    mail.close();
  });

  it('without a server keeps a letter any mail program opens, for the owner’s eyes only', async () => {
    const mail = open();
    expect(mail.configured).toBe(false);
    const id = await stores.store.transaction(SYSTEM, (tx) => mail.send(tx, message));
    expect(await mail.deliver(id)).toEqual({ state: 'kept' });
    const folder = join(stores.config.dataFolder, 'mail_outbox');
    expect(await readdir(folder)).toEqual([`${id}.eml`]);
    expect((await stat(join(folder, `${id}.eml`))).mode & 0o077).toBe(0);
    const letter = await PostalMime.parse(await readFile(join(folder, `${id}.eml`)));
    expect(letter.text).toContain(message.data.link);
  });
});
