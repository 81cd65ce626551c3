// `npx tsx scripts/real-data.ts FOLDER [name…]`: the pictures of the guide about real data, of public data sets that are no part of
// this repository. FOLDER holds `online-retail/onlineretail.csv.gz` and `cdnow/CDNOW_master.txt`.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arrived, BIN, IMAGES, whileServing, withBrowser } from './studio.ts';

interface DataSet {
  source: string;
  currency: string;
  /** Puts a file that Vínculo can take at the path. */
  prepare(from: string, to: string): void;
  file: string;
  /** Taller than a screen where there is more to see. */
  shots: { name: string; path: string; height?: number }[];
}

const SETS: Record<string, DataSet> = {
  'online-retail': {
    source: 'shop',
    currency: 'GBP',
    file: 'invoices.csv.gz',
    prepare: (from, to) => copyFileSync(join(from, 'online-retail/onlineretail.csv.gz'), to),
    shots: [
      { name: 'report', path: '/value/report', height: 1_780 },
      { name: 'forecast', path: '/value/forecast', height: 1_400 },
    ],
  },
  cdnow: {
    source: 'cdnow',
    currency: 'USD',
    file: 'purchases.csv',
    prepare(from, to) {
      const lines = readFileSync(join(from, 'cdnow/CDNOW_master.txt'), 'utf8').trim().split(/\r?\n/);
      const rows = lines.map((line) => line.trim().split(/\s+/)).filter(([customer]) => /^\d+$/.test(customer!));
      const day = (text: string) => text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
      const csv = rows.map(([customer, on, units, paid]) => [customer, day(on!), units, paid].join(';'));
      writeFileSync(to, `${['cliente;fecha;unidades;importe', ...csv].join('\n')}\n`);
    },
    shots: [{ name: 'forecast', path: '/value/forecast', height: 1_400 }],
  },
};

const OWNER = { name: 'Marta Ruiz', email: 'marta@tienda.example', password: 'datos-reales-de-muestra' };

const [from, ...only] = process.argv.slice(2);
if (!from) throw new Error('Say where the data sets are: npx tsx scripts/real-data.ts FOLDER');
mkdirSync(IMAGES, { recursive: true });
for (const [name, set] of Object.entries(SETS)) if (only.length === 0 || only.includes(name)) await shoot(name, set);

async function shoot(name: string, { source, currency, file, prepare, shots }: DataSet): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vinculo-real-'));
  try {
    const path = join(folder, file);
    prepare(from!, path);
    const data = join(folder, 'data');
    const settings = { VINCULO_CURRENCY: currency };
    const env = { ...process.env, ...settings, VINCULO_DATA_FOLDER: data };
    const took = spawnSync(process.execPath, [BIN, 'import', path, '--source', source, '--kind', 'purchases'], { env, stdio: 'inherit' });
    if (took.status !== 0) throw new Error(`The import of ${name} ended with ${took.status}.`);
    const pictures = async (url: string) => {
      const setup = await fetch(`${url}/api/v1/setup`, {
        method: 'POST',
        body: JSON.stringify(OWNER),
        headers: { 'content-type': 'application/json', origin: url },
      });
      if (!setup.ok) throw new Error(`No owner could be made: ${setup.status} ${await setup.text()}`);
      for (const language of ['es', 'en'] as const)
        await withBrowser(language, async ({ signedIn }) => {
          const page = await signedIn(url, OWNER, 1440);
          for (const shot of shots) {
            await page.setViewportSize({ width: 1440, height: shot.height ?? 900 });
            await page.goto(shot.path);
            await arrived(page);
            await page.waitForTimeout(1_500); // charts draw themselves in
            const picture = `${name}-${shot.name}-${language}-1440.png`;
            await page.screenshot({ path: join(IMAGES, picture) });
            console.log(picture);
          }
        });
    };
    await whileServing(['start'], data, pictures, settings);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
