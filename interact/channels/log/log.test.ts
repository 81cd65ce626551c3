// Calls and visits over the API, as people write them down and look for them.
import { serve, type Served } from '@vinculo/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestChannels, testChannels } from '../channels.fixture.ts';
import { part as entries } from '../entries/part.ts';
import { part } from './part.ts';

const SALES = ['customer.read', 'customer.read_personal', 'contact.write'];
const MAY = {
  eva: SALES,
  luis: SALES,
  boss: [...SALES, 'customer.write', 'customer.export'],
  analyst: ['customer.read', 'customer.export'],
};
let file: TestChannels;
let served: Served;
let marta: { customer: string; record: string };
let pedro: { customer: string; record: string };

beforeAll(async () => {
  file = await testChannels();
  served = await serve(file, [entries, part], { may: MAY, jobs: [entries], idle: ['identity.unify'] });
  await part.start!(file.context);
  await part.start!(file.context);
  marta = await file.person('Marta', 'Ibáñez', { mobile: '655010203' });
  pedro = await file.person('Pedro', 'Zubizarreta', { email: 'pedro@correo.example' });
});
afterAll(() => served?.close());

const ask: Served['ask'] = (...request) => served.ask(...request);
const call = (more: object = {}) => ({ kind: 'call', direction: 'in', customer: marta.customer, ...more });
const ids = (reply: { body: { items: { id: string }[] } }) => reply.body.items.map(({ id }) => id);

describe('writing down', () => {
  it('a call takes one request, and it is in the timeline when the answer comes', async () => {
    const made = await ask(
      'eva',
      'POST',
      '/contacts',
      call({ outcome: 'Resuelto', body: 'Cambia de talla', minutes: 3, phone: '+34655010203' }),
    );
    expect(made).toMatchObject({
      status: 201,
      body: {
        kind: 'call',
        outcome: 'Resuelto',
        minutes: 3,
        author: 'eva',
        mine: true,
        editable: true,
        customer: { id: marta.customer, name: 'Marta Ibáñez' },
      },
    });
    const [fact] = await file.context.warehouse.rows(
      'select toString(contact_id) as id, channel, outcome, text, agent from contact final where record_id = {record:UUID}',
      { record: marta.record },
    );
    expect(fact).toEqual({ id: made.body.id, channel: 'phone', outcome: 'Resuelto', text: 'Cambia de talla', agent: 'eva' });
  });

  it('is once however often it is sent', async () => {
    const key = { 'idempotency-key': 'one-call' };
    const one = await ask('eva', 'POST', '/contacts', call({ body: 'otra vez' }), key);
    const two = await ask('eva', 'POST', '/contacts', call({ body: 'otra vez' }), key);
    expect(two.body.id).toBe(one.body.id);
    expect((await ask('eva', 'GET', '/contacts/count?search=otra+vez')).body).toEqual({ count: 1, exact: true });
  });

  it('asks for the right to, and for a customer there is', async () => {
    expect((await ask('analyst', 'POST', '/contacts', call())).status).toBe(403);
    const nobody = await ask('eva', 'POST', '/contacts', call({ customer: '01930000-0000-7000-8000-00000000dead' }));
    expect(nobody).toMatchObject({ status: 404, body: { code: 'VIN_CUSTOMER_NOT_FOUND' } });
  });

  it('a call of nobody known waits to be somebody’s; its number is hidden from whoever may not see it', async () => {
    const made = (await ask('eva', 'POST', '/contacts', call({ customer: null, phone: '+34911223344' }))).body;
    expect(made).toMatchObject({ customer: null, phone: '+34911223344' });
    const seen = await ask('analyst', 'GET', '/contacts?known=no');
    expect(seen.body.items).toMatchObject([{ id: made.id, phone: '•••344', editable: false, mine: false }]);
    const known = await ask('eva', 'PATCH', `/contacts/${made.id}`, { customer: pedro.customer, version: made.version });
    expect(known.body).toMatchObject({ customer: { id: pedro.customer }, phone: '+34911223344', version: 2 });
    expect(ids(await ask('eva', 'GET', `/contacts?customer=${pedro.customer}`))).toEqual([made.id]);
  });

  it('is changed by who wrote it or by who corrects customers; others are told whom to ask', async () => {
    const { id, version } = (await ask('eva', 'POST', '/contacts', call({ outcome: 'Pedido' }))).body;
    const refused = await ask('luis', 'PATCH', `/contacts/${id}`, { outcome: 'Reclamación' });
    expect(refused).toMatchObject({ status: 403, body: { code: 'VIN_CHANNEL_NOT_YOURS' } });
    expect(refused.body.detail).toContain('eva');
    expect((await ask('boss', 'PATCH', `/contacts/${id}`, { outcome: 'Reclamación', version })).body).toMatchObject({
      outcome: 'Reclamación',
      author: 'eva',
    });
    expect((await ask('eva', 'PATCH', `/contacts/${id}`, { outcome: 'x', version })).body.code).toBe('VIN_CONTACT_CONFLICT');
  });

  it('taken away is out of lists, counts and the timeline, and comes back as it was', async () => {
    const { id } = (await ask('eva', 'POST', '/contacts', call({ kind: 'visit', direction: 'out', place: 'Nave 4', body: 'borrable' })))
      .body;
    expect((await ask('eva', 'DELETE', `/contacts/${id}`)).body).toMatchObject({ deleted: true });
    expect(ids(await ask('eva', 'GET', '/contacts?search=borrable'))).toEqual([]);
    const gone = await file.context.warehouse.rows('select 1 from contact final where contact_id = {id:UUID}', { id });
    expect(gone).toEqual([]);
    await ask('eva', 'POST', `/contacts/${id}/restore`, {});
    expect((await ask('eva', 'GET', '/contacts?search=borrable')).body.items).toMatchObject([{ id, place: 'Nave 4', deleted: false }]);
  });
});

