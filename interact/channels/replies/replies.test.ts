// Coupons that come back and forms typed, over the API: a code counts once, and what is taken back is as if it had never been.
import { inflateSync } from 'node:zlib';
import { serve, type Served } from '@vinculo/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestChannels, testChannels } from '../channels.fixture.ts';
import { part as entries } from '../entries/part.ts';
import { printed } from './code.ts';
import { makeCodes } from './issue-codes.ts';
import { part } from './part.ts';
import { tellReplies } from './tell-replies.ts';

const CLERK = ['customer.read', 'customer.read_personal', 'customer.write', 'contact.write', 'source.write', 'job.read'];
const MAY = { clerk: CLERK, other: CLERK, boss: [...CLERK, 'customer.export'], analyst: ['customer.read'] };
const QUIET = { signal: new AbortController().signal, progress: async () => {} };
let file: TestChannels;
let served: Served;
let people: { customer: string; record: string }[];

beforeAll(async () => {
  file = await testChannels();
  served = await serve(file, [entries, part], { may: MAY, jobs: [entries, part], idle: ['identity.unify'] });
  people = [];
  for (const [given, surname] of [
    ['Marta', 'Ibáñez'],
    ['Pedro', 'Zubizarreta'],
    ['Lucía', 'Peñalver'],
    ['Unai', 'Etxaniz'],
  ] as const)
    people.push(await file.person(given, surname, { email: `${surname.toLowerCase().replace(/\W/g, '')}@correo.example` }));
});
afterAll(() => served?.close());

const ask: Served['ask'] = (...request) => served.ask(...request);
const CAMPAIGN = { key: 'otono', name: 'Otoño 2026' };

async function issue(more: object): Promise<{ id: string; codes: { code: string; record_id: string | null }[] }> {
  const made = await ask('clerk', 'POST', '/reply-issues', { name: 'Vale de otoño', campaign: CAMPAIGN, coupon: 'VALE5', ...more });
  expect(made.status).toBe(201);
  const { id } = made.body;
  await expect.poll(async () => (await ask('clerk', 'GET', `/reply-issues/${id}`)).body.state, { timeout: 30_000 }).toBe('ready');
  const { rows } = await sql<{ code: string; record_id: string | null }>`
    select code, record_id from reply_code where issue_id = ${id} order by n`.execute(file.context.store.db);
  return { id, codes: rows };
}

const batch = async (more: object = {}): Promise<string> =>
  (await ask('clerk', 'POST', '/reply-batches', { kind: 'coupons', name: 'Buzón del lunes', ...more })).body.id;
const scan = (to: string, code: string, who = 'clerk') => ask(who, 'POST', `/reply-batches/${to}/codes`, { code });
const redemptions = (record: string) =>
  file.context.warehouse.rows<{ coupon: string; campaign: string }>(
    'select coupon_key as coupon, campaign_key as campaign from redemption final where record_id = {record:UUID}',
    { record },
  );
const answers = (record: string) =>
  file.context.warehouse.rows<{ campaign: string; response: string; channel: string }>(
    'select campaign_key as campaign, response, channel from campaign_contact final where record_id = {record:UUID} order by occurred_at',
    { record },
  );

