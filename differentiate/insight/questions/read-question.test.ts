// Attempts to read or write anything but the documented views, over the real engine.
import { existsSync } from 'node:fs';
import { VinculoError } from '@vinculo/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestShop, testShop } from '../shop.fixture.ts';
import type { Parameter } from './read-question.ts';
import { answerQuestion, type Bounds } from './run-question.ts';
import { VIEWS } from './views.ts';

let shop: TestShop;
const BOUNDS: Bounds = { rows: 100, seconds: 5, memoryMb: 256 };
const run = (sql: string, parameters: Parameter[] = [], bounds: Partial<Bounds> = {}) =>
  answerQuestion(shop.context.warehouse, sql, parameters, { ...BOUNDS, ...bounds });
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'it ran';
  } catch (error) {
    return error instanceof VinculoError ? error.code : String(error);
  }
};

beforeAll(async () => {
  shop = await testShop();
  await shop.customer('ana');
  await shop.customer('luis');
  await shop.buy(
    { record: 'ana', order: '1', at: '2026-03-01 09:00:00', amount: '10' },
    { record: 'ana', order: '2', at: '2026-04-01 09:00:00', amount: '20', channel: 'web' },
    { record: 'luis', order: '3', at: '2026-04-02 09:00:00', amount: '5' },
  );
  await shop.score();
});
afterAll(() => shop.close());

describe('a question', () => {
  it('reads the views, with what SQL has', async () => {
    const answer = await run(`
      with best as (select customer_id, sum(amount) as total from v_orders group by customer_id)
      select o.channel, count() as orders, sumIf(o.amount, o.amount > 6) as big, uniqExact(o.customer_id) as people,
             round(avg(b.total), 2) as average, case when count() > 1 then 'many' else 'one' end as how, max(o.day) as last
        from v_orders o join best b on b.customer_id = o.customer_id
       where o.customer_id in (select customer_id from v_customers) and o.day between '2026-01-01' and today() + interval 30 year
       group by o.channel order by orders desc -- the best first; not a second statement`);
    expect(answer.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['channel', 'text'],
      ['orders', 'number'],
      ['big', 'number'],
      ['people', 'number'],
      ['average', 'number'],
      ['how', 'text'],
      ['last', 'date'],
    ]);
    expect(answer.rows).toEqual([
      ['store', 2, 10, 2, 17.5, 'many', '2026-04-02'],
      ['web', 1, 20, 1, 30, 'one', '2026-04-01'],
    ]);
    expect(answer.more).toBe(false);
  });

  it('keeps its order, windows and unions', async () => {
    const { rows } = await run('select amount, row_number() over (order by amount) as n from v_orders order by amount desc');
    expect(rows).toEqual([
      [20, 3],
      [10, 2],
      [5, 1],
    ]);
    expect((await run('select 1 as a union all select 2 except select 3')).rows.length).toBeGreaterThan(0);
    expect((await run('select number from numbers(3)')).rows).toHaveLength(3);
  });

  it('takes columns by pattern, leaves some out, puts others in their place and does the same to each', async () => {
    const names = async (sql: string) => (await run(`${sql} from v_orders limit 1`)).columns.map(({ name }) => name);
    expect(await names("select columns('amount')")).toEqual(['amount', 'list_amount']);
    expect(await names('select * except (amount, day)')).not.toContain('amount');
    expect((await run('select * replace (amount * 2 as amount) from v_orders order by amount desc limit 1')).rows[0]).toContain(40);
    expect((await run("select columns('^amount$') apply(sum) from v_orders")).rows).toEqual([[35]]);
    expect((await run("select columns('^amount$') apply(x -> round(x / 2, 1)) from v_orders order by 1")).rows[0]).toEqual([2.5]);
    expect((await run("select arrayMap(upper, ['a']) as big")).rows).toEqual([[['A']]]);
  });

  it.each(VIEWS)('can read %s', async (view) => {
    expect((await run(`select * from ${view} limit 1`)).columns.length).toBeGreaterThan(3);
  });

  it('shows as many rows as it may and says that there are more', async () => {
    const { rows, more } = await run('select number from numbers(1000) order by number', [], { rows: 10 });
    expect([rows.length, rows.at(-1), more]).toEqual([10, [9], true]);
  });

  it('has parameters that are values and never text of the query', async () => {
    const ask = (value: string, type: Parameter['type'] = 'text') =>
      run("select count() as n, 'kept: {{channel}}' as text from v_orders where channel = {{channel}}", [{ name: 'channel', type, value }]);
    expect((await ask('web')).rows).toEqual([[1, 'kept: {{channel}}']]);
    expect((await ask("web' or '1'='1")).rows[0]![0]).toBe(0);
    expect(
      (await run('select count() from v_orders where channel in {{list}}', [{ name: 'list', type: 'list', value: 'web, store' }])).rows,
    ).toEqual([[3]]);
    expect(
      (
        await run('select sum(amount) from v_orders where day >= {{from}} and amount > {{least}}', [
          { name: 'from', type: 'date', value: '2026-04-01' },
          { name: 'least', type: 'number', value: '5,5' },
        ])
      ).rows,
    ).toEqual([[20]]);
    expect(await codeOf(run('select {{nobody}}'))).toBe('VIN_QUESTION_PARAMETER');
    expect(await codeOf(run('select {{n}}', [{ name: 'n', type: 'number', value: 'x' }]))).toBe('VIN_QUESTION_PARAMETER');
    // A day that is in no calendar is not the third of March.
    for (const value of ['2026-02-31', '2026-2-3', 'ayer', ''])
      expect(await codeOf(run('select {{d}}', [{ name: 'd', type: 'date', value }]))).toBe('VIN_QUESTION_PARAMETER');
  });

  it('says what is wrong with it in a sentence', async () => {
    const error = (await run('select nothing from v_orders').catch((thrown: unknown) => thrown)) as VinculoError;
    expect(error.code).toBe('VIN_QUESTION_SYNTAX');
    expect(String(error.params.reason)).toMatch(/nothing/);
    expect(String(error.params.reason)).not.toMatch(/DB::Exception|Code:/);
    const wrong = (await run('selec 1').catch((thrown: unknown) => thrown)) as VinculoError;
    expect(wrong.code).toBe('VIN_QUESTION_SYNTAX');
    expect(String(wrong.params.reason)).toMatch(/^Syntax error: failed at position/);
    expect(String(wrong.params.reason)).not.toMatch(/Expected one of|\.$/);
  });
});

