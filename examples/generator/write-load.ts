import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { callerMapping, callMapping } from './call-lines.ts';
import { cardTable, surveyTable, webTable } from './customer-tables.ts';
import { dayOfInstant, twoDigits } from './dates.ts';
import { loadFiles, writeLoadCustomers } from './load-customers.ts';
import { loadProducts, writeLoadPurchases } from './load-purchases.ts';
import { jsonLines, type ManifestEntry, type OnProgress, tillFormat, webFormat } from './manifest.ts';
import { productColumns, productMapping, tillMapping, webMapping } from './purchase-columns.ts';
import { tableFile } from './table-file.ts';

export interface LoadSettings {
  /** Customer records over all sources, about 2.3 a person. */
  customers: number;
  /** Purchase lines. */
  purchases: number;
  /** The same seed, numbers and day of `now` give the same bytes. */
  seed?: number;
  now?: Date;
  onProgress?: OnProgress;
}

const money = (cents: number): string => `${Math.floor(cents / 100)},${twoDigits[cents % 100]}`;
const sections = ['Alimentación', 'Droguería y hogar', 'Frescos', 'Panadería', 'Bebidas', 'Congelados', 'Cosmética', 'Bazar'];

/**
 * Writes customers and purchases for a load test into `folder` (made if missing) and returns the imports to make.
 * Everything is invented, and errors are about twice as common as in the demo; `truth.csv` says which records are the
 * same person. Memory depends on the number of buyers (about 40 bytes each), not on the number of lines.
 */
export async function writeLoad(
  folder: string,
  { customers, purchases, seed = 1, now = new Date(), onProgress }: LoadSettings,
): Promise<ManifestEntry[]> {
  mkdirSync(folder, { recursive: true });
  const today = dayOfInstant(now);
  const records = await writeLoadCustomers(folder, customers, seed, today, onProgress);
  const manifest: ManifestEntry[] = [
    {
      file: loadFiles.tarjeta,
      source: 'tarjeta',
      kind: 'customers',
      mapping: cardTable.mapping,
      options: cardTable.options,
      rows: records.tarjeta,
    },
    {
      file: loadFiles['tienda-web'],
      source: 'tienda-web',
      kind: 'customers',
      mapping: webTable.mapping,
      options: webTable.options,
      rows: records['tienda-web'],
    },
    {
      file: loadFiles.centralita,
      source: 'centralita',
      kind: 'customers',
      mapping: callerMapping,
      options: jsonLines,
      rows: records.centralita,
    },
    {
      file: loadFiles.encuestas,
      source: 'encuestas',
      kind: 'customers',
      mapping: surveyTable.mapping,
      options: surveyTable.options,
      rows: records.encuestas,
    },
    {
      file: loadFiles.centralita,
      source: 'centralita',
      kind: 'contacts',
      mapping: callMapping,
      options: jsonLines,
      rows: records.centralita,
    },
  ];
  const buyers = { cards: records.tarjeta, accounts: records['tienda-web'] };
  if (purchases === 0 || buyers.cards + buyers.accounts === 0) return manifest;

  const lines = await writeLoadPurchases(folder, purchases, buyers, seed, today, onProgress);
  manifest.push(
    {
      file: 'productos.csv',
      source: 'tarjeta',
      kind: 'products',
      mapping: productMapping,
      options: tillFormat,
      rows: writeProducts(folder, seed),
    },
    { file: 'tarjeta-compras.csv', source: 'tarjeta', kind: 'purchases', mapping: tillMapping, options: tillFormat, rows: lines.till },
    { file: 'web-pedidos.csv', source: 'tienda-web', kind: 'purchases', mapping: webMapping, options: webFormat, rows: lines.web },
  );
  return manifest;
}

function writeProducts(folder: string, seed: number): number {
  const table = tableFile(join(folder, 'productos.csv'), tillFormat, productColumns);
  loadProducts(seed).forEach(({ key, price }, n) => {
    const section = sections[n % sections.length]!;
    table.cells([
      key,
      `${section} ${n + 1}`,
      section,
      `Familia ${(n % 40) + 1}`,
      n % 5 === 0 ? 'Marca propia' : 'Marca nacional',
      money(price),
      money(Math.round(price * 0.7)),
    ]);
  });
  table.close();
  return table.rows;
}
