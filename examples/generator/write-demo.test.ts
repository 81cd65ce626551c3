import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ManifestEntry } from './manifest.ts';
import { writeDemo } from './write-demo.ts';

const now = new Date('2025-11-22T10:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'vinculo-demo-'));
const again = mkdtempSync(join(tmpdir(), 'vinculo-demo-'));
let manifest: ManifestEntry[];
beforeAll(async () => {
  manifest = await writeDemo(folder, { now });
  await writeDemo(again, { now });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(again, { recursive: true });
});

type Row = Record<string, string>;

/** The rows of a table by column; no cell of these files holds a line break. */
function table(text: string, delimiter: string): Row[] {
  const cell = new RegExp(`(?:^|${delimiter})(?:"((?:[^"]|"")*)"|([^${delimiter}]*))`, 'g');
  const [header, ...lines] = text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => [...line.matchAll(cell)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''));
  return lines.map((cells) => Object.fromEntries(header!.map((column, n) => [column, cells[n] ?? ''])));
}
const digest = (root: string): string[] =>
  readdirSync(root).map(
    (file) =>
      file +
      createHash('md5')
        .update(readFileSync(join(root, file)))
        .digest('hex'),
  );
const truthRows = (): Row[] => table(readFileSync(join(folder, 'truth.csv'), 'utf8'), ',');

function rowsOf({ file, options }: ManifestEntry): Row[] {
  const text = new TextDecoder(options.encoding, { fatal: true }).decode(readFileSync(join(folder, file)));
  if (options.format === 'jsonl')
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
  return table(text, options.delimiter);
}
const columnOf = (entry: ManifestEntry, field: string): string =>
  Object.entries(entry.mapping).find(([, meaning]) => meaning === field)![0];
const entriesOf = (kind: ManifestEntry['kind']): ManifestEntry[] => manifest.filter((entry) => entry.kind === kind);
const amount = (text: string): number => Number(text.replace(',', '.'));

describe('the demo’s files', () => {
  it('are the same bytes for the same seed and day', () => {
    expect(digest(again)).toEqual(digest(folder));
  });

  it('are as the manifest says: rows, columns, no empty mapping', () => {
    for (const entry of manifest) {
      const rows = rowsOf(entry);
      expect([entry.file, rows.length]).toEqual([entry.file, entry.rows]);
      for (const column of Object.keys(entry.mapping)) {
        expect(
          rows.some((row) => row[column]),
          `${entry.file}: ${column}`,
        ).toBeTruthy();
      }
    }
  });

  it('in Windows-1252 hold Spanish letters in one byte, and no control characters', () => {
    for (const { file } of manifest.filter(({ options }) => options.encoding === 'windows-1252')) {
      const bytes = readFileSync(join(folder, file));
      expect(bytes.some((byte) => byte >= 0x80 && byte < 0xa0)).toBe(false);
    }
    expect(readFileSync(join(folder, 'tarjeta-clientes.csv')).includes(Buffer.from([0x4e, 0xba]))).toBe(true); // Nº
  });

  it('say the truth of every record, once, and nowhere else', () => {
    const truth = truthRows();
    const said = truth.map(({ source, key }) => `${source} ${key}`);
    expect(new Set(said).size).toBe(said.length);
    const written = new Set(
      entriesOf('customers').flatMap((entry) =>
        rowsOf(entry)
          .map((row) => row[columnOf(entry, 'key')]!)
          .filter(Boolean)
          .map((key) => `${entry.source} ${key}`),
      ),
    );
    expect([...written].toSorted()).toEqual(said.toSorted());
    expect(manifest.some(({ file }) => file === 'truth.csv')).toBe(false);
  });

  it('hold every real purchase, its money unchanged, by customers who exist', () => {
    const keys = new Set(
      entriesOf('customers').flatMap((entry) => rowsOf(entry).map((row) => `${entry.source} ${row[columnOf(entry, 'key')]}`)),
    );
    const lines = entriesOf('purchases').flatMap((entry) =>
      rowsOf(entry).map((row) => ({
        line: row[columnOf(entry, 'line_key')]!,
        customer: `${entry.source} ${row[columnOf(entry, 'customer_key')]}`,
        amount: amount(row[columnOf(entry, 'amount')]!),
      })),
    );
    const good = lines.filter(({ line }) => !line.startsWith('ERR'));
    expect(good.length).toBe(75_000);
    expect(new Set(good.map(({ line }) => line)).size).toBe(75_000);
    expect(good.every(({ customer }) => keys.has(customer))).toBe(true);
    expect(good.reduce((sum, line) => sum + line.amount, 0)).toBeCloseTo(REAL_SALES, 2);
    expect(lines.length - good.length).toBe(8);
  });

  it('shift the real dates by whole weeks, to the week before today', () => {
    const web = rowsOf(manifest.find(({ file }) => file === 'web-pedidos.csv')!).filter(({ line_id }) => !line_id!.startsWith('ERR'));
    const last = web.at(-1)!.created_at!;
    expect(new Date(last).getTime()).toBeLessThan(now.getTime());
    expect(now.getTime() - new Date(last).getTime()).toBeLessThan(9 * 86_400_000);
  });

  it('use every kind of import, and one customer in a few is known to several sources', () => {
    expect(new Set(manifest.map(({ kind }) => kind)).size).toBe(9);
    const truth = truthRows();
    const people = new Set(truth.map(({ person }) => person));
    expect(people.size).toBeGreaterThan(2400);
    expect(truth.length / people.size).toBeGreaterThan(1.8);
  });
});

/** Dollars of sales_value in transactions_sample.csv.gz. */
const REAL_SALES = 233_935.24;