describe('the list', () => {
  it('goes page by page without losing or repeating any, also when many are of the same moment', async () => {
    const at = '2026-01-05T09:00:00.000Z';
    const made = await Promise.all(
      Array.from({ length: 7 }, () => ask('luis', 'POST', '/contacts', call({ occurredAt: at, topic: 'Páginas' }))),
    );
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await ask('eva', 'GET', `/contacts?topic=P%C3%A1ginas&limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...ids(page));
      cursor = page.body.next ?? '';
    } while (cursor);
    expect(seen).toHaveLength(7);
    expect(new Set(seen)).toEqual(new Set(made.map(({ body }) => body.id)));
  });

  it('is of days where the company is, not of Greenwich', async () => {
    // 00:30 of the 11th in Madrid.
    const { id } = (await ask('luis', 'POST', '/contacts', call({ occurredAt: '2026-01-10T23:30:00.000Z' }))).body;
    expect(ids(await ask('eva', 'GET', '/contacts?from=2026-01-11&to=2026-01-11'))).toEqual([id]);
    expect(ids(await ask('eva', 'GET', '/contacts?from=2026-01-10&to=2026-01-10'))).toEqual([]);
  });

  it('finds by the name without accents, by what was noted, by whose, and by who wrote', async () => {
    const { id } = (
      await ask(
        'luis',
        'POST',
        '/contacts',
        call({ kind: 'visit', direction: 'out', body: '100 % de descuento', customer: pedro.customer }),
      )
    ).body;
    expect(ids(await ask('eva', 'GET', '/contacts?search=zubizar&kind=visit'))).toEqual([id]);
    expect(ids(await ask('eva', 'GET', '/contacts?search=100+%25+de'))).toEqual([id]);
    expect(ids(await ask('eva', 'GET', '/contacts?search=1000+%25'))).toEqual([]);
    expect(ids(await ask('eva', 'GET', '/contacts?search=ibanez&kind=visit'))).toHaveLength(1);
    expect(ids(await ask('luis', 'GET', '/contacts?author=me&kind=visit'))).toEqual([id]);
    expect(ids(await ask('eva', 'GET', '/contacts?author=luis&kind=visit'))).toEqual([id]);
    expect((await ask('eva', 'GET', "/contacts?search='%26|:*")).status).toBe(200);
  });

  it('follows the customer through a merge', async () => {
    const { store } = file.context;
    const ana = await file.person('Ana', 'Goikoetxea', { mobile: '655999888' });
    const { id } = (await ask('luis', 'POST', '/contacts', call({ customer: ana.customer }))).body;
    await sql`update link set valid_to = now() where record_id = ${ana.record} and valid_to is null`.execute(store.db);
    await sql`insert into link (id, record_id, customer_id, reason, evidence, valid_from) values (gen_random_uuid(), ${ana.record}, ${marta.customer}, 'person', '{}', now())`.execute(
      store.db,
    );
    expect((await ask('luis', 'GET', `/contacts/${id}`)).body.customer).toMatchObject({ id: marta.customer });
    expect(ids(await ask('luis', 'GET', `/contacts?customer=${marta.customer}`))).toContain(id);
  });

  it('as a file has the words of the list, and nothing a spreadsheet would run', async () => {
    await ask('luis', 'POST', '/contacts', call({ body: '=1+1', topic: 'Exportar', occurredAt: '2026-02-01T08:00:00.000Z', minutes: 2 }));
    const reply = await served.app.inject({
      url: '/api/v1/contacts/export?topic=Exportar',
      headers: { 'x-who': 'analyst', 'accept-language': 'es' },
    });
    expect(reply.body.split('\r\n')).toEqual([
      expect.stringMatching(/^\uFEFFFecha;Tipo;/),
      expect.stringMatching(/^2026-02-01 09:00;Llamada;Recibida;Marta Ibáñez;;Exportar;;'=1\+1;2;/),
      '',
    ]);
    expect((await ask('eva', 'GET', '/contacts/export')).status).toBe(403);
  });
});

describe('something to come back to', () => {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  it('is due on its day, late after it, and done by whoever does it', async () => {
    const late = (await ask('eva', 'POST', '/contacts', call({ followUp: { on: day(-3), note: 'Volver a llamar' } }))).body;
    const soon = (await ask('eva', 'POST', '/contacts', call({ followUp: { on: day(5) } }))).body;
    expect(late.followUp).toEqual({ on: day(-3), note: 'Volver a llamar', doneAt: null });
    expect(ids(await ask('luis', 'GET', '/contacts?due=open'))).toEqual([late.id, soon.id]);
    expect(ids(await ask('luis', 'GET', '/contacts?due=late'))).toEqual([late.id]);
    expect((await ask('luis', 'GET', '/contacts/figures')).body).toMatchObject({ due: 1, late: 1 });
    expect((await ask('luis', 'GET', '/contacts/figures?author=me')).body).toMatchObject({ due: 0, late: 0 });
    expect((await ask('luis', 'PUT', `/contacts/${late.id}/follow-up`, { done: true })).body.followUp.doneAt).not.toBeNull();
    expect(ids(await ask('luis', 'GET', '/contacts?due=open'))).toEqual([soon.id]);
    await ask('luis', 'PUT', `/contacts/${late.id}/follow-up`, { done: false });
    expect(ids(await ask('luis', 'GET', '/contacts?due=open'))).toEqual([late.id, soon.id]);
    // Put off, it is to be done again.
    await ask('luis', 'PUT', `/contacts/${late.id}/follow-up`, { done: true });
    await ask('eva', 'PATCH', `/contacts/${late.id}`, { followUp: { on: day(9) } });
    expect(ids(await ask('luis', 'GET', '/contacts?due=open'))).toEqual([soon.id, late.id]);
  });

  it('is counted with the calls, minutes and outcomes of the days', async () => {
    for (const outcome of ['Pedido', 'Pedido', 'Resuelto'])
      await ask('luis', 'POST', '/contacts', call({ outcome, minutes: 4, occurredAt: '2025-05-05T10:00:00.000Z' }));
    expect((await ask('eva', 'GET', '/contacts/figures?from=2025-05-05&to=2025-05-05')).body).toMatchObject({
      calls: 3,
      visits: 0,
      minutes: 12,
      outcomes: [
        { outcome: 'Pedido', count: 2 },
        { outcome: 'Resuelto', count: 1 },
      ],
    });
  });
});

describe('the company’s own words', () => {
  interface Choice {
    id: string;
    label: string;
    archived: boolean;
  }
  const outcomes = async (): Promise<Choice[]> =>
    (await ask('eva', 'GET', '/contacts/choices')).body.items.filter(
      ({ kind, list }: { kind: string; list: string }) => kind === 'call' && list === 'outcome',
    );

  it('begin with sensible ones, in the language of the company, once', async () => {
    const labels = (await outcomes()).map(({ label }) => label);
    expect(labels.slice(0, 3)).toEqual(['Resuelto', 'No contesta', 'Volver a llamar']);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('are added, moved, called otherwise and put away, and what was written down keeps its words', async () => {
    const made = (await ask('eva', 'POST', '/contacts/choices', { kind: 'call', list: 'outcome', label: 'Regalo enviado' })).body;
    expect((await ask('eva', 'POST', '/contacts/choices', { kind: 'call', list: 'outcome', label: 'regalo ENVIADO' })).status).toBe(409);
    await ask('eva', 'PATCH', `/contacts/choices/${made.id}`, { place: 0 });
    expect((await outcomes())[0]).toMatchObject({ id: made.id });
    const { id } = (await ask('eva', 'POST', '/contacts', call({ outcome: 'Regalo enviado' }))).body;
    await ask('eva', 'PATCH', `/contacts/choices/${made.id}`, { archived: true });
    expect((await outcomes()).at(-1)).toMatchObject({ id: made.id, archived: true });
    expect(ids(await ask('eva', 'GET', '/contacts?outcome=Regalo+enviado'))).toEqual([id]);
    const back = (await ask('eva', 'POST', '/contacts/choices', { kind: 'call', list: 'outcome', label: 'Regalo enviado' })).body;
    expect(back).toMatchObject({ id: made.id, archived: false });
    expect((await outcomes()).filter(({ archived }) => !archived).at(-1)).toMatchObject({ id: made.id });
  });

  it('say who has written something down', async () => {
    const { authors } = (await ask('eva', 'GET', '/contacts/choices')).body;
    expect(authors.map(({ name }: { name: string }) => name)).toEqual(['eva', 'luis']);
  });
});