describe('nobody gets out', () => {
  it.each([
    // Tables that are no views.
    'select * from purchase',
    'select * from vinculo.purchase',
    'select * from `purchase`',
    'select * from "purchase"',
    'select * from system.tables',
    'select * from `system`.`tables`',
    'select * from information_schema.tables',
    'select * from match_record',
    'select * from v_orders, identity',
    'select (select count() from match_record)',
    'select 1 from v_orders where customer_id in identity',
    'select 1 from v_orders where customer_id in (identity)',
    'select 1 from v_orders where customer_id not in match_record',
    'select 1 from v_orders where (customer_id, customer_id) global in vinculo.identity',
    'select 1 where exists(select 1 from match_record)',
    'select * from purchase, (with purchase as (select 1) select * from purchase)',
    'with match_record as (select 1) select * from match_record',
    'with x as (select * from match_record) select * from x',
    'select * from (select * from (select * from product))',
    'select 1 union all select count() from contact',
    'select * from v_orders union all (select * from fact_order)',
    'from match_record select *',
    // Functions that read files, the network, other tables or the server.
    "select * from file('/etc/passwd', 'LineAsString')",
    "select * from url('http://127.0.0.1/', 'LineAsString')",
    "select * from s3('http://127.0.0.1/x', 'CSV')",
    "select * from remote('127.0.0.1', 'system', 'one')",
    "select * from cluster('default', system.one)",
    "select * from merge('vinculo', '.*')",
    "select * from mysql('127.0.0.1:3306', 'a', 'b', 'c', 'd')",
    "select * from postgresql('127.0.0.1:5432', 'a', 'b', 'c', 'd')",
    "select * from sqlite('/tmp/x.db', 't')",
    "select * from executable('ls', 'CSV', 'a String')",
    "select * from input('a String')",
    'select * from view(select * from match_record)',
    "select * from viewExplain('EXPLAIN', '', (select 1))",
    'select * from loop(purchase)',
    'select * from mergeTreeIndex(vinculo, purchase)',
    "select * from dictionary('x')",
    "select file('/etc/passwd')",
    "select dictGet('x', 'y', 1)",
    "select joinGet('purchase', 'amount', 1)",
    "select hasColumnInTable('vinculo', 'purchase', 'amount')",
    "select getSetting('readonly')",
    "select getMacro('x')",
    'select hostName()',
    'select currentUser()',
    'select version()',
    'select sleep(3)',
    'select filesystemAvailable()',
    "select catboostEvaluate('/tmp/x', 1)",
    'select addressToLine(1)',
    "select aiGenerate('x')",
    "select sum(file('/etc/passwd')) from v_orders",
    "select arrayMap(x -> file(x), ['/etc/passwd'])",
    // The same where the syntax tree does not show them.
    "select arrayMap(file, ['/etc/passwd'])",
    "select arrayMap(FILE, ['/etc/passwd'])",
    "with file as f select arrayMap(f, ['/etc/passwd'])",
    "select * apply(x -> file('/etc/passwd')) from v_months",
    "select columns('store') apply(file) from v_orders",
    "select * apply(x -> toUInt8(file('/etc/passwd'))) from v_months",
    'select * apply(x -> version()) from v_months',
    'select * apply(x -> (select count() from match_record)) from v_months',
    "select v_months.* replace (file('/etc/passwd') as month) from v_months",
    "select sum(amount) over (partition by file('/etc/passwd')) from v_orders",
    'select sum(amount) over (order by file(\'/etc/passwd\')) as "a, function_name: sum" from v_orders',
    "select sum(amount) over (order by amount rows between length(file('/etc/passwd')) preceding and current row) from v_orders",
    'select sum(amount) over (partition by customer_id in match_record) from v_orders',
    'select sum(amount) over (partition by (select count() from match_record)) from v_orders',
    "select sum(amount) over w from v_orders window w as (partition by file('/etc/passwd'))",
    "select amount from v_orders order by amount with fill step length(file('/etc/passwd'))",
    "select quantile(length(file('/etc/passwd')) / 10000)(amount) from v_orders",
    // Not reading.
    'drop table purchase',
    'truncate table purchase',
    'insert into purchase select * from v_orders',
    "insert into function file('/tmp/vinculo-out.csv') select 1",
    'create table mine (a Int8) engine = Memory',
    'create view mine as select 1',
    'alter table purchase delete where 1',
    'optimize table purchase',
    'system shutdown',
    'set readonly = 0',
    'use system',
    'kill query where 1',
    'grant all on *.* to default',
    'show tables',
    'show create table purchase',
    'describe table purchase',
    'explain select * from purchase',
    'explain ast select 1',
    'exists table purchase',
    'check table purchase',
    "backup table purchase to File('x')",
    'attach table purchase',
    // More than one statement, and clauses that write or unlock.
    'select 1; drop table purchase',
    'select 1; select 2',
    'select 1 -- \n; drop table purchase',
    'select 1 /* */ ; /* */ drop table purchase',
    "select 1 into outfile '/tmp/vinculo-out.csv'",
    "select * from (select 1) into outfile '/tmp/vinculo-out.csv' format CSV",
    'select 1 format Parquet',
    'select 1 settings readonly = 0',
    'select * from (select 1 settings max_execution_time = 0)',
    'select * from v_orders settings max_memory_usage = 0',
    'select 1) settings readonly = 0, (1',
    'select 1) union all select * from (select * from purchase',
    'select $tag$ ; drop table purchase $tag$ from match_record',
    // Parameters that would name a table.
    'select * from {t:Identifier}',
    'select {x:String}',
  ])('%s', async (sql) => {
    expect(await codeOf(run(sql))).toMatch(/^VIN_QUESTION_(NOT_ALLOWED|SYNTAX)$/);
    expect(existsSync('/tmp/vinculo-out.csv')).toBe(false);
    const [left] = await shop.context.warehouse.rows<{ n: number }>('select count() as n from purchase');
    expect(left!.n).toBe(3);
  });

  it('not by a parameter either', async () => {
    const given: Parameter[] = [{ name: 't', type: 'text', value: 'match_record' }];
    expect(await codeOf(run('select * from {{t}}', given))).toMatch(/^VIN_QUESTION_/);
    expect(await codeOf(run('select * from v_orders where channel in {{t}}', given))).not.toBe('');
    expect(await codeOf(run('select * from {q_t:Identifier}', given))).toBe('VIN_QUESTION_NOT_ALLOWED');
    expect(await codeOf(run('select {{t}} from {q_t:Identifier}', given))).toBe('VIN_QUESTION_NOT_ALLOWED');
  });

  it('stops what takes too long or too much, and the warehouse works on', async () => {
    expect(await codeOf(run('select sum(cityHash64(number)) from numbers(1000000000000)', [], { seconds: 1 }))).toBe(
      'VIN_QUESTION_TIMEOUT',
    );
    expect(await codeOf(run('select groupArray(toString(number)) from numbers(100000000)', [], { memoryMb: 128 }))).toMatch(
      /VIN_QUESTION_(MEMORY|TIMEOUT)/,
    );
    const patience = new AbortController();
    const long = answerQuestion(
      shop.context.warehouse,
      'select sum(cityHash64(number)) from numbers(1000000000000)',
      [],
      { ...BOUNDS, seconds: 60 },
      patience.signal,
    );
    setTimeout(() => patience.abort(new Error('enough')), 300);
    await expect(long).rejects.toThrow('enough');
    expect((await run('select count() from v_orders')).rows).toEqual([[3]]);
  });

  it('leaves no trace in the connection: what comes after may write', async () => {
    await run('select 1');
    await shop.context.warehouse.command('create table if not exists after_question (a UInt8) engine = Memory');
    await shop.context.warehouse.command('drop table after_question');
  });

  it('shows no column with somebody’s name, address, mail or telephone', async () => {
    for (const view of VIEWS) {
      const { columns } = await run(`select * from ${view} limit 0`);
      for (const { name } of columns)
        expect(name).not.toMatch(/email|phone|mobile|surname|given|street|postcode|national|birth|record_id|display/);
    }
  });
});
