// Letters, faxes and mails over the API: registered with their scans, sorted in the tray, taken back, read only by who may.
import { mkdir, readdir, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve, type Served } from '@vinculo/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestChannels, testChannels } from '../channels.fixture.ts';
import { takeMail } from '../mailbox/take-mail.ts';
import type { MailboxRow } from '../mailbox/mailbox-row.ts';
import { cleanDocuments } from './clean-documents.ts';
import { part } from './part.ts';
import { makeScanFolders, scanFolders, takeScans } from './scan-folders.ts';

const WRITER = ['contact.write', 'customer.read', 'customer.read_personal', 'customer.export'];
const MAY = { sonia: WRITER, tomas: WRITER, analyst: ['customer.read'], stranger: [] };
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF');
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

let file: TestChannels;
let served: Served;
let marta: { customer: string; record: string };
let pedro: { customer: string; record: string };
const audited: { action: string; id: string; by: string }[] = [];

beforeAll(async () => {
  file = await testChannels();
  served = await serve(file, [part], { may: MAY, idle: ['identity.unify'] });
  served.app.setAuditor(async ({ action, subject, actor }) => void audited.push({ action, id: subject.id, by: actor.id }));
  marta = await file.person('Marta', 'Ibáñez', { email: 'marta@correo.example' });
  pedro = await file.person('Pedro', 'Zubizarreta', { mobile: '655010203' });
});
afterAll(() => served?.close());

const ask: Served['ask'] = (...request) => served.ask(...request);

async function upload(content: Buffer, name: string, who = 'sonia') {
  const boundary = 'frontera';
  const payload = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ),
    content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const reply = await served.app.inject({
    method: 'POST',
    url: '/api/v1/letters/documents',
    headers: { 'x-who': who, 'accept-language': 'es', 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload,
  });
  return { status: reply.statusCode, body: reply.json() as { id: string; code: string; mediaType: string; size: number; shown: string } };
}

const get = (url: string, who = 'sonia') => served.app.inject({ url: `/api/v1${url}`, headers: { 'x-who': who } });
const letter = (more: object = {}) => ({
  kind: 'post',
  receivedOn: '2026-03-02',
  topic: 'Reclamación',
  senderName: 'Marta Ibáñez',
  ...more,
});
const register = async (more: object = {}, who = 'sonia') =>
  (await ask<{ id: string; number: string }>(who, 'POST', '/letters', letter(more))).body;
const facts = (record: string) =>
  file.context.warehouse.rows<{ id: string; channel: string; topic: string }>(
    `select toString(contact_id) as id, channel, topic from contact final where record_id = {record:UUID}`,
    { record },
  );

let mails = 0;
/** A mail that came, as the reader of mailboxes leaves it. */
async function came(
  from: string,
  more: { subject?: string; html?: string; refersTo?: string[]; messageId?: string } = {},
): Promise<string> {
  const box = { id: '01930000-0000-7000-8000-0000000000aa', name: 'Tienda' } as MailboxRow;
  const message = {
    headers: new Map([['from', from]]),
    from: { name: '', address: from },
    recipients: [],
    subject: more.subject ?? `mail ${++mails}`,
    messageId: more.messageId ?? null,
    refersTo: more.refersTo ?? [],
    text: 'Hola\n\n-- \nfirma',
    html: more.html ?? null,
    cut: false,
    documents: [],
    report: '',
  };
  const key = crypto.randomUUID();
  expect(await takeMail(file.context, box, message, key, new Date('2026-03-03T09:00:00Z'))).toBe(true);
  const { rows } = await sql<{ id: string }>`select entry_id as id from letter where message_key = ${key}`.execute(file.context.store.db);
  return rows[0]!.id;
}