describe('codes', () => {
  it('are one for each customer, however often the making is begun, and tell that a coupon was sent', async () => {
    const { id, codes } = await issue({ customers: people.slice(0, 2).map(({ customer }) => customer) });
    expect(new Set(codes.map(({ record_id }) => record_id))).toEqual(new Set(people.slice(0, 2).map(({ record }) => record)));
    // Killed after half, it is begun anew with everybody, and one more.
    await makeCodes(file.context, { issue: id, customers: people.slice(0, 3).map(({ customer }) => customer) }, QUIET);
    const { rows } = await sql<{ code: string }>`select code from reply_code where issue_id = ${id}`.execute(file.context.store.db);
    expect(rows).toHaveLength(3);
    expect(rows.map(({ code }) => code)).toEqual(expect.arrayContaining(codes.map(({ code }) => code)));
    expect(await answers(people[0]!.record)).toEqual([{ campaign: 'otono', response: '', channel: 'post' }]);
    const [campaign] = await file.context.warehouse.rows("select name from campaign final where campaign_key = 'otono'");
    expect(campaign).toEqual({ name: 'Otoño 2026' });
  });

  it('for nobody in particular are as many as asked', async () => {
    const { codes } = await issue({ count: 2_345 });
    expect(codes).toHaveLength(2_345);
    expect(new Set(codes.map(({ record_id }) => record_id))).toEqual(new Set([null]));
  });

  it('want an audience, one', async () => {
    const both = { name: 'x', campaign: CAMPAIGN, coupon: 'x', count: 3, customers: [people[0]!.customer] };
    expect((await ask('clerk', 'POST', '/reply-issues', both)).body.code).toBe('VIN_REQUEST_INVALID');
    expect((await ask('analyst', 'POST', '/reply-issues', both)).status).toBe(403);
  });

  it('are printed: a file with whose each is, and labels in both symbols with as many pages as they take', async () => {
    const { id, codes } = await issue({ count: 30 });
    const get = (path: string) =>
      served.app.inject({ url: `/api/v1/reply-issues/${id}/${path}`, headers: { 'x-who': 'boss', 'accept-language': 'es' } });
    const lines = (await get('codes')).body.trim().split('\r\n');
    expect(lines).toHaveLength(31);
    expect(lines[1]).toContain(`${printed(codes[0]!.code)};${codes[0]!.code}`);
    for (const symbol of ['code128', 'qr']) {
      const reply = await get(`labels?symbol=${symbol}`);
      expect(reply.statusCode).toBe(200);
      expect(reply.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
      expect(reply.body.match(/\/Type \/Page\b/g)).toHaveLength(2);
      expect(textOf(reply.rawPayload)).toContain(printed(codes[29]!.code));
    }
    expect((await ask('clerk', 'GET', `/reply-issues/${id}/codes`)).status).toBe(403);
  });
});

/** What a PDF of built-in faces writes, out of its streams. */
function textOf(pdf: Buffer): string {
  const raw = pdf.toString('latin1');
  let text = '';
  for (const [, stream] of raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)) {
    try {
      const content = inflateSync(Buffer.from(stream!, 'latin1')).toString('latin1');
      for (const [, hex] of content.matchAll(/<([0-9a-f]+)>/g)) text += Buffer.from(hex!, 'hex').toString('latin1');
    } catch {
      // Not every stream is text.
    }
  }
  return text;
}

