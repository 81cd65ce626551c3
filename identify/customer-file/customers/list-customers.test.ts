// Lists and search over a real desk: every order pages through everybody once, and words typed wrong find who was meant.
import { newId, SYSTEM, type Actor } from '@vinculo/postgres';
import { type TestStores, testStores } from '@vinculo/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelSets } from './channel-sets.ts';
import { countCustomers } from './count-customers.ts';
import { exportCustomers, EXPORT_COLUMNS } from './export-customers.ts';
import { listCustomers } from './list-customers.ts';
import { searchCustomers } from './search-customers.ts';

const reader: Actor = {
  kind: 'user',
  id: 'u1',
  name: 'Ana',
  permissions: new Set(['customer.read', 'customer.read_personal', 'value.read']),
};
const masked: Actor = { ...reader, permissions: new Set(['customer.read']) };

const SURNAMES = ['garcia', 'lopez', 'fernandez', 'munoz', 'rodriguez'];
const GIVEN = ['maria', 'jose', 'lucia', 'begona'];
const MANY = 60;

let stores: TestStores;
beforeAll(async () => {
  const folder = (path: string) => new URL(path, import.meta.url);
  stores = await testStores({ migrations: [{ name: 'customer-file', folder: folder('../migrations/') }] });
  const db = stores.store.db;
  const [web, till] = [newId(), newId()];
  await sql`insert into source (id, name, label) values (${web}, 'web', 'Tienda web'), (${till}, 'till', 'Caja')`.execute(db);
  const [both, phone] = await stores.store.transaction(SYSTEM, (tx) => channelSets(tx, [['tienda', 'web'], ['telefóno "fijo"']]));
  for (let i = 0; i < MANY; i++) {
    const id = newId();
    const [given, surname] = [GIVEN[i % 4]!, SURNAMES[i % 5]!];
    const number = `+346000000${String(i).padStart(2, '0')}`;
    const email = `${given}.${surname}${i}@correo.example`;
    const words = [given, surname, email, number.slice(1), number.slice(3), `card${i}`];
    await sql`
      insert into customer (id, kind, display_name, sort_name, email, phone, city, province, golden, records, sources, search)
      values (${id}, ${i % 10 === 0 ? 'company' : 'person'}, ${`${given} ${surname}`}, ${`${surname} ${given}`}, ${email}, ${number}, 'Madrid',
              ${i % 2 ? 'Madrid' : 'Toledo'}, '{}', ${1 + (i % 3)}, ${[web, till]}::uuid[], array_to_tsvector(${words}::text[]))`.execute(
      db,
    );
    // A third has never bought; some share their figures, so that ties are paged through as well.
    if (i % 3 !== 0) {
      await sql`
        insert into customer_score (customer_id, revenue, margin, orders, first_purchase_at, last_purchase_at, returned,
                                    discount_share, channel_set, recency, frequency, monetary, rfm_group, decile, computed_at, percentile, months,
                                    profit, tier, lifetime_value, stage, churn_risk, loyalty_type, alive)
        values (${id}, ${Math.floor(i / 4) * 10}, null, ${1 + (i % 4)}, now(), now() - make_interval(days => ${i % 7}), 0, 0, ${i % 4 ? both : phone},
                3, 3, 3, ${i % 2 ? 'champions' : 'lost'}, ${1 + (i % 10)}, now(), ${1 + i}, ${i % 2 ? '202602,202603' : '202602'},
                ${i % 5 === 0 ? null : 10 - (i % 13)}, ${i % 2 ? 'most_valuable' : 'below_zero'}, ${i % 7 === 0 ? null : i % 4}, ${i % 2 ? 'active' : 'lost'},
                ${i % 11 === 0 ? null : (i % 3) / 3}, ${i % 4 ? 'price' : 'inertia'}, ${i % 7 === 0 ? null : i % 5 ? 'likely' : 'unlikely'})`.execute(
        db,
      );
    }
  }
  await sql`insert into search_word (word, frequency) select word, 10 from unnest(${[...SURNAMES, ...GIVEN]}::text[]) as w(word)`.execute(
    db,
  );
});
afterAll(() => stores.close());

