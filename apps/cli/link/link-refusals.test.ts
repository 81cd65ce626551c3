import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { childEnvironment } from '@vinculo/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv, PROGRAM, village, type Workshop, workshop } from './link.fixture.ts';

const people = village(30);
const good = csv(people);

describe('vinculo link refuses, with a sentence and without half a file', () => {
  let shop: Workshop;
  beforeAll(async () => {
    shop = await workshop();
    await mkdir(shop.path('folder'));
    await writeFile(shop.path('good.csv'), good);
  });
  afterAll(() => shop.close());

  it.each<[string, { content?: string | Buffer; args?: string[]; says: string }]>([
    ['a file that is not there', { args: ['nowhere.csv'], says: 'There is no file nowhere.csv' }],
    ['a folder', { args: ['folder'], says: 'folder is a folder' }],
    ['an empty file', { content: '', says: 'bad has no records' }],
    ['a header without records', { content: 'id,given,surname\n', says: 'bad has no records' }],
    ['a picture', { content: Buffer.from([0x89, 0x50, 0, 0, 1, 2, 3]), says: 'The format of bad is not recognised' }],
    [
      'a file without names of columns',
      { content: good.split('\n').slice(1).join('\n'), says: 'The first row of bad looks like a record' },
    ],
    ['two columns of one name', { content: good.replace('given', 'surname'), says: 'bad has two columns "surname"' }],
    ['a compressed file cut off', { content: gzipSync(Buffer.from(good)).subarray(0, 200), says: 'bad cannot be read' }],
    ['Parquet that is none', { content: Buffer.from('PAR1 and then nothing of the kind'), says: 'bad cannot be read' }],
    ['a line that is not JSON', { content: '{"a":1}\n{"a":2}\nthree\n', says: 'bad, line 3: not a JSON object ("three")' }],
    ['a JSON list', { content: '[\n {"a": 1}, {"a": 2}]', says: 'bad is a JSON list' }],
    ['an id column that is not there', { args: ['good.csv', '--id', 'nif'], says: 'good.csv does not have the column "nif"' }],
    [
      'ids that come twice',
      { args: ['good.csv', '--id', 'city'], says: 'good.csv, row 4, column "city": the id "Teruel" is already in row 3' },
    ],
    ['ids that are missing', { args: ['good.csv', '--id', 'email'], says: 'column "email": the id is missing' }],
    ['nothing to compare', { content: `id,x\n${people.map(({ id }) => `${id},1`).join('\n')}\n`, says: 'No column says who or what' }],
    ['a file given twice', { args: ['good.csv', './good.csv'], says: './good.csv was given twice' }],
    ['an input as output', { args: ['good.csv', '--out', 'good.csv'], says: '--out is the very file that is read' }],
    ['a folder as output', { args: ['good.csv', '--out', 'folder'], says: 'folder is a folder' }],
    ['an output folder that is not there', { args: ['good.csv', '--out', 'no/out.csv'], says: 'There is no folder' }],
    ['an unknown id to explain', { args: ['good.csv', '--explain', 'a1', 'zz'], says: 'No record has the id "zz"' }],
    ['one id to explain', { args: ['good.csv', '--explain', 'a1'], says: '--explain wants two ids and got 1' }],
    ['a truth that is nowhere', { args: ['good.csv', '--truth', 'nowhere'], says: '--truth is neither a column nor a file' }],
  ])('%s', async (_, { content, args = ['bad'], says }) => {
    if (content !== undefined) await writeFile(shop.path('bad'), content);
    const { code, out, err } = await shop.run(args.includes('--out') ? args : [args[0]!, '--out', 'refused.csv', ...args.slice(1)]);
    expect({ code, out, err }).toMatchObject({ code: 2, out: '', err: expect.stringContaining(says) });
    expect(err).not.toMatch(/\n\s+at /);
    expect((await readdir(shop.folder)).filter((name) => name.startsWith('refused'))).toEqual([]);
  });

  it.each([
    ['no JSON', '{ "version": 1,', 'is not JSON'],
    [
      'another form',
      '{ "version": 1, "fields": [{ "name": "a", "columns": ["given"], "comparison": "smell" }], "blocking": [] }',
      'fields[0].comparison: ',
    ],
    [
      'a column that no file has',
      '{ "version": 1, "fields": [{ "name": "a", "columns": ["nombre"], "comparison": "name" }], "blocking": [{ "keys": [{ "column": "given" }] }] }',
      'fields[0].columns[0]: no file has the column "nombre"',
    ],
  ])('settings with %s', async (_, content, says) => {
    await writeFile(shop.path('settings.json'), content);
    const { code, err } = await shop.run(['good.csv', '--out', 'refused.csv', '--settings', 'settings.json']);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(says) });
  });

  it('stopped half way, leaves nothing', async () => {
    await writeFile(shop.path('many.csv'), csv(village(40_000)));
    const temporary = shop.path('temporary');
    await mkdir(temporary);
    const child = spawn(process.execPath, [PROGRAM, 'link', 'many.csv', '--out', 'refused.csv'], {
      cwd: shop.folder,
      env: childEnvironment({ TMPDIR: temporary }),
    });
    // A folder of its own among the temporary ones shows that the work has begun.
    const began = async () => (await readdir(temporary)).some((name) => name.startsWith('vinculo-link-'));
    while (!(await began())) await setTimeout(20);
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect(code).toBe(130);
    expect((await readdir(shop.folder)).filter((name) => name.startsWith('refused'))).toEqual([]);
    expect(await began()).toBe(false);
  });

  it('stopped once the file is in its place, never says that it is not', async () => {
    await writeFile(shop.path('many.csv'), csv(village(20_000)));
    const child = spawn(process.execPath, [PROGRAM, 'link', 'many.csv', '--out', 'written.csv'], {
      cwd: shop.folder,
      env: childEnvironment({ VINCULO_LANGUAGE: 'en' }),
    });
    let said = '';
    child.stderr.on('data', (text) => (said += text));
    const exit = new Promise((resolve) => child.on('close', resolve));
    while (!existsSync(shop.path('written.csv'))) await setTimeout(1);
    child.kill('SIGINT');
    // It may have ended by itself in between: what matters is that it told no lie.
    if ((await exit) === 130) expect(said).toContain('written.csv is written and complete');
    expect(said).not.toContain('was not written');
    expect((await readFile(shop.path('written.csv'), 'utf8')).split('\n')).toHaveLength(village(20_000).length + 2);
  });
});