describe('a coupon', () => {
  it('scanned counts at once: redeemed, and an answer to its campaign', async () => {
    const { codes } = await issue({ name: 'Uno', campaign: { key: 'uno', name: 'Uno' }, customers: [people[0]!.customer] });
    const to = await batch();
    const reply = await scan(to, printed(codes[0]!.code).toLowerCase());
    expect(reply).toMatchObject({
      status: 201,
      body: { outcome: 'ok', n: 1, customer: { id: people[0]!.customer }, coupon: 'VALE5', campaign: 'Uno' },
    });
    expect(await redemptions(people[0]!.record)).toContainEqual({ coupon: 'VALE5', campaign: 'uno' });
    expect(await answers(people[0]!.record)).toContainEqual({ campaign: 'uno', response: 'coupon', channel: 'post' });
  });

  it('counts once, also through many hands at the same moment', async () => {
    const { codes } = await issue({ name: 'Dos', campaign: { key: 'dos', name: 'Dos' }, customers: [people[1]!.customer] });
    const [one, two] = [await batch({ name: 'A' }), await batch({ name: 'B' })];
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, n) => scan(n % 2 ? one : two, codes[0]!.code, n % 3 ? 'clerk' : 'other')),
    );
    const seen = outcomes.map(({ body }) => body.outcome);
    expect(seen.toSorted()).toEqual(['ok', ...Array.from({ length: 7 }, () => 'used')]);
    expect(outcomes.find(({ body }) => body.outcome === 'used')!.body.earlier).toMatchObject({ batch: expect.stringMatching(/^[AB]$/) });
    expect((await redemptions(people[1]!.record)).filter(({ campaign }) => campaign === 'dos')).toHaveLength(1);
  });

  it('that is no code of ours, read badly, of nobody, or out of date waits in the tray and is settled there', async () => {
    const open = await issue({ name: 'Tres', campaign: { key: 'tres', name: 'Tres' }, count: 2 });
    const old = await issue({
      name: 'Viejo',
      campaign: { key: 'viejo', name: 'Viejo' },
      customers: [people[2]!.customer],
      validUntil: '2020-01-01',
    });
    const to = await batch();
    const wrong = `${open.codes[0]!.code.slice(0, 9)}${open.codes[0]!.code[9] === 'X' ? 'Y' : 'X'}`;
    const replies = [await scan(to, wrong), await scan(to, open.codes[1]!.code), await scan(to, old.codes[0]!.code)];
    expect(replies.map(({ body }) => body.outcome)).toEqual(['misread', 'nobody', 'expired']);
    const tray = await ask('clerk', 'GET', '/replies?tray=yes');
    expect(tray.body.items.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(replies.map(({ body }) => body.id)));

    const settle = (n: number, body: object) => ask('clerk', 'POST', `/replies/${replies[n]!.body.id}/resolve`, body);
    expect((await settle(0, { customer: people[3]!.customer })).body.code).toBe('VIN_REQUEST_INVALID');
    expect((await settle(0, { customer: people[3]!.customer, issue: open.id })).body).toMatchObject({
      outcome: 'ok',
      customer: { id: people[3]!.customer },
    });
    expect((await settle(1, { discard: true })).body.outcome).toBe('discarded');
    expect((await settle(1, { discard: false })).body.outcome).toBe('nobody');
    expect((await settle(1, { customer: people[3]!.customer })).body.outcome).toBe('ok');
    expect((await settle(2, { accept: true })).body.outcome).toBe('ok');
    expect((await settle(2, { accept: true })).body.code).toBe('VIN_REPLY_CONFLICT');
    expect((await redemptions(people[3]!.record)).filter(({ campaign }) => campaign === 'tres')).toHaveLength(2);
    expect(await redemptions(people[2]!.record)).toContainEqual({ coupon: 'VALE5', campaign: 'viejo' });
  });

  it('taken back is not redeemed, is still sent, and may count again', async () => {
    const { codes } = await issue({ name: 'Cuatro', campaign: { key: 'cuatro', name: 'Cuatro' }, customers: [people[2]!.customer] });
    const to = await batch();
    const { body } = await scan(to, codes[0]!.code);
    expect((await ask('other', 'POST', `/replies/${body.id}/undo`, {})).body.undone).toBe(true);
    expect((await redemptions(people[2]!.record)).filter(({ campaign }) => campaign === 'cuatro')).toEqual([]);
    expect((await answers(people[2]!.record)).filter(({ campaign }) => campaign === 'cuatro')).toEqual([
      { campaign: 'cuatro', response: '', channel: 'post' },
    ]);
    expect((await scan(to, codes[0]!.code)).body.outcome).toBe('ok');
  });

  it('of a batch taken back is taken back with it, and the batch takes no more', async () => {
    const { codes } = await issue({
      name: 'Cinco',
      campaign: { key: 'cinco', name: 'Cinco' },
      customers: people.map(({ customer }) => customer),
    });
    const to = await batch();
    for (const { code } of codes) await scan(to, code);
    await scan(to, 'nada');
    expect((await ask('clerk', 'GET', `/reply-batches/${to}`)).body.counts).toEqual({ all: 5, ok: 4, used: 0, tray: 1 });
    expect((await ask('clerk', 'POST', `/reply-batches/${to}/undo`, {})).body).toEqual({ undone: 5 });
    for (const { record } of people) expect((await redemptions(record)).filter(({ campaign }) => campaign === 'cinco')).toEqual([]);
    expect((await scan(to, codes[0]!.code)).body.code).toBe('VIN_REPLY_CONFLICT');
    const again = await batch();
    expect((await scan(again, codes[0]!.code)).body.outcome).toBe('ok');
  });

  it('is told by whoever comes after a crash, once', async () => {
    const { codes } = await issue({ name: 'Seis', campaign: { key: 'seis', name: 'Seis' }, customers: [people[0]!.customer] });
    const { body } = await scan(await batch(), codes[0]!.code);
    // As a process leaves it that was killed between the commit and the telling, and between the telling and its note.
    await sql`update reply set told_at = null where id = ${body.id}`.execute(file.context.store.db);
    expect(await tellReplies(file.context)).toBe(1);
    expect((await redemptions(people[0]!.record)).filter(({ campaign }) => campaign === 'seis')).toHaveLength(1);
  });
});