async function everyPage(query: Partial<Parameters<typeof listCustomers>[2]>, members?: Parameters<typeof listCustomers>[3]) {
  const rows = [];
  let cursor: string | undefined;
  do {
    const page = await listCustomers(stores.store, reader, { limit: 7, ...query, cursor }, members);
    rows.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return rows;
}

describe('a list', () => {
  it.each(['name', '-revenue', '-last_purchase', '-orders', '-changed', 'profit', '-profit', '-lifetime_value', '-churn_risk'] as const)(
    'sorted by %s pages through everybody once',
    async (sort) => {
      const rows = await everyPage({ sort });
      expect(rows).toHaveLength(MANY);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(MANY);
    },
  );

  it('by revenue shows the best first and those who never bought last', async () => {
    const revenue = (await everyPage({ sort: '-revenue' })).map(({ score }) => score?.revenue ?? -1);
    expect(revenue).toEqual(revenue.toSorted((a, b) => b - a));
  });

  it('by profit, the worst first: then the buyers of whom it is not known, then who never bought', async () => {
    const profits = (await everyPage({ sort: 'profit' })).map(({ score }) => (score ? (score.profit ?? 'unknown') : 'never'));
    const known = profits.filter((profit) => typeof profit === 'number');
    expect(profits).toEqual([
      ...known.toSorted((a, b) => a - b),
      ...profits.filter((profit) => profit === 'unknown'),
      ...profits.filter((profit) => profit === 'never'),
    ]);
    expect(known[0]).toBeLessThan(0);
    expect(profits).toContain('unknown');
    const below = (await everyPage({ sort: 'profit', tier: 'below_zero' })).map(({ score }) => score?.tier);
    expect(new Set(below)).toEqual(new Set(['below_zero']));
  });

  it('holds what its count says, whatever the filter', async () => {
    for (const filter of [
      {},
      { kind: 'company' as const },
      { group: 'champions' as const },
      { buyers: 'no' as const },
      { province: 'Toledo', duplicates: 'yes' as const },
      { search: 'garcia' },
      { decile: 3 },
      { recency: 3, frequency: 3 },
      { best: 20 },
      { bought: '2026-02', search: 'garcia' },
      { lastPurchase: '2026-03' },
      { tier: 'below_zero' as const },
      { stage: 'active' as const, loyalty: 'price' as const },
      { alive: 'unlikely' as const },
      { alive: 'likely' as const, channel: 'web' },
      { channel: 'telefóno "fijo"' },
    ]) {
      const rows = await everyPage({ ...filter, sort: 'name' });
      expect(await countCustomers(stores.store, filter)).toEqual({ count: rows.length, exact: true });
    }
  });

  it('by channel holds who bought over it, among others', async () => {
    const { count } = await countCustomers(stores.store, { channel: 'web' });
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from customer_score join channel_set k on k.id = channel_set where 'web' = any(k.channels)`.execute(
      stores.store.db,
    );
    expect(count).toBe(rows[0]!.n);
    expect(count).toBeGreaterThan(0);
    expect(await countCustomers(stores.store, { channel: 'we' })).toEqual({ count: 0, exact: true });
  });

  it('of a segment holds its members alone, whether they are handed over or asked for on the way', async () => {
    const everybody = (await everyPage({ sort: 'name' })).map(({ id }) => id);
    const inside = new Set(everybody.filter((_, n) => n % 4 === 1));
    const few = { ids: [...inside] };
    const many = {
      size: async () => inside.size,
      among: async (some: readonly string[]) => new Set(some.filter((id) => inside.has(id))),
      all: async () => [...inside],
    };
    for (const query of [
      { sort: 'name' },
      { sort: '-revenue' },
      { sort: 'profit' },
      { sort: '-churn_risk', alive: 'likely' },
      { search: 'garcia' },
    ] as const) {
      const whole = await everyPage(query);
      const expected = whole.filter(({ id }) => inside.has(id)).map(({ id }) => id);
      expect(expected.length).toBeGreaterThan(0);
      for (const members of [few, many]) {
        const found = (await everyPage(query, members)).map(({ id }) => id);
        if ('sort' in query) expect(found).toEqual(expected);
        else expect(found.toSorted()).toEqual(expected.toSorted());
        const { sort: _, ...filter } = { sort: undefined, ...query };
        expect(await countCustomers(stores.store, filter, members)).toEqual({ count: expected.length, exact: true });
      }
    }
  });

  it('masks what a reader may not see', async () => {
    const { items } = await listCustomers(stores.store, masked, { limit: 1 });
    expect(items[0]!.email).toMatch(/^.•••@/);
    expect(items[0]!.phone).toMatch(/^•••\d{3}$/);
  });
});

describe('search', () => {
  const find = (q: string) => searchCustomers(stores.store, reader, { q, limit: 20 });

  it('forgives typing errors', async () => {
    for (const [typed, surname] of [
      ['fernandes', 'fernandez'],
      ['rodrigez', 'rodriguez'],
      ['garzia', 'garcia'],
    ] as const) {
      const hits = await find(typed);
      expect(hits.length).toBeGreaterThan(0);
      expect(hits.every(({ name, corrected }) => name.includes(surname) && corrected)).toBe(true);
    }
  });

  it('finds by beginning, by phone however written, by e-mail, by card and by id', async () => {
    expect((await find('fern'))[0]).toMatchObject({ corrected: false });
    expect((await find('600 000 007')).map(({ detail }) => detail)[0]).toContain('+34600000007');
    expect(await find('jose.lopez1@correo.example')).toHaveLength(1);
    const [card] = await find('card12');
    expect(await find(card!.id)).toMatchObject([{ id: card!.id }]);
  });

  it('finds nobody for what nobody is called, and does not break on odd text', async () => {
    expect(await find('xqzwyx')).toEqual([]);
    for (const odd of ["o'neil", 'a:*&|!()', "\\'", '<b>', '%%%']) await expect(find(odd)).resolves.toBeInstanceOf(Array);
  });
});

describe('an export', () => {
  type Asked = Partial<Parameters<typeof exportCustomers>[2]>;
  const text = async (asked: Asked, actor = reader) => {
    let out = '';
    const whole = { filter: {}, columns: EXPORT_COLUMNS, format: 'csv' as const, language: 'es' as const, timeZone: 'Europe/Madrid' };
    for await (const chunk of exportCustomers(stores.store, actor, { ...whole, ...asked })) out += chunk;
    return out;
  };

  it('holds everybody, as a spreadsheet in Spanish opens it', async () => {
    const lines = (await text({})).trimEnd().split('\r\n');
    expect(lines).toHaveLength(MANY + 1);
    expect(lines[0]).toBe(
      '\uFEFFIdentificador;Nombre;Tipo;Correo;Teléfono;Población;Provincia;Fichas;Fuentes;Cambió;Ventas;Margen;Pedidos;Última compra;Grupo;Decil de valor;Rentabilidad;Nivel de valor;Valor de duración;Etapa;Riesgo de irse;Lealtad',
    );
    expect(new Set(lines.slice(1).map((line) => line.split(';')[2]))).toEqual(new Set(['Persona', 'Empresa']));
  });

  it('has the headings in the reader’s language, and every column chosen, in its order', async () => {
    const lines = (await text({ language: 'en', columns: ['sources', 'name', 'changedAt', 'rfmGroup'] })).trimEnd().split('\r\n');
    expect(lines[0]).toBe('\uFEFFSources,Name,Changed,Group');
    const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Madrid', dateStyle: 'short' }).format(new Date());
    expect(lines[1]).toMatch(new RegExp(`^Tienda web \\| Caja,[^,]+,${day},(Champions|Lost|)$`));
  });

  it('keeps to the names of the API as JSON lines', async () => {
    const [first] = (await text({ format: 'jsonl' })).split('\n');
    expect(Object.keys(JSON.parse(first!))).toEqual(EXPORT_COLUMNS);
  });

  it('masks what the reader may not see', async () => expect(await text({ format: 'jsonl' }, masked)).not.toMatch(/maria\.lopez\d/));
});
