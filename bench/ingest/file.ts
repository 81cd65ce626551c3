// What the benchmark begins with: a customer file, and a web shop that knows some of its people by number.
import { join } from 'node:path';
import { writeLoad } from '@vinculo/generator';
import type { Api } from '../customer-file/api.ts';
import type { Person } from './shop.ts';

export interface WebShop {
  writeKey: string;
  people: Person[];
  /** userId → customer */
  customers: Map<string, string>;
}

/** Customers from files, unified, with the live index built. */
export async function fillFile(client: Api, folder: string, customers: number): Promise<void> {
  const manifest = await writeLoad(folder, { customers, purchases: customers * 5, seed: 7, onProgress: () => {} });
  for (const entry of manifest) await client.importFile(join(folder, entry.file), entry);
  await client.quiet(true);
  do await client.send('/identify/lookup', { full_name: 'María García López' }).catch(() => {});
  while ((await client.get<{ state: string }>('/identify/live')).state !== 'ready');
}

/** A source for events with its key, and people of the file who have an account there. */
export async function openShop(client: Api, count: number): Promise<WebShop> {
  const { id } = await client.send<{ id: string }>('/sources', { name: 'tienda', label: 'Tienda web', kind: 'api' });
  const { key } = await client.send<{ key: string }>(`/sources/${id}/write-keys`, { name: 'Banco de pruebas' });
  const { items } = await client.get<{ items: { id: string }[] }>('/customers?limit=200');
  const known = await Promise.all(items.map(({ id: customer }) => fieldsOf(client, customer)));
  const people: Person[] = [];
  const customers = new Map<string, string>();
  for (let from = 0; from < count; from += 500) {
    const records = Array.from({ length: Math.min(500, count - from) }, (_, n) => {
      const number = from + n;
      const person = known[number % known.length]!;
      // The first time round somebody the file knows; then others of the same name who have moved and have another address.
      const fields =
        number < known.length ? person : { ...person, email: `persona${number}@correo.example`, mobile: String(600_000_000 + number) };
      return { key: `u${number}`, fields };
    });
    const saved = await client.send<{ records: { key: string; customerId: string | null }[] }>(`/sources/${id}/records`, { records });
    for (const { key: userId, customerId } of saved.records) if (customerId) customers.set(userId, customerId);
    for (const { key: userId, fields } of records) people.push({ userId, traits: asTraits(fields) });
  }
  return { writeKey: key, people, customers };
}

type Fields = Record<'given_name' | 'surname' | 'email' | 'mobile', string>;

async function fieldsOf(client: Api, customer: string): Promise<Fields> {
  const { records } = await client.get<{ records: { raw: Partial<Fields> & { surname1?: string; full_name?: string } }[] }>(
    `/customers/${customer}/identity`,
  );
  const { given_name = 'Ana', surname, surname1, email = '', mobile = '' } = records[0]!.raw;
  return { given_name, surname: surname ?? surname1 ?? 'Núñez', email, mobile };
}

/** As the library for browsers names them. */
function asTraits({ given_name, surname, email, mobile }: Fields): Record<string, string> {
  return { firstName: given_name, lastName: surname, email, phone: mobile };
}
