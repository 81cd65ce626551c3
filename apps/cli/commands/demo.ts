// `vinculo demo`: real purchases of real households under invented identities, from nothing to an open console.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@vinculo/config';
import { evaluateAgainstTruth } from '@vinculo/customer-file';
import { writeDemo } from '@vinculo/generator';
import { valueOverview } from '@vinculo/insight';
import type { Translate } from '@vinculo/languages';
import { type RunningServer, startServer } from '@vinculo/server';
import { type Client, createClient } from '../client.ts';
import { ensureConsole } from '../ensure-console.ts';
import { openBrowser } from '../open-browser.ts';
import { openDemoShop } from '../open-demo-shop.ts';
import { type ProgressLine, progressLine } from '../progress-line.ts';
import { runImport } from '../run-import.ts';
import { waitForQuiet } from '../wait-for-quiet.ts';

/** What each source is called on screen, and how far it is trusted. */
const SOURCES: Record<string, { label: string; trust: number }> = {
  tarjeta: { label: 'Tarjeta de fidelidad', trust: 70 },
  'tienda-web': { label: 'Tienda web', trust: 60 },
  centralita: { label: 'Centralita', trust: 40 },
  encuestas: { label: 'Encuestas', trust: 30 },
  erp: { label: 'ERP', trust: 80 },
};

interface Account {
  email: string;
  password: string;
}

/** @returns the running server, so that the caller decides how long it stays. */
export async function demoCommand(config: Config, t: Translate, { open }: { open: boolean }): Promise<RunningServer> {
  const began = Date.now();
  const line = progressLine(config.language);
  console.log(t('cli:demo.welcome'));
  line.show(t('cli:demo.console'), 0, null);
  await ensureConsole();
  line.show(t('cli:demo.starting'), 0, null);
  const server = await startServer({ config, quiet: true });
  line.end(t('cli:demo.started', { seconds: seconds(began) }));

  const client = await createClient(config, server.url);
  const done = join(config.dataFolder, 'demo.done');
  const account = await demoAccount(config, client);
  if (!existsSync(done)) {
    await load(config, t, line, client);
    await tellFindings(config, t, server);
    await writeFile(done, new Date().toISOString());
  }
  const shop = await openDemoShop(client);
  console.log(t('cli:demo.shop', { url: shop.url }));
  console.log(t('cli:demo.open', { url: server.url, email: account.email, password: account.password, seconds: seconds(began) }));
  if (open) openBrowser(server.url);
  return {
    ...server,
    async stop() {
      await shop.close();
      await server.stop();
    },
  };
}

async function load(config: Config, t: Translate, line: ProgressLine, client: Client): Promise<void> {
  const folder = join(config.dataFolder, 'demo-files');
  await mkdir(folder, { recursive: true });
  const manifest = await writeDemo(folder, { now: new Date(), onProgress: ({ file, rows, of }) => line.show(file, rows, of || null) });
  line.end(t('cli:demo.written', { files: manifest.length }));
  for (const entry of manifest) {
    const source = SOURCES[entry.source] ?? { label: entry.source, trust: 50 };
    const imported = await runImport(client, t, line, {
      path: join(folder, entry.file),
      label: entry.file,
      source: { name: entry.source, country: 'ES', ...source },
      kind: entry.kind,
      columns: entry.mapping,
      options: { ...entry.options },
    });
    line.end(t('cli:demo.imported', { file: entry.file, source: source.label, rows: imported.rowsRead, rejected: imported.rowsRejected }));
  }
  await waitForQuiet(client, t, line);
}

async function tellFindings(config: Config, t: Translate, { context }: RunningServer): Promise<void> {
  const identity = await evaluateAgainstTruth(context, join(config.dataFolder, 'demo-files', 'truth.csv'));
  const value = await valueOverview(context);
  const percent = (share: number) => new Intl.NumberFormat(config.language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
  const money = new Intl.NumberFormat(config.language, { style: 'currency', currency: value.currency, maximumFractionDigits: 0 });
  const best = value.best.find((share) => share.percent === 20);
  console.log(
    t('cli:demo.findings', {
      records: identity.records,
      customers: identity.customers,
      duplicates: identity.records - identity.customers,
      precision: percent(identity.pairwise.precision),
      recall: percent(identity.pairwise.recall),
      f1: new Intl.NumberFormat(config.language, { maximumFractionDigits: 4 }).format(identity.pairwise.f1),
      buyers: value.buyers,
      revenue: money.format(value.revenue),
      best: best ? percent(best.revenueShare) : '–',
    }),
  );
}

/** The owner's account of the demo: made once, its password kept beside the demo's data for its owner only. */
async function demoAccount(config: Config, client: Client): Promise<Account> {
  const file = join(config.dataFolder, 'demo-account.json');
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as Account;
  const account: Account = { email: 'demo@vinculo.example', password: randomBytes(9).toString('base64url') };
  await client.send('POST', '/setup', { name: 'Demo', ...account });
  await writeFile(file, JSON.stringify(account), { mode: 0o600 });
  return account;
}

const seconds = (since: number) => ((Date.now() - since) / 1000).toFixed(1);