describe('a letter on paper', () => {
  it('gets the next number of its year and direction, without gaps', async () => {
    const first = await register();
    expect(first.number).toMatch(/^E-2026-\d{6}$/);
    const of = ({ number }: { number: string }) => Number(number.slice(-6));
    // One that fails takes no number.
    expect((await ask('sonia', 'POST', '/letters', letter({ documents: [crypto.randomUUID()] }))).status).toBe(404);
    const next = await Promise.all([register(), register(), register()]);
    expect(next.map(of).toSorted()).toEqual([of(first) + 1, of(first) + 2, of(first) + 3]);
    expect((await register({ direction: 'out' })).number).toBe('S-2026-000001');
    expect((await register({ receivedOn: '2025-12-31' })).number).toBe('E-2025-000001');
  });

  it('of a customer is on their timeline at once, with its pages in order', async () => {
    const pages = [(await upload(PNG, 'uno.png')).body.id, (await upload(PDF, 'dos.pdf')).body.id];
    const { id, number } = await register({
      customerId: marta.customer,
      form: 'claim',
      note: 'Pide que le devuelvan el dinero',
      documents: pages,
    });
    expect((await facts(marta.record)).find((fact) => fact.id === id)).toMatchObject({ channel: 'post', topic: 'Reclamación' });
    const { body } = await ask('sonia', 'GET', `/letters/${id}`);
    expect(body).toMatchObject({
      number,
      state: 'assigned',
      form: 'claim',
      customer: { id: marta.customer, name: 'Marta Ibáñez' },
      note: 'Pide que le devuelvan el dinero',
    });
    expect(body.documents.map(({ name, shown }: { name: string; shown: string }) => [name, shown])).toEqual([
      ['uno.png', 'image'],
      ['dos.pdf', 'pdf'],
    ]);
  });

  it('sent twice with one key is registered once', async () => {
    const send = () => ask('sonia', 'POST', '/letters', letter(), { 'idempotency-key': 'la-misma' });
    const first = await send();
    expect(first.status).toBe(201);
    expect((await send()).body).toEqual(first.body);
  });

  it('is corrected, keeps its number, and is not corrected by whom it is not', async () => {
    const { id, number } = await register({ customerId: marta.customer });
    const changed = await ask('sonia', 'PATCH', `/letters/${id}`, { topic: 'Queja', form: 'claim', receivedOn: '2026-02-01' });
    expect(changed.body).toMatchObject({ topic: 'Queja', form: 'claim', number, receivedAt: '2026-02-01T11:00:00.000Z' });
    expect((await facts(marta.record)).find((fact) => fact.id === id)).toMatchObject({ topic: 'Queja' });
    expect((await ask('tomas', 'PATCH', `/letters/${id}`, { topic: 'x' })).body).toMatchObject({ code: 'VIN_CHANNEL_NOT_YOURS' });
  });

  it('deleted leaves the list and the timeline, and comes back', async () => {
    const { id } = await register({ customerId: marta.customer, topic: 'borrable' });
    const listed = async () => (await ask('sonia', 'GET', '/letters?search=borrable')).body.items.length;
    expect((await ask('sonia', 'DELETE', `/letters/${id}`)).status).toBe(204);
    expect([await listed(), (await facts(marta.record)).some((fact) => fact.id === id)]).toEqual([0, false]);
    expect((await ask('sonia', 'POST', `/letters/${id}/restore`)).body).toMatchObject({ deleted: false });
    expect([await listed(), (await facts(marta.record)).some((fact) => fact.id === id)]).toEqual([1, true]);
  });
});

