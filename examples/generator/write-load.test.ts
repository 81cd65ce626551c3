import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ManifestEntry } from './manifest.ts';
import { writeLoad } from './write-load.ts';

const settings = { customers: 10_000, purchases: 60_000, seed: 4, now: new Date('2025-11-22') };
const folder = mkdtempSync(join(tmpdir(), 'vinculo-load-'));
const again = mkdtempSync(join(tmpdir(), 'vinculo-load-'));
let manifest: ManifestEntry[];
beforeAll(async () => {
  manifest = await writeLoad(folder, settings);
  await writeLoad(again, settings);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(again, { recursive: true });
});

const digest = (root: string): string[] =>
  readdirSync(root).map(
    (file) =>
      file +
      createHash('md5')
        .update(readFileSync(join(root, file)))
        .digest('hex'),
  );
const lines = (file: string, encoding: BufferEncoding = 'utf8'): string[] =>
  readFileSync(join(folder, file), encoding)
    .trimEnd()
    .split(/\r?\n/)
    .slice(file.endsWith('.jsonl') ? 0 : 1);
const sum = (list: number[]): number => list.reduce((all, one) => all + one, 0);
const total = (kind: ManifestEntry['kind']): number =>
  manifest.filter((entry) => entry.kind === kind).reduce((sum, { rows }) => sum + rows, 0);

describe('load files', () => {
  it('are the same bytes for the same settings', () => {
    expect(digest(again)).toEqual(digest(folder));
  });

  it('have as many rows as asked, and as the manifest says', () => {
    expect(total('customers')).toBe(settings.customers);
    expect(total('purchases')).toBe(settings.purchases);
    for (const { file, rows } of manifest) expect([file, lines(file).length]).toEqual([file, rows]);
  });

  it('say the truth of every record once, about 2.3 records a person', () => {
    const truth = lines('truth.csv').map((line) => line.split(',') as [string, string, string]);
    const keys = new Set(truth.map(([source, key]) => `${source} ${key}`));
    expect(keys.size).toBe(settings.customers);
    for (const line of lines('tarjeta-clientes.csv', 'latin1')) expect(keys.has(`tarjeta ${line.split(';', 1)[0]}`)).toBe(true);
    for (const line of lines('web-clientes.csv')) expect(keys.has(`tienda-web ${line.split(',', 1)[0]}`)).toBe(true);
    for (const line of lines('encuestas.csv')) expect(keys.has(`encuestas ${line.split(',', 1)[0]}`)).toBe(true);
    for (const line of lines('centralita-llamadas.jsonl'))
      expect(keys.has(`centralita ${(JSON.parse(line) as { ficha: string }).ficha}`)).toBe(true);
    const people = new Set(truth.map(([, , person]) => person)).size;
    expect(settings.customers / people).toBeGreaterThan(2.2);
    expect(settings.customers / people).toBeLessThan(2.6);
  });

  it('sell in order of time, to customers who exist, three lines in a hundred of baskets returned', () => {
    const keys = new Set(lines('truth.csv').map((line) => line.split(',')[1]));
    const till = lines('tarjeta-compras.csv', 'latin1').map((line) => line.split(';'));
    const days = till.map((cells) => cells[10]!.replace(/(..)\/(..)\/(....) (.*)/, '$3$2$1 $4'));
    expect(days).toEqual(days.toSorted());
    expect(till.every((cells) => keys.has(cells[2]))).toBe(true);
    const baskets = new Map(till.map((cells) => [cells[1], cells[5]!.startsWith('-')]));
    expect([...baskets.values()].filter(Boolean).length / baskets.size).toBeCloseTo(0.03, 1.7);
  });

  it('sell unevenly: the best fifth of buyers spends more than two fifths', () => {
    const spent = new Map<string, number>();
    for (const cells of lines('tarjeta-compras.csv', 'latin1').map((line) => line.split(';'))) {
      spent.set(cells[2]!, (spent.get(cells[2]!) ?? 0) + Number(cells[5]!.replace(',', '.')));
    }
    const amounts = [...spent.values()].toSorted((a, b) => b - a);
    expect(sum(amounts.slice(0, amounts.length / 5)) / sum(amounts)).toBeGreaterThan(0.4);
  });
});
