// Questions behind their routes: answers, files for people and for machines, saved ones, and who may.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import { type Served, serve } from '@vinculo/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { part } from './part.ts';

const SQL = 'select day, channel, sum(amount) as total from v_orders group by day, channel order by day';
let shop: TestShop;
let served: Served;

beforeAll(async () => {
  shop = await testShop();
  await shop.customer('ana');
  await shop.buy(
    { record: 'ana', order: '1', at: '2026-03-01 09:00:00', amount: '10.5', channel: '=web' },
    { record: 'ana', order: '2', at: '2026-04-01 09:00:00', amount: '20', channel: 'store' },
  );
  await shop.score();
  const may = ['query.run', 'value.read'];
  served = await serve(shop, [part], { may: { analyst: may, other: may, seller: ['value.read'], curious: ['query.run'] } });
});
afterAll(() => served?.close());

const file = async (who: string, method: 'GET' | 'POST', url: string, payload?: object) => {
  const reply = await served.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { 'x-who': who, 'accept-language': 'es' },
    ...(payload ? { payload } : {}),
  });
  return { status: reply.statusCode, type: String(reply.headers['content-type']), text: reply.body, bytes: reply.rawPayload };
};

describe('an answer', () => {
  it('is of those who may ask and see worth', async () => {
    expect((await served.ask('analyst', 'POST', '/questions/run', { sql: SQL })).body.rows).toEqual([
      ['2026-03-01', '=web', 10.5],
      ['2026-04-01', 'store', 20],
    ]);
    for (const who of ['seller', 'curious', 'nobody'])
      expect([401, 403]).toContain((await served.ask(who, 'POST', '/questions/run', { sql: SQL })).status);
    const refused = await served.ask('analyst', 'POST', '/questions/run', { sql: 'select * from purchase' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'VIN_QUESTION_NOT_ALLOWED' } });
  });

  it('is a file as a person opens it: semicolons, decimal commas, and no formula', async () => {
    const { status, text, type } = await file('analyst', 'POST', '/questions/file', { sql: SQL, format: 'csv' });
    expect([status, type]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(text).toBe("\uFEFFday;channel;total\r\n2026-03-01;'=web;10,5\r\n2026-04-01;store;20\r\n");
    const sheet = await file('analyst', 'POST', '/questions/file', { sql: SQL, format: 'xlsx' });
    const book = read(sheet.bytes, { type: 'buffer', cellDates: true, UTC: true });
    const rows = utils.sheet_to_json<unknown[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1, UTC: true });
    expect(rows[0]).toEqual(['day', 'channel', 'total']);
    expect(rows[1]!.slice(1)).toEqual(['=web', 10.5]);
    expect((rows[1]![0] as Date).toISOString().slice(0, 10)).toBe('2026-03-01');
  });

  it('is a file as programs read it: by address, with parameters', async () => {
    const ask = (query: Record<string, string>) => file('analyst', 'GET', `/questions/run?${new URLSearchParams(query)}`);
    const sql = 'select channel, sum(amount) as total from v_orders where amount > {{least}} group by channel';
    expect((await ask({ sql, p_least: '15', types: 'least:number' })).text).toBe('channel,total\r\nstore,20\r\n');
    expect(JSON.parse((await ask({ sql, p_least: '15', types: 'least:number', format: 'json' })).text)).toEqual([
      { channel: 'store', total: 20 },
    ]);
    expect(JSON.parse((await ask({ sql: `${SQL} limit 0`, format: 'json' })).text)).toEqual([]);
    expect((await ask({ sql })).status).toBe(422);
    // A type or a name that none can have is said, and not read as text.
    for (const wrong of [
      { sql, p_least: '15', types: 'least:numbr' },
      { sql, p_least: '15', types: 'least:number', 'p_le-ast': '1' },
    ])
      expect(JSON.parse((await ask(wrong as Record<string, string>)).text).code).toBe('VIN_QUESTION_PARAMETER');
    expect((await ask({ sql: 'select * from identity' })).status).toBe(422);
  });

  it('is Parquet that Parquet readers read', async () => {
    const { bytes, status } = await file('analyst', 'POST', '/questions/file', { sql: SQL, format: 'parquet' });
    expect([status, bytes.subarray(0, 4).toString()]).toEqual([200, 'PAR1']);
    const path = join(shop.context.config.dataFolder, 'answer.parquet');
    writeFileSync(path, bytes);
    expect(
      await shop.context.warehouse.rows(`select channel, toFloat64(total) as total from file('${path}', 'Parquet') order by total`),
    ).toEqual([
      { channel: '=web', total: 10.5 },
      { channel: 'store', total: 20 },
    ]);
    expect((await file('analyst', 'POST', '/questions/file', { sql: 'select * from purchase', format: 'parquet' })).status).toBe(422);
  });

  it.each(['csv', 'json', 'parquet', 'xlsx'])('that cannot be worked out is no %s, but a sentence', async (format) => {
    const ask = (sql: string) => file('analyst', 'POST', '/questions/file', { sql, format });
    const divided = await ask('select intDiv(1, number - number) as none from numbers(10)');
    expect([divided.status, JSON.parse(divided.text).code]).toEqual([422, 'VIN_QUESTION_SYNTAX']);
    expect(divided.text).toMatch(/Division by zero/);
    const heavy = await ask('select groupArray(toString(number)) as all from numbers(1000000000)');
    expect([heavy.status, JSON.parse(heavy.text).code]).toEqual([422, expect.stringMatching(/VIN_QUESTION_(MEMORY|TIMEOUT)/)]);
  });
});

