import type { Journey } from './complete-journey.ts';
import { dmyDate, isoDate, twoDigits } from './dates.ts';
import { accountFor, type Household, WEB_BASKETS } from './demo-customers.ts';
import { demoProducts } from './demo-products.ts';
import { type ManifestEntry, tillFormat, webFormat } from './manifest.ts';
import { productColumns, productMapping, tillColumns, tillMapping, webColumns, webMapping } from './purchase-columns.ts';
import { shareOf } from './random.ts';
import type { DemoFolder } from './demo-folder.ts';

/** The real purchase lines, each basket to the till's file or to the web shop's, in order of time. */
export async function writePurchases(
  { shift, write }: DemoFolder,
  journey: Journey,
  households: Map<string, Household>,
): Promise<ManifestEntry[]> {
  const till: string[][] = [];
  const web: string[][] = [];
  const lines = new Map<string, number>();
  for (const line of journey.transactions) {
    const { cards, web: accounts } = households.get(line.household)!;
    const day = line.day + shift;
    const number = (lines.get(line.basket) ?? 0) + 1;
    lines.set(line.basket, number);
    const list = line.amount + line.retailDiscount + line.couponMatch;
    const online = cards.length === 0 || (accounts.length > 0 && shareOf(line.basket, 3) < WEB_BASKETS);
    const { key } = accountFor(online ? accounts : cards, line.basket, day);
    const figures = [line.amount, list, line.retailDiscount, line.couponDiscount + line.couponMatch];
    const before = [`${line.basket}-${number}`, line.basket, key, line.product, String(line.quantity)];
    if (online) web.push([...before, ...figures.map(point), 'EUR', `${isoDate(day)} ${line.time}`, 'Web']);
    else till.push([...before, ...figures.map(comma), 'EUR', `${dmyDate(day)} ${line.time.slice(0, 5)}`, 'Tienda', line.store]);
  }
  return [
    {
      file: 'tarjeta-compras.csv',
      source: 'tarjeta',
      kind: 'purchases',
      mapping: tillMapping,
      options: tillFormat,
      rows: await write('tarjeta-compras.csv', tillFormat, tillColumns, (table) => till.forEach((row) => table.cells(row)), till[0]![2]),
    },
    {
      file: 'web-pedidos.csv',
      source: 'tienda-web',
      kind: 'purchases',
      mapping: webMapping,
      options: webFormat,
      rows: await write('web-pedidos.csv', webFormat, webColumns, (table) => web.forEach((row) => table.cells(row)), web[0]![2]),
    },
  ];
}

/** The products that somebody bought, with an invented cost. */
export async function writeProducts({ write }: DemoFolder, journey: Journey): Promise<ManifestEntry> {
  const rows = await write('productos.csv', tillFormat, productColumns, (table) => {
    for (const { key, name, category, subcategory, brand, price, cost } of demoProducts(journey)) {
      table.cells([key, name, category, subcategory, brand, decimals(price), decimals(cost)]);
    }
  });
  return {
    file: 'productos.csv',
    source: 'tarjeta',
    kind: 'products',
    mapping: productMapping,
    options: tillFormat,
    rows,
  };
}

const decimals = (amount: number): string => amount.toFixed(4).replace('.', ',');
const point = (cents: number): string =>
  (cents < 0 ? '-' : '') + Math.floor(Math.abs(cents) / 100) + '.' + twoDigits[Math.abs(cents) % 100];
const comma = (cents: number): string =>
  (cents < 0 ? '-' : '') + Math.floor(Math.abs(cents) / 100) + ',' + twoDigits[Math.abs(cents) % 100];
