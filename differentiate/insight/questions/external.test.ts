// Questions over a ClickHouse of somebody's own, and the read-only user that the guide tells how to make for BI tools.
import { readFile } from 'node:fs/promises';
import { setTestVariable } from '@vinculo/config';
import { newId } from '@vinculo/postgres';
import { type ClickHouseServer, READER, startClickHouseServer, testConfig } from '@vinculo/testing';
import { migrateWarehouse, openWarehouse } from '@vinculo/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { answerQuestion } from './run-question.ts';
import { VIEWS } from './views.ts';

let server: ClickHouseServer;
let shop: TestShop;

beforeAll(async () => {
  server = await startClickHouseServer();
  setTestVariable('VINCULO_TEST_CLICKHOUSE_URL', server.url);
  shop = await testShop();
  await shop.customer('ana');
  await shop.buy(
    { record: 'ana', order: '1', at: '2026-03-01 09:00:00', amount: '10' },
    { record: 'ana', order: '2', at: '2026-04-01 09:00:00', amount: '20' },
  );
  await shop.score();
}, 120_000);
afterAll(async () => {
  await shop?.close();
  await server?.stop();
});

const run = (sql: string) => answerQuestion(shop.context.warehouse, sql, [], { rows: 10, seconds: 10, memoryMb: 256 });

describe('a question on a server', () => {
  it.each(VIEWS)('reads %s', async (view) => {
    expect((await run(`select * from ${view}`)).columns.length).toBeGreaterThan(3);
  });

  it('reads and no more', async () => {
    expect((await run('select sum(amount) from v_orders')).rows).toEqual([[30]]);
    for (const sql of [
      'select * from purchase',
      "select * from url('http://127.0.0.1/', 'CSV')",
      'select 1 settings readonly = 0',
      'drop table purchase',
      'select * from system.users',
    ])
      await expect(run(sql), sql).rejects.toThrow(/read|not understood/);
  });
});

