import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { badBirthDates, badCalls, badRows } from './bad-rows.ts';
import { callLine, callMapping, callerCells, callerMapping } from './call-lines.ts';
import { companyColumns, companyFormat, companyMapping, companyRecords } from './companies.ts';
import { readJourney } from './complete-journey.ts';
import { type CustomerTable, cardTable, surveyTable, webTable } from './customer-tables.ts';
import { dayOfInstant } from './dates.ts';
import { writeCampaigns } from './demo-campaigns.ts';
import { type DemoRecord, demoCustomers } from './demo-customers.ts';
import type { DemoFolder } from './demo-folder.ts';
import { writeProducts, writePurchases } from './demo-purchases.ts';
import { consentRows } from './consents.ts';
import { jsonLines, type ManifestEntry, type OnProgress, webFormat } from './manifest.ts';
import { randomSource } from './random.ts';
import { type TableFile, tableFile } from './table-file.ts';

export interface DemoSettings {
  /** The same seed and the same day of `now` give the same bytes. */
  seed?: number;
  /** The last real purchase is moved, in whole weeks, to the week before this. */
  now?: Date;
  onProgress?: OnProgress;
}

/**
 * Writes the demo's files into `folder` (made if missing) and returns the imports to make, in a good order. Purchases,
 * products, campaigns, coupons and redemptions are real; the people are invented (see ../complete-journey/ATTRIBUTION.md).
 * `truth.csv` says which records are the same person; it is not in the manifest.
 */
export async function writeDemo(
  folder: string,
  { seed = 2017, now = new Date(), onProgress }: DemoSettings = {},
): Promise<ManifestEntry[]> {
  mkdirSync(folder, { recursive: true });
  const today = dayOfInstant(now);
  const journey = readJourney();
  const shift = Math.floor((today - 1 - journey.transactions.at(-1)!.day) / 7) * 7;
  const { households, records } = demoCustomers(journey, seed, today);
  const manifest: ManifestEntry[] = [];
  const truth: [source: string, key: string, person: string][] = [];

  const write: DemoFolder['write'] = async (file, options, columns, fill, someKey = '') => {
    const table = tableFile(join(folder, file), options, columns);
    fill(table);
    for (const row of badRows[file] ?? []) table.cells(row.map((cell) => (cell === '{key}' ? someKey : cell)));
    table.close();
    onProgress?.({ file, rows: table.rows, of: table.rows });
    await setImmediate();
    return table.rows;
  };

  const companies = companyRecords(randomSource(seed, -1), 60);
  for (const { company, cells } of companies) truth.push(['erp', cells[0]!, company]);
  manifest.push({
    file: 'erp-empresas.csv',
    source: 'erp',
    kind: 'customers',
    mapping: companyMapping,
    options: companyFormat,
    rows: await write('erp-empresas.csv', companyFormat, companyColumns, (table) => companies.forEach(({ cells }) => table.cells(cells))),
  });

  const writeCustomers = async (
    file: string,
    source: string,
    table: CustomerTable,
    list: readonly DemoRecord[],
    keep?: (cells: string[]) => void,
  ) => {
    const random = randomSource(seed, -2 - manifest.length);
    const broken = table === cardTable ? [...badBirthDates] : [];
    const rows = await write(file, table.options, table.columns, (out) => {
      for (const { key, declaration } of list) {
        const cells = table.cells(random, key, declaration);
        if (declaration.birth !== null && broken.length > 0) cells[5] = broken.pop()!;
        keep?.(cells);
        out.cells(cells);
        truth.push([source, key, declaration.person.id]);
      }
    });
    manifest.push({ file, source, kind: 'customers', mapping: table.mapping, options: table.options, rows });
  };
  const webRows: string[][] = [];
  await writeCustomers('tarjeta-clientes.csv', 'tarjeta', cardTable, records.tarjeta);
  await writeCustomers('web-clientes.csv', 'tienda-web', webTable, records['tienda-web'], (cells) => webRows.push(cells));
  await writeCustomers('encuestas.csv', 'encuestas', surveyTable, records.encuestas);

  for (const { key, declaration } of records.centralita) truth.push(['centralita', key, declaration.person.id]);
  const calls = await write('centralita-llamadas.jsonl', jsonLines, [], (table) => writeCalls(table, records.centralita, seed, today));
  manifest.push({
    file: 'centralita-llamadas.jsonl',
    source: 'centralita',
    kind: 'customers',
    mapping: callerMapping,
    options: jsonLines,
    rows: calls,
  });

  const demo: DemoFolder = { shift, write };
  manifest.push(await writeProducts(demo, journey));
  manifest.push(...(await writePurchases(demo, journey, households)));
  manifest.push(...(await writeCampaigns(demo, journey, households)));
  manifest.push({
    file: 'centralita-llamadas.jsonl',
    source: 'centralita',
    kind: 'contacts',
    mapping: callMapping,
    options: jsonLines,
    rows: calls,
  });

  const consents = consentRows(randomSource(seed, -20), webRows, today);
  manifest.push({
    file: 'consentimientos.csv',
    source: 'tienda-web',
    kind: 'consents',
    mapping: {
      customer_id: 'customer_key',
      purpose: 'purpose',
      channel: 'channel',
      granted: 'granted',
      date: 'occurred_at',
      proof: 'proof',
    },
    options: webFormat,
    rows: await write(
      'consentimientos.csv',
      webFormat,
      ['customer_id', 'purpose', 'channel', 'granted', 'date', 'proof'],
      (table) => consents.forEach((row) => table.cells(row)),
      webRows[0]![0],
    ),
  });

  await write('truth.csv', webFormat, ['source', 'key', 'person'], (table) => truth.forEach((row) => table.cells(row)));
  return manifest;
}

/** The calls of the last twelve months in order of time; most people call once or twice, a few often. */
function writeCalls(table: TableFile, callers: readonly DemoRecord[], seed: number, today: number): void {
  const random = randomSource(seed, -10);
  const calls: { day: number; second: number; caller: string }[] = [];
  let someCaller = '';
  for (const { key, since, declaration } of callers) {
    const caller = callerCells(random, key, declaration);
    someCaller ||= caller;
    const times = 1 + Math.min(14, Math.floor(-1.1 * Math.log(1 - random.float())));
    for (let n = 0; n < times; n++) {
      const day = n === 0 ? since : random.between(since, today - 1);
      calls.push({ day, second: random.between(9 * 3600, 20 * 3600), caller });
    }
  }
  calls.sort((a, b) => a.day - b.day || a.second - b.second);
  calls.forEach(({ day, second, caller }, n) => table.line(callLine(random, `LL${70_000 + n}`, caller, day, second)));
  for (const line of badCalls(someCaller)) table.line(line);
}