describe('a saved question', () => {
  it('is its maker’s until shared, and a tool reads it by address with values of its own', async () => {
    const made = await served.ask('analyst', 'POST', '/questions', {
      name: 'Por canal',
      sql: 'select channel, sum(amount) as total from v_orders where channel in {{canales}} group by channel order by channel',
      parameters: [{ name: 'canales', type: 'list', value: 'store' }],
    });
    expect(made.status).toBe(201);
    const run = (who: string, query = '') => file(who, 'GET', `/questions/${made.body.id}/run${query}`);
    expect((await run('analyst')).text).toBe('channel,total\r\nstore,20\r\n');
    expect((await run('analyst', '?p_canales=store,%3Dweb')).text).toBe('channel,total\r\n=web,10.5\r\nstore,20\r\n');
    expect((await run('analyst', '?p_Canales=store')).text).toBe('channel,total\r\nstore,20\r\n');
    // A value for nothing would be left out in silence, and everything would come instead of a part.
    const misspelt = await run('analyst', '?p_canal=store');
    expect([misspelt.status, JSON.parse(misspelt.text).code]).toEqual([422, 'VIN_QUESTION_NO_PARAMETER']);
    expect(JSON.parse(misspelt.text).detail).toMatch(/«canal».*canales/);
    // What a cache or a tool adds of its own is no parameter.
    expect((await run('analyst', '?_=1722')).status).toBe(200);
    expect((await run('other')).status).toBe(404);
    const { id: _id, mine: _mine, ownerName: _owner, changedAt: _at, editable: _editable, ...own } = made.body;
    expect((await served.ask('analyst', 'PUT', `/questions/${made.body.id}`, { ...own, shared: true })).body).toMatchObject({
      version: 2,
      shared: true,
    });
    expect((await run('other')).status).toBe(200);
    expect((await served.ask('analyst', 'PUT', `/questions/${made.body.id}`, { ...own, name: 'Tarde' })).body.code).toBe(
      'VIN_QUESTION_CONFLICT',
    );
    expect((await served.ask('other', 'DELETE', `/questions/${made.body.id}`)).status).toBe(403);
    expect((await served.ask('analyst', 'DELETE', `/questions/${made.body.id}`)).status).toBe(204);
    expect((await run('other')).status).toBe(404);
    expect((await served.ask('analyst', 'POST', `/questions/${made.body.id}/restore`)).status).toBe(200);
  });

  it('has its views and their columns described in both languages', async () => {
    for (const language of ['es', 'en']) {
      const { body } = await served.ask('analyst', 'GET', '/questions/schema', undefined, { 'accept-language': language });
      expect(JSON.stringify(body)).not.toMatch(/"(about|name)":"(questions:|view\.|column\.|example\.)/);
      expect(body.views).toHaveLength(14);
      for (const { columns } of body.views) for (const { about } of columns) expect(about).not.toMatch(/^column\./);
      for (const { sql, parameters } of body.examples)
        expect((await served.ask('analyst', 'POST', '/questions/run', { sql, parameters })).status).toBe(200);
    }
  });
});