describe('the user of the guide', () => {
  const folder = (path: string) => new URL(path, import.meta.url);
  /** As a BI tool: over HTTP, with a name and a password. */
  const bi = async (query: string, password = READER.password, settings: Record<string, string> = {}) => {
    const headers = { authorization: `Basic ${Buffer.from(`${READER.name}:${password}`).toString('base64')}` };
    const reply = await fetch(`${new URL(server.url).origin}/?${new URLSearchParams(settings)}`, { method: 'POST', body: query, headers });
    return { status: reply.status, text: (await reply.text()).trim() };
  };

  it('sees the views that were opened to it, and nothing else', async () => {
    // The database of the guide, as a server of somebody's has it.
    const warehouse = await openWarehouse(testConfig({ clickhouseUrl: server.url }));
    await migrateWarehouse(warehouse, [
      { name: 'customer-file', folder: folder('../../../identify/customer-file/warehouse/') },
      { name: 'segments', folder: folder('../../segments/warehouse/') },
      { name: 'insight', folder: folder('../warehouse/') },
    ]);
    await warehouse.insert('fact_order', [{ day: '2026-03-01', customer_no: 1, order_id: 1, amount: '30' }]);
    await warehouse.insert('fact_customer', [{ customer_no: 1, customer_id: newId() }]);
    for (const view of READER.views)
      await warehouse.command(`alter table vinculo.${view} modify sql security definer definer = current_user`);
    expect(await bi('select sum(amount) from vinculo.v_orders')).toEqual({ status: 200, text: '30' });
    expect(await bi('select count() from vinculo.v_customers')).toEqual({ status: 200, text: '1' });
    expect(await bi('show tables from vinculo')).toEqual({ status: 200, text: READER.views.join('\n') });
    const refused = [
      'select * from vinculo.v_purchases',
      'select * from vinculo.purchase',
      'select * from vinculo.match_record',
      'select * from vinculo.fact_order',
      'insert into vinculo.purchase select * from vinculo.purchase',
      'drop view vinculo.v_orders',
      "select * from url('http://127.0.0.1/', 'CSV')",
      "select * from file('/etc/passwd', 'LineAsString')",
      "select * from remote('127.0.0.1', 'vinculo', 'purchase')",
      "select * from s3('http://127.0.0.1/x', 'CSV')",
      // All it shows are the views that were opened.
      "select * from merge('vinculo', '^(match_record|purchase|fact_order|v_purchases)$')",
      "select * from merge('system', '^(users|processes|settings)$')",
      'select * from numbers(10) where (select count() from vinculo.fact_order) > 0',
      'select * from view(select * from vinculo.fact_order)',
      'select * from loop(vinculo.fact_order)',
      "select * from mysql('127.0.0.1:3306', 'a', 'b', 'c', 'd')",
      "select * from executable('ls', 'CSV', 'a String')",
      'create temporary table mine (a UInt8)',
      'set readonly = 0',
      'select 1 settings readonly = 0',
      'select 1 settings max_execution_time = 0',
      'select 1 settings max_execution_time = 600',
      'select 1 settings max_memory_usage = 0',
    ];
    const answered: string[] = [];
    for (const query of refused) if ((await bi(query)).status === 200) answered.push(query);
    expect(answered).toEqual([]);
    expect((await bi("select * from viewIfPermitted(select day from vinculo.fact_order else null('day Date'))")).text).toBe('');
    expect((await bi("select distinct _table from merge('vinculo', '.*') order by _table")).text.split('\n')).toEqual(READER.views);
    expect((await bi('select 1', 'otra')).status).toBe(403);
    // What the drivers of Metabase and Tableau set with every query, which a user of `readonly = 1` may not.
    const set = { max_result_rows: '2000', result_overflow_mode: 'break', join_use_nulls: '1' };
    expect(await bi('select sum(amount) from vinculo.v_orders', READER.password, set)).toEqual({ status: 200, text: '30' });
    expect((await bi('select 1', READER.password, { readonly: '0' })).status).not.toBe(200);
    expect((await bi('select 1', READER.password, { max_execution_time: '0' })).status).not.toBe(200);
    await warehouse.close();
  });

  it('may be given every view there is, with the file of the guide, as often as it is run', async () => {
    const file = await readFile(folder('../../../docs/guides/bi-user.sql'), 'utf8');
    const statements = file
      .replaceAll(/^--.*$/gm, '')
      .split(';')
      .map((statement) => statement.trim())
      .filter((statement) => statement !== '');
    const about = (verb: string) => statements.filter((one) => one.startsWith(verb)).map((one) => /vinculo\.(\w+)/.exec(one)?.[1]);
    expect(about('alter table')).toEqual(VIEWS);
    expect(about('grant select')).toEqual(VIEWS);
    // This server keeps its users in a file of its own: what makes one is read, what opens the views is run.
    for (const statement of statements) await shop.context.warehouse.rows('select formatQuery({statement:String})', { statement });
    const warehouse = await openWarehouse(testConfig({ clickhouseUrl: server.url }));
    for (const statement of [...statements, ...statements].filter((one) => one.startsWith('alter table')))
      await warehouse.command(statement);
    for (const view of VIEWS) await warehouse.rows(`select count() from vinculo.${view}`);
    await warehouse.close();
    expect((await bi('select sum(amount) from vinculo.v_orders')).status).toBe(200);
    expect((await bi('select * from vinculo.v_months')).status).not.toBe(200);
  });

  it.each(['es', 'en'])('is written in the guide (%s) in words that ClickHouse understands', async (language) => {
    const guide = await readFile(folder(`../../../docs/guides/${language}/questions.md`), 'utf8');
    const [, block = ''] = /```sql\n(create user[\s\S]*?)```/.exec(guide) ?? [];
    const statements = block.split(';').filter((statement) => statement.trim() !== '');
    expect(statements).toHaveLength(5);
    for (const statement of statements) await shop.context.warehouse.rows('select formatQuery({statement:String})', { statement });
  });
});
