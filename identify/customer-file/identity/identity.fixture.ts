// A customer file on real stores, and records put into it as an import would.
import { createHash } from 'node:crypto';
import { type Context, feature as http } from '@vinculo/http';
import { sql } from 'kysely';
import { copyText, newId, recordId, SYSTEM } from '@vinculo/postgres';
import { contextOver, testStores } from '@vinculo/testing';
import { normaliseRecord, type RawRecord } from '../records/normalise-record.ts';

export interface TestFile {
  context: Context;
  /** Sources by name, made when first named. */
  source(name: string, trust?: number): Promise<string>;
  /** Puts records in, or changes them; gives their ids in order. */
  add(source: string, rows: (RawRecord & { key: string })[]): Promise<string[]>;
  /** Customer id by record id, as the desk says. */
  customers(): Promise<Map<string, string>>;
  close(): Promise<void>;
}

export async function testFile(): Promise<TestFile> {
  const stores = await testStores({
    migrations: [
      { name: http.name, folder: http.migrations! },
      { name: 'customer-file', folder: new URL('../migrations/', import.meta.url) },
    ],
    warehouseMigrations: [{ name: 'customer-file', folder: new URL('../warehouse/', import.meta.url) }],
  });
  const { store, warehouse } = stores;
  const context = contextOver(stores);
  const sources = new Map<string, string>();
  let version = Date.now() * 1000;

  const file: TestFile = {
    context,
    async source(name, trust = 50) {
      let id = sources.get(name);
      if (id === undefined) {
        sources.set(name, (id = newId()));
        await sql`insert into source (id, name, label, trust) values (${id}, ${name}, ${name.toUpperCase()}, ${trust})`.execute(store.db);
      }
      return id;
    },
    async add(name, rows) {
      const source = await file.source(name);
      const at = new Date();
      version++;
      const desk: string[] = [];
      const match: object[] = [];
      const ids: string[] = [];
      for (const { key, ...raw } of rows) {
        const { kind, traits, match: keys, filled, invalid } = normaliseRecord(raw, { country: 'ES', dateOrder: 'ymd' });
        const id = recordId(source, key);
        ids.push(id);
        const hash = createHash('md5').update(JSON.stringify(raw)).digest().readInt32BE(0);
        desk.push([id, source, key, kind, raw, traits, hash, at].map(copyText).join('\t'));
        const said = { record_id: id, source_id: source, key, kind, traits: JSON.stringify(traits), filled, invalid, version };
        match.push({ ...keys, ...said, changed_at: at.toISOString() });
      }
      await store.transaction(SYSTEM, async (tx) => {
        await sql`create temp table incoming (like source_record including defaults) on commit drop`.execute(tx);
        const columns = ['id', 'source_id', 'key', 'kind', 'raw', 'traits', 'hash', 'changed_at'];
        await store.copyIn(tx, 'incoming', columns, lines(desk));
        await sql`
          insert into source_record select * from incoming
          on conflict (id) do update set raw = excluded.raw, traits = excluded.traits, kind = excluded.kind, changed_at = excluded.changed_at`.execute(
          tx,
        );
      });
      await warehouse.insert('match_record', match);
      return ids;
    },
    async customers() {
      const { rows } = await sql<{ record_id: string; customer_id: string }>`
        select record_id, customer_id from link where valid_to is null`.execute(store.db);
      return new Map(rows.map((row) => [row.record_id, row.customer_id]));
    },
    close: () => stores.close(),
  };
  return file;
}

async function* lines(all: string[]): AsyncGenerator<string> {
  for (const line of all) yield `${line}\n`;
}

/** Numbered people who have nothing in common, to give the model something to learn from. Each is in two sources. */
export function strangers(from: number, count: number): { card: RawRecord & { key: string }; web: RawRecord & { key: string } }[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i;
    const name = {
      given_name: GIVEN[n % GIVEN.length]!,
      surname1: SURNAMES[(n * 7) % SURNAMES.length]!,
      surname2: SURNAMES[(n * 3 + 1) % SURNAMES.length]!,
    };
    const birth_date = `19${String(40 + ((n * 7) % 60)).padStart(2, '0')}-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + ((n * 5) % 28)).padStart(2, '0')}`;
    const mobile = `6${String(10_000_000 + n * 7919).slice(-8)}`;
    const email = `persona.${n}@correo.example`;
    const address = {
      address: `Calle ${SURNAMES[(n * 5) % SURNAMES.length]} ${1 + (n % 90)}`,
      postcode: `280${String(10 + (n % 45))}`,
      city: 'Madrid',
    };
    return {
      card: { key: `T${n}`, ...name, birth_date, mobile, ...(n % 4 ? address : {}), ...(n % 3 === 1 ? {} : { email }) },
      web: {
        key: `W${n}`,
        ...name,
        ...(n % 5 === 4 ? {} : { birth_date }),
        ...(n % 6 ? { mobile } : {}),
        email,
        ...(n % 7 ? address : {}),
      },
    };
  });
}

const GIVEN = [
  'María',
  'José',
  'Ana',
  'Luis',
  'Carmen',
  'Javier',
  'Lucía',
  'Pedro',
  'Elena',
  'Sergio',
  'Rosa',
  'Pablo',
  'Marta',
  'Raúl',
  'Inés',
];
const SURNAMES = [
  'García',
  'López',
  'Ruiz',
  'Gil',
  'Moreno',
  'Vega',
  'Castro',
  'Ortiz',
  'Rubio',
  'Sanz',
  'Iglesias',
  'Cano',
  'Prieto',
  'Lozano',
  'Cruz',
  'Calvo',
  'Gallego',
  'Vidal',
  'León',
];