describe('scans', () => {
  it('are what their bytes say: a program is refused, whatever it is called', async () => {
    expect(await upload(Buffer.from('MZ program'), 'carta.pdf')).toMatchObject({ status: 422, body: { code: 'VIN_LETTER_FILE' } });
    expect(await upload(Buffer.from('<html><script>'), 'carta.png')).toMatchObject({ status: 422 });
    expect(await upload(Buffer.concat([Buffer.from('%PDF-1.4'), Buffer.alloc(40 * 1024 * 1024)]), 'grande.pdf')).toMatchObject({
      status: 413,
      body: { code: 'VIN_LETTER_FILE_LARGE' },
    });
  });

  it('are shown where nothing can run, to who may, and that is written down', async () => {
    const { id: document } = (await upload(PDF, 'carta ñ: 1.pdf')).body;
    await register({ documents: [document] });
    const reply = await get(`/letters/documents/${document}`);
    expect(reply.rawPayload.equals(PDF)).toBe(true);
    expect(audited.at(-1)).toEqual({ action: 'letter.document', id: document, by: 'sonia' });
    expect(reply.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
    });
    expect(reply.headers['content-security-policy']).toContain("default-src 'none'");
    expect((await get(`/letters/documents/${document}?download=yes`)).headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''carta%20%C3%B1_%201.pdf`,
    });
    expect((await get(`/letters/documents/${document}`, 'analyst')).statusCode).toBe(403);
    expect((await get(`/letters/documents/${document}`, 'stranger')).statusCode).toBe(403);
  });

  it('in TIFF are shown as a PDF, and downloaded as they are; one that cannot be shown says so', async () => {
    // A strip of 8 by 1 dots, nothing but white.
    const fields = [256, 8, 257, 1, 258, 1, 259, 1, 262, 0, 273, 110, 278, 1, 279, 1];
    const tiff = Buffer.alloc(111);
    tiff.write('II*\0', 'latin1');
    tiff.writeUInt32LE(8, 4);
    tiff.writeUInt16LE(8, 8);
    for (let n = 0; n < 8; n++) {
      tiff.writeUInt16LE(fields[n * 2]!, 10 + n * 12);
      tiff.writeUInt16LE(4, 12 + n * 12);
      tiff.writeUInt32LE(1, 14 + n * 12);
      tiff.writeUInt32LE(fields[n * 2 + 1]!, 18 + n * 12);
    }
    const { id, shown } = (await upload(tiff, 'fax.tif')).body;
    expect(shown).toBe('pdf');
    const page = await get(`/letters/documents/${id}`);
    expect([page.headers['content-type'], page.body.startsWith('%PDF')]).toEqual(['application/pdf', true]);
    expect((await get(`/letters/documents/${id}?download=yes`)).rawPayload.equals(tiff)).toBe(true);
    const broken = (await upload(tiff.subarray(0, 60), 'roto.tif')).body.id;
    expect((await get(`/letters/documents/${broken}`)).body).toMatch(/navegador no puede|browser cannot/);
  });

  it('of one person are seen by no other before they are in a letter, nor put into one', async () => {
    const { id } = (await upload(PNG, 'mia.png')).body;
    expect((await get(`/letters/documents/${id}`)).statusCode).toBe(200);
    expect((await get(`/letters/documents/${id}`, 'tomas')).statusCode).toBe(404);
    expect((await ask('tomas', 'POST', '/letters', letter({ documents: [id] }))).status).toBe(404);
  });

  it('that no letter took are removed after a day, the others stay', async () => {
    const kept = (await upload(PNG, 'queda.png')).body.id;
    await register({ documents: [kept] });
    const loose = (await upload(Buffer.concat([PNG, Buffer.from('otra')]), 'sobra.png')).body.id;
    expect(await cleanDocuments(file.context)).toEqual({ documents: 0, files: 0 });
    const { files } = await cleanDocuments(file.context, new Date(Date.now() + 25 * 3_600_000));
    expect(files).toBeGreaterThan(0);
    expect((await get(`/letters/documents/${loose}`)).statusCode).toBe(404);
    expect((await get(`/letters/documents/${kept}`)).rawPayload.equals(PNG)).toBe(true);
  });

  it('put into the folder of the scanner wait in the tray, each once', async () => {
    await makeScanFolders(file.context.config);
    const { post, fax } = scanFolders(file.context.config);
    const old = new Date(Date.now() - 60_000);
    const put = async (folder: string, name: string, content: Buffer, at = old) => {
      await writeFile(join(folder, name), content);
      await utimes(join(folder, name), at, at);
    };
    await put(post, 'escáner 0001.pdf', PDF);
    await put(fax, '+34911234567.png', PNG);
    await put(post, 'no.exe', Buffer.from('MZ'));
    await put(post, 'llegando.pdf', PDF, new Date());
    expect(await takeScans(file.context)).toBe(2);
    expect(await takeScans(file.context)).toBe(0);
    const { items } = (await ask('sonia', 'GET', '/letters?state=waiting&limit=200')).body;
    const mine = items.filter(({ topic }: { topic: string }) => /escáner 0001|34911234567/.test(topic));
    expect(mine.map(({ kind, documents }: { kind: string; documents: number }) => [kind, documents]).toSorted()).toEqual([
      ['fax', 1],
      ['post', 1],
    ]);
    expect((await readdir(join(post, 'refused')))[0]).toMatch(/no\.exe$/);
    // As a process that was killed leaves it: the letter is there, the file was not moved on.
    const [taken] = await readdir(join(fax, 'taken'));
    await mkdir(join(fax, 'taking'), { recursive: true });
    await rename(join(fax, 'taken', taken!), join(fax, 'taking', taken!));
    await takeScans(file.context);
    expect(await readdir(join(fax, 'taken'))).toEqual([taken]);
    const again = (await ask('sonia', 'GET', '/letters?state=waiting&kind=fax&search=34911234567')).body.items;
    expect(again).toHaveLength(1);
  });
});

describe('the tray', () => {
  it('counts what waits, and gives a letter to a customer; undone, it waits again', async () => {
    const before = (await ask('sonia', 'GET', '/letters/counts')).body.waiting;
    const { id } = await register();
    expect((await ask('sonia', 'GET', '/letters/counts')).body.waiting).toBe(before + 1);
    expect((await ask('tomas', 'POST', `/letters/${id}/assign`, { customerId: pedro.customer })).body).toEqual({ letters: 1 });
    expect((await ask('sonia', 'GET', '/letters/counts')).body.waiting).toBe(before);
    expect((await facts(pedro.record)).some((fact) => fact.id === id)).toBe(true);
    expect((await ask('sonia', 'POST', `/letters/${id}/return`)).body).toEqual({ letters: 1 });
    expect((await facts(pedro.record)).some((fact) => fact.id === id)).toBe(false);
    expect((await ask('sonia', 'GET', `/letters/${id}`)).body).toMatchObject({ state: 'waiting', customer: null });
  });

  it('remembers a sender: those that wait and those that come are the customer’s; undone, none is', async () => {
    const [one, two] = [await came('zubi@trabajo.example'), await came('zubi@trabajo.example')];
    expect((await ask('sonia', 'GET', `/letters/${one}`)).body).toMatchObject({ why: 'unknown', alsoWaiting: 1, suggestions: [] });
    expect((await ask('sonia', 'POST', `/letters/${one}/assign`, { customerId: pedro.customer, remember: true })).body).toEqual({
      letters: 2,
    });
    const three = await came('zubi@trabajo.example');
    expect((await ask('sonia', 'GET', `/letters/${three}`)).body).toMatchObject({ state: 'assigned', customer: { id: pedro.customer } });
    expect((await ask('sonia', 'POST', `/letters/${one}/return`)).body).toEqual({ letters: 2 });
    expect((await ask('sonia', 'GET', `/letters/${two}`)).body).toMatchObject({ state: 'waiting', customer: null });
    expect((await ask('sonia', 'GET', `/letters/${await came('zubi@trabajo.example')}`)).body).toMatchObject({ state: 'waiting' });
  });

  it('sets strangers aside: a letter, an address, a domain; but no domain where everybody has an address', async () => {
    const spam = await came('oferta@ventas.example');
    const other = await came('otra@ventas.example');
    expect((await ask('sonia', 'POST', `/letters/${spam}/stranger`, { scope: 'domain' })).body).toEqual({ letters: 2 });
    expect((await ask('sonia', 'GET', `/letters/${other}`)).body.state).toBe('stranger');
    expect((await ask('sonia', 'GET', `/letters/${await came('nueva@ventas.example')}`)).body.state).toBe('stranger');
    // Whoever is a customer stays one, whatever was said of the others of the domain.
    const { customer } = await file.person('Elsa', 'Ventas', { email: 'elsa@ventas.example' });
    expect((await ask('sonia', 'GET', `/letters/${await came('elsa@ventas.example')}`)).body).toMatchObject({
      state: 'assigned',
      customer: { id: customer },
    });
    expect((await ask('sonia', 'POST', `/letters/${spam}/return`)).body).toEqual({ letters: 2 });
    expect((await ask('sonia', 'GET', `/letters/${await came('nueva@ventas.example')}`)).body.state).toBe('waiting');
    const mine = await came('alguien@gmail.com');
    expect((await ask('sonia', 'POST', `/letters/${mine}/stranger`, { scope: 'domain' })).body).toMatchObject({
      code: 'VIN_LETTER_DOMAIN',
    });
    expect((await ask('sonia', 'POST', `/letters/${mine}/stranger`, {})).body).toEqual({ letters: 1 });
  });

  it('suggests whose conversation it is', async () => {
    await came('marta@correo.example', { messageId: '<a@x.example>' });
    const answer = await came('marta.en.casa@otra.example', { refersTo: ['<a@x.example>'] });
    const { body } = await ask('sonia', 'GET', `/letters/${answer}`);
    expect(body.suggestions).toEqual([expect.objectContaining({ customerId: marta.customer, why: 'thread' })]);
    expect(body.thread).toHaveLength(2);
  });
});

describe('reading', () => {
  it('a mail: what is new, the rest folded; its layout in a page that can do nothing', async () => {
    const id = await came('marta@correo.example', { html: '<p>Hola</p><script>1</script><img src="https://rastro.example/p.gif">' });
    expect((await ask('sonia', 'GET', `/letters/${id}`)).body).toMatchObject({
      text: 'Hola',
      quoted: '-- \nfirma',
      hasHtml: true,
      remoteImages: true,
      opened: true,
    });
    const page = await get(`/letters/${id}/html`);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'.*sandbox/);
    expect(page.headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(page.body).toContain('<p>Hola</p>');
    expect(page.body).not.toMatch(/<script>|rastro/);
    const asked = await get(`/letters/${id}/html?images=yes`);
    expect([asked.body.includes('rastro'), String(asked.headers['content-security-policy']).includes('img-src data: https:')]).toEqual([
      true,
      true,
    ]);
    expect((await get(`/letters/${id}/html`, 'analyst')).statusCode).toBe(403);
  });

  it('without the right to personal data: that it exists, not what it says', async () => {
    const id = await came('marta@correo.example', { subject: 'secreto a voces', html: '<p>x</p>' });
    const { body } = await ask('analyst', 'GET', `/letters/${id}`);
    expect(body).toMatchObject({ hidden: true, text: '', quoted: '', hasHtml: false, senderAddress: 'm•••@correo.example', documents: [] });
    const { items } = (await ask('analyst', 'GET', '/letters?search=secreto')).body;
    expect(items[0]).toMatchObject({ senderAddress: 'm•••@correo.example', excerpt: '' });
    expect((await ask('analyst', 'POST', `/letters/${id}/return`)).status).toBe(403);
    expect((await ask('analyst', 'GET', '/letters/export')).status).toBe(403);
  });

  it('the list: by words without accents, by filters, page after page, each once', async () => {
    await register({ topic: 'Garantía del frigorífico', form: 'claim', senderName: 'Ángel Núñez' });
    const found = async (query: string) =>
      (await ask('sonia', 'GET', `/letters?${query}`)).body.items.map(({ topic }: { topic: string }) => topic);
    expect(await found('search=garantia%20nunez')).toEqual(['Garantía del frigorífico']);
    expect(await found('search=frigorifico&form=order')).toEqual([]);
    expect(await found('search=100%25')).toEqual([]);
    const all: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body }: { body: { items: { id: string }[]; next: string | null } } = await ask(
        'sonia',
        'GET',
        `/letters?limit=7${cursor && `&cursor=${cursor}`}`,
      );
      all.push(...body.items.map(({ id }) => id));
      cursor = body.next;
    }
    expect(new Set(all).size).toBe(all.length);
    expect((await ask('sonia', 'GET', '/letters/count')).body).toEqual({ count: all.length, exact: true });
    expect(
      (await ask('sonia', 'GET', `/letters?customer=${pedro.customer}&limit=200`)).body.items.every(
        (row: { customer: { id: string } }) => row.customer.id === pedro.customer,
      ),
    ).toBe(true);
  });

  it('the register as a file that a spreadsheet opens, and in which no cell is a formula', async () => {
    await register({ topic: '=HYPERLINK("http://x")', senderName: 'Con; punto' });
    const reply = await served.app.inject({
      url: '/api/v1/letters/export?search=hyperlink',
      headers: { 'x-who': 'sonia', 'accept-language': 'es' },
    });
    const [head, row] = reply.body.split('\r\n');
    expect(head).toBe('\ufeffNúmero;Fecha;Medio;Sentido;Tipo;Remitente;Dirección;Asunto;Cliente;Estado');
    expect(row).toMatch(/^E-2026-\d{6};2026-03-02 12:00;Carta;Entrada;Carta;"Con; punto";;"'=HYPERLINK\(""http:\/\/x""\)";;Por asignar$/);
  });
});
