import { join } from 'node:path';
import { clock, dmyDate, isoDate, twoDigits } from './dates.ts';
import { cardNumber, webCustomer } from './customer-tables.ts';
import { type OnProgress, tillFormat, webFormat } from './manifest.ts';
import { tillColumns, webColumns } from './purchase-columns.ts';
import { randomSource, type RandomSource, scramble } from './random.ts';
import { tableFile } from './table-file.ts';
import { weighted } from './weighted.ts';

/** Days of purchases, ending the day before today. */
const DAYS = 730;
const WEB_BASKETS = 0.2;
const RETURNS = 0.03;
const PRODUCTS = 5000;
/** The exponent of Pareto's law for how often customers buy: 1.16 would be 80/20 to the letter, with a heavier head than shops see. */
const PARETO = 1.5;

export interface LoadProduct {
  key: string;
  /** Cents. */
  price: number;
}

/** Prices are log-normal with a median of 4 €; the n-th product sells in proportion to 1 / (n + 10), as Zipf's law has it. */
export function loadProducts(seed: number): LoadProduct[] {
  const random = randomSource(seed, 2);
  return Array.from({ length: PRODUCTS }, (_, n) => ({
    key: `A${10_000 + n}`,
    price: Math.max(15, Math.round(400 * Math.exp(0.8 * random.normal()))),
  }));
}

/** Writes `lines` purchase lines in order of time, keyed to the first `cards` cards and `accounts` web accounts. */
export async function writeLoadPurchases(
  folder: string,
  lines: number,
  buyers: { cards: number; accounts: number },
  seed: number,
  today: number,
  onProgress?: OnProgress,
): Promise<{ till: number; web: number }> {
  const random = randomSource(seed, 3);
  const products = loadProducts(seed);
  const productKeys = products.map(({ key }) => key);
  const prices = Int32Array.from(products, ({ price }) => price);
  const drawProduct = weighted(products.map((_, n) => 1 / (n + 10)));
  const drawCard = buyers.cards > 0 ? weighted(frequencies(buyers.cards, randomSource(seed, 4))) : undefined;
  const drawAccount = buyers.accounts > 0 ? weighted(frequencies(buyers.accounts, randomSource(seed, 5))) : undefined;

  const till = tableFile(join(folder, 'tarjeta-compras.csv'), tillFormat, tillColumns);
  const web = tableFile(join(folder, 'web-pedidos.csv'), webFormat, webColumns);
  const first = today - DAYS;
  let written = 0;
  let basket = 0;
  while (written < lines) {
    // Time follows the lines written, so that the files are in order of time like a till's own.
    const progress = (written / lines) * DAYS;
    const day = Math.floor(progress);
    const online = drawCard === undefined || (drawAccount !== undefined && random.chance(WEB_BASKETS));
    const seconds = 32_400 + Math.floor((progress - day) * 43_200);
    const at = online ? `${isoDate(first + day)} ${clock(seconds)}` : `${dmyDate(first + day)} ${clock(seconds).slice(0, 5)}`;
    const customer = activeBuyer(random, online ? drawAccount! : drawCard!, day);
    const key = online ? webCustomer(customer + 1) : cardNumber(customer + 1);
    const order = `${online ? 'W' : 'T'}${10_000_000 + ++basket}`;
    const store = `Tienda;${300 + random.below(60)}`;
    const sign = random.chance(RETURNS) ? -1 : 1;
    const size = Math.min(lines - written, sign < 0 ? 1 : 1 + Math.floor(-5 * Math.log(1 - random.float())));
    const discounted = random.chance(0.3);
    for (let n = 1; n <= size; n++) {
      const product = drawProduct(random);
      const quantity = random.chance(0.8) ? 1 : random.between(2, 4);
      const list = prices[product]! * quantity;
      const discount = discounted && random.chance(0.4) ? Math.round(list * 0.05 * random.between(1, 8)) : 0;
      const line = `${order}-${n}`;
      if (online) {
        web.line(
          `${line},${order},${key},${productKeys[product]},${sign * quantity},${money(sign * (list - discount), '.')},${money(sign * list, '.')},${money(sign * discount, '.')},0.00,EUR,${at},Web`,
        );
      } else {
        till.line(
          `${line};${order};${key};${productKeys[product]};${sign * quantity};${money(sign * (list - discount), ',')};${money(sign * list, ',')};${money(sign * discount, ',')};0,00;EUR;${at};${store}`,
        );
      }
    }
    written += size;
    if ((basket & 0x3fff) === 0) {
      await till.breathe();
      onProgress?.({ file: 'tarjeta-compras.csv', rows: written, of: lines });
    }
  }
  till.close();
  web.close();
  onProgress?.({ file: 'tarjeta-compras.csv', rows: written, of: lines });
  return { till: till.rows, web: web.rows };
}

/** How often each customer buys, relative to the others: Pareto's law, cut off so that nobody buys a thousand times a day. */
function frequencies(count: number, random: RandomSource): Float32Array {
  const weights = new Float32Array(count);
  for (let i = 0; i < count; i++) weights[i] = Math.min(300, (1 - random.float()) ** (-1 / PARETO));
  return weights;
}

/** A buyer who is a customer on that day: each is one for some time only, from a start that depends on nothing but who they are. */
function activeBuyer(random: RandomSource, draw: (random: RandomSource) => number, day: number): number {
  let buyer = draw(random);
  for (let tries = 0; tries < 3; tries++) {
    const dice = scramble(buyer + 1) >>> 0;
    const since = (dice & 0x3ff) - 400;
    const stays = 120 + ((dice >>> 10) & 0x7ff);
    if (day >= since && day < since + stays) break;
    buyer = draw(random);
  }
  return buyer;
}

function money(cents: number, decimal: string): string {
  const whole = cents < 0 ? -cents : cents;
  return `${cents < 0 ? '-' : ''}${Math.floor(whole / 100)}${decimal}${twoDigits[whole % 100]}`;
}