describe('a form', () => {
  const consents = [
    { purpose: 'marketing', channel: 'email', words: 'Acepto recibir ofertas' },
    { purpose: 'profiling', channel: 'any', words: '' },
  ];
  let template: string;
  let to: string;
  const typed = (fields: object, more: object = {}, who = 'clerk') => ask(who, 'POST', `/reply-batches/${to}/forms`, { fields, ...more });
  const customers = async (q: string) =>
    (
      await sql<{ id: string }>`select id from customer where merged_into is null and search @@ ${`'${q}'`}::tsquery`.execute(
        file.context.store.db,
      )
    ).rows;

  beforeAll(async () => {
    const made = await ask('clerk', 'POST', '/reply-templates', {
      name: 'Feria de mayo',
      fields: ['full_name', 'mobile', 'email', 'notes'],
      consents,
    });
    expect(made.status).toBe(201);
    template = made.body.id;
    to = await batch({ kind: 'forms', name: 'Urna 1', template, receivedOn: '2026-05-04' });
  });

  it('becomes a customer of the form’s own source, with the consents ticked and the sheet that proves them', async () => {
    const reply = await typed(
      { full_name: 'Nekane Urkullu Sanz', mobile: '655112233', email: 'nekane@correo.example', notes: 'Le gusta el té' },
      { consents: ['marketing'] },
    );
    expect(reply.body).toMatchObject({ created: true, alike: [], invalid: [], saved: { n: 1, outcome: 'ok', consents: ['marketing'] } });
    const { rows } = await sql<{ purpose: string; channel: string; proof: string; granted: boolean; at: Date; label: string }>`
      select c.purpose, c.channel, c.proof, c.granted, c.occurred_at as at, s.label
        from consent c join source_record r on r.id = c.record_id join source s on s.id = r.source_id join link l on l.record_id = r.id
       where l.customer_id = ${reply.body.saved.customer.id}`.execute(file.context.store.db);
    expect(rows).toEqual([
      {
        purpose: 'marketing',
        channel: 'email',
        granted: true,
        proof: 'Feria de mayo · Urna 1 · 1: Acepto recibir ofertas',
        at: new Date('2026-05-04T12:00:00Z'),
        label: 'Feria de mayo',
      },
    ]);
    const contacts = await file.context.warehouse.rows('select channel, topic, text from contact final where contact_id = {id:UUID}', {
      id: reply.body.saved.id,
    });
    expect(contacts).toEqual([{ channel: 'post', topic: 'Feria de mayo', text: 'Le gusta el té' }]);
  });

  it('like one of the batch is asked about first, by its number, e-mail or name in whatever order', async () => {
    for (const [fields, same] of [
      [{ full_name: 'Otra Persona', mobile: '+34 655 11 22 33' }, ['phone']],
      [{ full_name: 'urkullu sanz nekane' }, ['name']],
      [{ email: 'NEKANE@correo.example' }, ['email']],
    ] as const)
      expect((await typed(fields)).body).toMatchObject({ saved: null, alike: [{ n: 1, name: 'Nekane Urkullu Sanz', same }] });
    expect((await typed({ full_name: 'Nekane Urkullu Sanz', mobile: '655998877' }, { again: true })).body.saved).toMatchObject({ n: 2 });
    expect((await typed({ full_name: 'Nadie Parecido' })).body.saved).toMatchObject({ n: 3 });
  });

  it('that says nothing of anybody, or comes to a closed batch, is refused', async () => {
    expect((await typed({ notes: 'hola' })).body.code).toBe('VIN_REQUEST_INVALID');
    expect((await typed({ full_name: 'x' }, {}, 'analyst')).status).toBe(403);
    await ask('clerk', 'POST', `/reply-batches/${to}/close`, {});
    expect((await typed({ full_name: 'Tarde Llega' })).body.code).toBe('VIN_REPLY_CONFLICT');
    expect(await customers('tarde')).toEqual([]);
    await ask('clerk', 'POST', `/reply-batches/${to}/reopen`, {});
  });

  it('keeps what is not valid and says so; personal values are hidden from whoever may not see them', async () => {
    expect((await typed({ full_name: 'Con Fallo', email: 'sin-arroba', mobile: '677001122' })).body.invalid).toEqual(['email']);
    const seen = await ask('analyst', 'GET', `/replies?batch=${to}`);
    expect(seen.body.items[0].fields).toEqual({ full_name: 'Con Fallo', email: '•••', mobile: '•••122' });
  });

  it('taken back takes its person, consents and contact along', async () => {
    const { body } = await typed({ full_name: 'Fugaz Arribas', mobile: '644332211' }, { consents: ['marketing', 'profiling'] });
    const { rows } = await sql<{ record: string }>`select record_id as record from reply where id = ${body.saved.id}`.execute(
      file.context.store.db,
    );
    expect(await customers('fugaz')).toHaveLength(1);
    await ask('other', 'POST', `/replies/${body.saved.id}/undo`, {});
    expect(await customers('fugaz')).toEqual([]);
    const left = await sql`select from consent where record_id = ${rows[0]!.record}`.execute(file.context.store.db);
    expect(left.rows).toEqual([]);
    expect(await file.context.warehouse.rows('select 1 from contact final where contact_id = {id:UUID}', { id: body.saved.id })).toEqual(
      [],
    );
  });

  it('forms are put away, not deleted; a name is one form’s', async () => {
    expect((await ask('clerk', 'POST', '/reply-templates', { name: 'feria DE mayo', fields: ['email'] })).status).toBe(409);
    expect((await ask('clerk', 'PATCH', `/reply-templates/${template}`, { archived: true })).body.archived).toBe(true);
    expect((await ask('clerk', 'POST', '/reply-batches', { kind: 'forms', name: 'x', template })).status).toBe(404);
  });
});
