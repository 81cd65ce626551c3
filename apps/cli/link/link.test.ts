import { readdir, readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { utils, write } from '@e965/xlsx';
import { queryAsync } from 'chdb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLUMNS, csv, type Villager, village, type Workshop, workshop } from './link.fixture.ts';
import type { LinkReport } from './link-task.ts';

const people = village(90);
const twos = people.filter(({ id }) => id.startsWith('b')).map(({ id }) => `a${id.slice(1)} ${id}`);
const expected = twos.toSorted();

describe('vinculo link', () => {
  let shop: Workshop;
  beforeAll(async () => {
    shop = await workshop();
  });
  afterAll(() => shop.close());

  it('writes a cluster for every record and says what it chose and why, in the language asked for', async () => {
    await writeFile(shop.path('people.csv'), csv(people));
    const english = await shop.run(['people.csv', '--out', 'clusters.csv']);
    expect(english).toMatchObject({ code: 0, err: '' });
    expect(await shop.clusters('clusters.csv')).toEqual(expected);
    const written = (await readFile(shop.path('clusters.csv'), 'utf8')).trimEnd().split('\n');
    expect(written.map((line) => line.split(',')[0])).toEqual(['id', ...people.map(({ id }) => id)]);
    for (const part of [
      `${people.length} records of 1 file`,
      'Id: column "id" (by its name',
      'birth_date  date of birth',
      'Blocking: ',
      'Threshold: probability',
      'estimated precision',
      'Time: read',
      'Peak memory',
    ])
      expect(english.out).toContain(part);
    const spanish = await shop.run(['people.csv', '--out', 'clusters.csv'], 'es');
    expect(spanish.out).toContain(`${people.length} registros de 1 archivo`);
    expect(spanish.out).toContain('precisión estimada');
  });

  const cells = (records: readonly Villager[]) => records.map((record) => Object.fromEntries(COLUMNS.map((name) => [name, record[name]])));
  const lines = people
    .map(({ id, given, surname, email, birth_date, city }) => ({
      id,
      name: { given, surname },
      birth_date,
      mail: email ? [email] : [],
      city,
    }))
    .map((value) => JSON.stringify(value));
  const sheet = utils.book_new();
  utils.book_append_sheet(sheet, utils.json_to_sheet(cells(people), { header: [...COLUMNS] }), 'personas');

  it.each<[string, string, Buffer]>([
    [
      'CSV of a Spanish spreadsheet: Latin-1, semicolons, CRLF',
      'latin.csv',
      Buffer.from(csv(people, ';').replaceAll('\n', '\r\n'), 'latin1'),
    ],
    ['UTF-16 with tabs, compressed', 'utf16.csv.gz', gzipSync(Buffer.from(`\ufeff${csv(people, '\t')}`, 'utf16le'))],
    ['JSON lines with objects and lists, compressed', 'people.jsonl.gz', gzipSync(Buffer.from(`${lines.join('\n')}\n\n`))],
    ['a workbook', 'people.xlsx', Buffer.from(write(sheet, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array)],
  ])('reads %s', async (_, name, content) => {
    await writeFile(shop.path(name), content);
    expect(await shop.run([name, '--out', 'out.csv', '--quiet'])).toEqual({ code: 0, out: '', err: '' });
    expect(await shop.clusters('out.csv')).toEqual(expected);
  });

  it('reads Parquet, and gzip of it', async () => {
    await writeFile(shop.path('for-parquet.csv'), csv(people));
    const to = shop.path('people.parquet');
    await queryAsync(`insert into function file('${to}', 'Parquet') select * from file('${shop.path('for-parquet.csv')}', 'CSVWithNames')`);
    await writeFile(shop.path('people.parquet.gz'), gzipSync(await readFile(to)));
    const nested = shop.path('nested.parquet');
    const select = `select id, tuple(given, surname)::Tuple(given String, surname String) as name, birth_date, [email] as email, city`;
    await queryAsync(
      `insert into function file('${nested}', 'Parquet') ${select} from file('${shop.path('for-parquet.csv')}', 'CSVWithNames')`,
    );
    for (const name of ['people.parquet', 'people.parquet.gz', 'nested.parquet']) {
      expect(await shop.run([name, '--out', 'out.csv', '--quiet'])).toEqual({ code: 0, out: '', err: '' });
      expect(await shop.clusters('out.csv')).toEqual(expected);
    }
  });

  it('unites several files by the names of their columns, and tells their records apart where ids are the same', async () => {
    const [first, second] = [people.filter(({ id }) => id.startsWith('a')), people.filter(({ id }) => id.startsWith('b'))];
    await writeFile(shop.path('shop.csv'), csv(first));
    await writeFile(
      shop.path('web.jsonl'),
      cells(second)
        .map((record) => JSON.stringify(record))
        .join('\n'),
    );
    const own = await shop.run(['shop.csv', 'web.jsonl', '--out', 'out.csv', '--json']);
    expect((JSON.parse(own.out) as LinkReport).id).toMatchObject({ from: 'recognised', columns: ['id', 'id'], prefixed: false });
    expect(await shop.clusters('out.csv')).toEqual(expected);

    const renumbered = second.map((record) => ({ ...record, id: `a${record.id.slice(1)}` }));
    await writeFile(shop.path('web.csv'), csv(renumbered, ';'));
    const same = await shop.run(['shop.csv', 'web.csv', '--out', 'out.csv']);
    expect(same.out).toContain('each has the name of its file before it');
    expect(await shop.clusters('out.csv')).toEqual(second.map(({ id }) => `shop:a${id.slice(1)} web:a${id.slice(1)}`).toSorted());
  });

  it('numbers records from 0 where no column identifies them, and takes any column that is asked for', async () => {
    const columns = ['given', 'surname', 'birth_date', 'email', 'city', 'who'] as const;
    await writeFile(shop.path('no-id.csv'), csv(people, ',', columns));
    const { out } = await shop.run(['no-id.csv', '--out', 'out.csv', '--truth', 'who']);
    expect(out).toContain("Id: the record's number, counted from 0");
    expect(out).toMatch(/B³ +1\.0000 +1\.0000 +1\.0000/);
    const rows = (await readFile(shop.path('out.csv'), 'utf8')).trimEnd().split('\n').slice(1);
    expect(rows.map((row) => row.split(',')[0])).toEqual(people.map((_, row) => String(row)));

    const quoted = people.map((record) => ({ ...record, id: `"${record.id}, ""so called"""` }));
    await writeFile(shop.path('odd.csv'), csv(quoted));
    expect((await shop.run(['odd.csv', '--out', 'out.csv', '--id', 'id'])).code).toBe(0);
    expect((await readFile(shop.path('out.csv'), 'utf8')).split('\n')[1]).toBe('"a0, ""so called""",1');
  });

  it('comes to the same clusters whatever the order of the rows', async () => {
    const mixed = people.map((record, k) => ({ record, at: (k * 7919) % 1009 })).toSorted((a, b) => a.at - b.at);
    await writeFile(shop.path('mixed.csv'), csv(mixed.map(({ record }) => record)));
    await shop.run(['mixed.csv', '--out', 'out.csv']);
    expect(await shop.clusters('out.csv')).toEqual(expected);
  });

  it('keeps the settings it proposed, and takes them back to the same end', async () => {
    await writeFile(shop.path('people.csv'), csv(people));
    await shop.run(['people.csv', '--out', 'one.csv', '--save-settings', 'settings.json']);
    const { code, out } = await shop.run(['people.csv', '--out', 'two.csv', '--settings', 'settings.json']);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('the settings') });
    expect(await readFile(shop.path('two.csv'), 'utf8')).toBe(await readFile(shop.path('one.csv'), 'utf8'));
  });

  it('explains a pair, and measures itself against a file of true pairs or entities', async () => {
    await writeFile(shop.path('people.csv'), csv(people));
    await writeFile(shop.path('pairs.csv'), `left,right\n${twos.map((pair) => pair.replace(' ', ',')).join('\n')}\n`);
    await writeFile(shop.path('entities.csv'), csv(people, ',', ['who', 'id']));
    const pairs = await shop.run(['people.csv', '--out', 'out.csv', '--truth', 'pairs.csv', '--explain', 'a1', 'b1']);
    expect(pairs.out).toContain('They ended in one cluster');
    expect(pairs.out).toMatch(/B³ +1\.0000 +1\.0000 +1\.0000/);
    const entities = await shop.run(['people.csv', '--out', 'out.csv', '--truth', 'entities.csv', '--json']);
    const { truth, blocking, edges, threshold } = JSON.parse(entities.out) as LinkReport;
    expect(truth).toMatchObject({ from: 'entities', known: people.length, bcubed: { f1: 1 } });
    // An edge that only one rule brings is counted once. In a file so small every pair is looked at, and none is missed.
    const only = blocking.rules.map(({ onlyEdges }) => onlyEdges);
    expect(only.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(edges.count);
    expect([blocking.rules.at(-1)!.rule, blocking.missed]).toEqual(['all', 0]);
    expect(threshold.recall).toBeGreaterThan(0.95);
  });

  it('reads rows that are torn or too long, and says so', async () => {
    const torn = csv(people).split('\n');
    torn[5] += ',more,values';
    torn[9] = torn[9]!.replace(/,/, ',"');
    await writeFile(shop.path('torn.csv'), torn.join('\n'));
    const { code, out } = await shop.run(['torn.csv', '--out', 'out.csv']);
    expect(code).toBe(0);
    expect(out).toContain('Row 6 does not have as many values as there are columns.');
    expect(out).toContain('Row 10 has quotes that do not close and was read without them.');
    expect((await readFile(shop.path('out.csv'), 'utf8')).trimEnd().split('\n')).toHaveLength(people.length + 1);
  });

  it('leaves nothing behind but what was asked for', async () => {
    expect((await readdir(shop.folder)).filter((name) => name.includes('.part'))).toEqual([]);
  });
});
