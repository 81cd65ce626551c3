// An invented bank: people with accounts and deposits over a year, the same every time. Writes customers.csv and accounts.csv.
//
//   npx tsx examples/bank/generate.ts [folder]
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CUSTOMERS = 48;
const MONTHS = 12;
const YEAR = 2025;

const GIVEN = ['Amparo', 'Bruno', 'Carla', 'Damián', 'Elvira', 'Fermín', 'Gloria', 'Hugo', 'Inés', 'Joaquín', 'Leire', 'Mateo'];
const FIRST = ['Abascal', 'Baena', 'Cebrián', 'Doménech', 'Echeverría', 'Fuentes', 'Gallardo', 'Hurtado'];
const SECOND = ['Rico', 'Soler', 'Tapia', 'Ugarte', 'Valverde', 'Ybarra', 'Zúñiga'];
const CITIES = ['Madrid', 'Sevilla', 'Valencia', 'Bilbao', 'A Coruña', 'Zaragoza'];

/** Numbers in [0, 1) that are the same at every run. Mulberry32 by Tommy Ettinger, public domain. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** 1234.5 → 1234,50 */
const money = (amount: number) => amount.toFixed(2).replace('.', ',');
const lastDay = (month: number) => new Date(Date.UTC(YEAR, month, 0)).toISOString().slice(0, 10);

/** Both files as text, semicolons and decimal commas as a Spanish bank would write them. */
export function bank(seed = 1985): { customers: string; accounts: string } {
  const random = randomNumbers(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const customers = ['cliente;nombre;apellido1;apellido2;email;ciudad'];
  const accounts = ['cliente;contrato;producto;fecha;medida;valor'];

  for (let n = 1; n <= CUSTOMERS; n++) {
    const key = `B${String(n).padStart(3, '0')}`;
    customers.push([key, pick(GIVEN), pick(FIRST), pick(SECOND), `${key.toLowerCase()}@banco.example`, pick(CITIES)].join(';'));
    // Most keep little, a few keep most of it all.
    const wealth = 200 * Math.exp(5.2 * random() ** 2);
    const contracts = random() < 0.4 ? ['cuenta', 'ahorro'] : ['cuenta'];
    for (const [place, product] of contracts.entries()) {
      const contract = `${key}-${place + 1}`;
      const opened = random() < 0.25 ? 1 + Math.floor(random() * 9) : 0;
      const closed = random() < 0.08 ? Math.min(MONTHS, opened + 2 + Math.floor(random() * 6)) : 0;
      const fee = product === 'cuenta' ? pick([0, 0, 3, 6]) : 0;
      for (let month = Math.max(1, opened); month <= (closed || MONTHS); month++) {
        const add = (measure: string, value: string) => accounts.push([key, contract, product, lastDay(month), measure, value].join(';'));
        add('saldo medio', money(wealth * (product === 'ahorro' ? 1.8 : 1) * (0.8 + 0.4 * random())));
        if (fee) add('comisiones', money(fee));
        if (month === opened) add('aperturas', '1');
        if (month === closed) add('cancelaciones', '1');
      }
    }
  }
  return { customers: `${customers.join('\n')}\n`, accounts: `${accounts.join('\n')}\n` };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? dirname(fileURLToPath(import.meta.url));
  mkdirSync(folder, { recursive: true });
  const files = bank();
  writeFileSync(join(folder, 'customers.csv'), files.customers);
  writeFileSync(join(folder, 'accounts.csv'), files.accounts);
}
