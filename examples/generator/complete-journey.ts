// Reads the real data: dunnhumby's Complete Journey (CC0), see ../complete-journey/ATTRIBUTION.md.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { dayOf } from './dates.ts';

export interface Transaction {
  household: string;
  store: string;
  basket: string;
  product: string;
  quantity: number;
  /** Cents: what the retailer received for the line. */
  amount: number;
  retailDiscount: number;
  couponDiscount: number;
  couponMatch: number;
  /** Days since 1970-01-01, in 2017. */
  day: number;
  /** `14:06:53` */
  time: string;
}

export interface Product {
  id: string;
  department: string;
  brand: string;
  category: string;
  type: string;
  size: string;
}

export interface Journey {
  /** In order of time. */
  transactions: Transaction[];
  products: Product[];
  /** Age band (`45-54`) and number of people (`1` to `5+`) by household. */
  demographics: Map<string, { age: string; size: string }>;
  campaigns: { campaign: string; type: string; start: number; end: number }[];
  campaignHouseholds: { campaign: string; household: string }[];
  coupons: { coupon: string; product: string; campaign: string }[];
  redemptions: { household: string; coupon: string; campaign: string; day: number }[];
}

const folder = new URL('../complete-journey/', import.meta.url);

export function readJourney(): Journey {
  const transactions = read('transactions_sample.csv.gz').map(
    ([household, store, basket, product, quantity, amount, retail, coupon, match, , at]): Transaction => ({
      household: household!,
      store: store!,
      basket: basket!,
      product: product!,
      quantity: Number(quantity),
      amount: cents(amount!),
      retailDiscount: cents(retail!),
      couponDiscount: cents(coupon!),
      couponMatch: cents(match!),
      day: isoDay(at!),
      time: at!.slice(11),
    }),
  );
  transactions.sort((a, b) => a.day - b.day || (a.time < b.time ? -1 : a.time > b.time ? 1 : Number(a.basket) - Number(b.basket)));
  return {
    transactions,
    products: read('products.csv.gz').map(([id, , department, brand, category, type, size]) => ({
      id: id!,
      department: known(department!),
      brand: known(brand!),
      category: known(category!),
      type: known(type!),
      size: known(size!),
    })),
    demographics: new Map(read('demographics.csv').map(([household, age, , , , size]) => [household!, { age: age!, size: known(size!) }])),
    campaigns: read('campaign_descriptions.csv').map(([campaign, type, start, end]) => ({
      campaign: campaign!,
      type: type!,
      start: isoDay(start!),
      end: isoDay(end!),
    })),
    campaignHouseholds: read('campaigns.csv').map(([campaign, household]) => ({ campaign: campaign!, household: household! })),
    coupons: read('coupons.csv.gz').map(([coupon, product, campaign]) => ({ coupon: coupon!, product: product!, campaign: campaign! })),
    redemptions: read('coupon_redemptions.csv').map(([household, coupon, campaign, on]) => ({
      household: household!,
      coupon: coupon!,
      campaign: campaign!,
      day: isoDay(on!),
    })),
  };
}

const known = (text: string): string => (text === 'NA' ? '' : text);
const cents = (text: string): number => Math.round(Number(text) * 100);
const isoDay = (text: string): number => dayOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)));

/** The rows of a comma-separated file without line breaks inside quotes, header dropped. */
function read(name: string): string[][] {
  const bytes = readFileSync(new URL(name, folder));
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const rows: string[][] = [];
  let from = text.indexOf('\n') + 1;
  while (from < text.length) {
    let end = text.indexOf('\n', from);
    if (end === -1) end = text.length;
    rows.push(splitLine(text.slice(from, end)));
    from = end + 1;
  }
  return rows;
}

function splitLine(line: string): string[] {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line.charCodeAt(at) === 34) {
      let close = line.indexOf('"', at + 1);
      while (line.charCodeAt(close + 1) === 34) close = line.indexOf('"', close + 2);
      cells.push(line.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 2;
    } else {
      let comma = line.indexOf(',', at);
      if (comma === -1) comma = line.length;
      cells.push(line.slice(at, comma));
      at = comma + 1;
    }
  }
  return cells;
}
