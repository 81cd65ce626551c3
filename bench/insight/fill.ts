// A file of a million customers with ten million purchase lines, written straight into the stores: what is measured here begins
// with scoring. Imports and unification have a benchmark of their own (customer-file).
import { join } from 'node:path';
import { loadConfig } from '@vinculo/config';
import { newId, SYSTEM } from '@vinculo/postgres';
import { migrateStores, openStores } from '@vinculo/server';
import { sql } from 'kysely';

const PROVINCES = [
  'Madrid',
  'Barcelona',
  'Valencia',
  'Sevilla',
  'Alicante',
  'Málaga',
  'Murcia',
  'Cádiz',
  'Bizkaia',
  'A Coruña',
  'Asturias',
  'Zaragoza',
];
const GIVEN = [
  'María',
  'José',
  'Antonio',
  'Carmen',
  'Ana',
  'Manuel',
  'Laura',
  'Javier',
  'Lucía',
  'Daniel',
  'Marta',
  'Pablo',
  'Elena',
  'David',
];
const SURNAMES = [
  'García',
  'Rodríguez',
  'González',
  'Fernández',
  'López',
  'Martínez',
  'Sánchez',
  'Pérez',
  'Gómez',
  'Martín',
  'Jiménez',
  'Ruiz',
];

/** Days of history. */
const DAYS = 1_095;
const PRODUCTS = 2_000;
const CATEGORIES = 40;

/** A uuid (version 8) of a number, the same every time. */
const uuid = (number: string, salt: number) => {
  const hex = (n: number) => `lower(leftPad(hex(cityHash64(${number}, ${salt + n})), 16, '0'))`;
  return `toUUID(concat(substring(${hex(0)}, 1, 8), '-', substring(${hex(0)}, 9, 4), '-8', substring(${hex(0)}, 14, 3), '-8', substring(${hex(1)}, 2, 3), '-', substring(${hex(1)}, 5, 12)))`;
};
/** 0…1 out of a number, the same every time. */
const share = (number: string, salt: number) => `(cityHash64(${number}, ${salt}) % 1000003 / 1000003.)`;

/**
 * Fills the data folder. Customers differ: a few buy every week and most a few times; each came at some day and many left
 * again; some buy at a discount only, some in one shop, some everywhere. A fifth never bought, a tenth has two records.
 *
 * @returns lines written.
 */
export async function fill(folder: string, customers: number, lines: number): Promise<number> {
  const config = loadConfig({ VINCULO_DATA_FOLDER: join(folder, 'data'), VINCULO_LOG_LEVEL: 'warn' });
  await migrateStores(config);
  const stores = await openStores(config);
  try {
    const { store, warehouse } = stores;
    const [till, web] = [newId(), newId()];
    await store.transaction(SYSTEM, async (tx) => {
      await sql`insert into source (id, name, label) values (${till}, 'till', 'Cajas'), (${web}, 'web', 'Tienda web')`.execute(tx);
      const people = `
        select ${uuid('number', 1)} as id, 'person', concat(g, ' ', s, ' ', s2), lowerUTF8(concat(s, ' ', s2, ' ', g)),
               concat('c', toString(number), '@correo.example'), concat('+346', leftPad(toString(number), 8, '0')), p, p, '{}',
               if(number % 10 = 0, 2, 1), if(number % 10 = 0, '{${till},${web}}', if(number % 3 = 0, '{${web}}', '{${till}}')),
               concat('''', lowerUTF8(s), ''' ''', lowerUTF8(g), ''' ''c', toString(number), '@correo.example''')
          from (select number, {given:Array(String)}[1 + cityHash64(number, 3) % ${GIVEN.length}] as g,
                       {surnames:Array(String)}[1 + cityHash64(number, 4) % ${SURNAMES.length}] as s,
                       {surnames:Array(String)}[1 + cityHash64(number, 5) % ${SURNAMES.length}] as s2,
                       {provinces:Array(String)}[1 + toUInt32(pow(${share('number', 6)}, 2) * ${PROVINCES.length})] as p
                  from numbers({customers:UInt64}))`;
      await store.copyIn(
        tx,
        'customer',
        ['id', 'kind', 'display_name', 'sort_name', 'email', 'phone', 'city', 'province', 'golden', 'records', 'sources', 'search'],
        warehouse.bytes(people, { customers, given: GIVEN, surnames: SURNAMES, provinces: PROVINCES }, { format: 'TabSeparated' }),
      );
    });
    await sql`analyze customer`.execute(store.db);

    await warehouse.command(
      `insert into identity (record_id, customer_id, reason, rule, record_version, version)
       select ${uuid('number', 11)}, ${uuid('number', 1)}, 'alone', '', 1, 1 from numbers({customers:UInt64})
       union all
       select ${uuid('number', 21)}, ${uuid('number', 1)}, 'model', '', 1, 1 from numbers({customers:UInt64}) where number % 10 = 0`,
      { customers },
    );
    await warehouse.command(
      `insert into product (product_key, name, category, subcategory, brand, price, cost, import_id, version)
       select concat('p', toString(number)), concat('Producto ', toString(number)), concat('Categoría ', toString(cityHash64(number, 2) % ${CATEGORIES})), '',
              concat('Marca ', toString(cityHash64(number, 3) % 90)), toDecimal64(2 + cityHash64(number, 4) % 60, 4),
              if(number % 20 = 0, null, toDecimal64((2 + cityHash64(number, 4) % 60) * 0.62, 4)), {nobody:UUID}, 1
         from numbers(${PRODUCTS})`,
      { nobody: newId() },
    );
    const orders = Math.round(lines / 2.5);
    const chunks = 10;
    for (let chunk = 0; chunk < chunks; chunk++) {
      await warehouse.command(
        `insert into purchase (record_id, line_id, source_id, order_key, occurred_at, product_key, quantity, amount, list_amount, discount,
                               coupon_discount, cost, currency, channel, store, import_id, version)
         with toUInt64(pow(${share('o', 31)}, 2.2) * {customers:UInt64} * 0.8) as c,
              (c % 10 = 0 and o % 3 = 0) as online,
              ${share('c', 33)} * ${DAYS} as came,
              came + (${DAYS} - came) * if(c % 3 = 0, ${share('c', 34)}, 1) as gone,
              if(c % 4 = 0, 0.2, if(o % 7 = 0, 0.1, 0)) as off,
              'p' || toString(toUInt32(pow(${share('n', 35)}, 2) * ${PRODUCTS})) as product,
              toDecimal64(2 + cityHash64(toUInt32(pow(${share('n', 35)}, 2) * ${PRODUCTS}), 4) % 60, 4) as price
         select if(online, ${uuid('c', 21)}, ${uuid('c', 11)}), ${uuid('n', 41)}, if(online or c % 3 = 0, {web:UUID}, {till:UUID}),
                concat('o', toString(o)), toDateTime('2026-10-31 20:00:00', 'UTC') - toUInt32(86400 * (${DAYS} - (came + (gone - came) * ${share('o', 36)}))),
                product, 1, price * toDecimal64(1 - off, 2), price, price * toDecimal64(off, 2), 0, null, 'EUR',
                if(online or c % 3 = 0, 'web', 'store'), if(c % 3 = 0, '', concat('t', toString(c % 60))), {nobody:UUID}, 1
           from (select number as o, arrayJoin(range(1 + cityHash64(number, 30) % 4)) as l, number * 8 + l as n
                   from numbers({from:UInt64}, {count:UInt64}))`,
        { customers, till, web, nobody: newId(), from: Math.floor((orders * chunk) / chunks), count: Math.floor(orders / chunks) },
      );
    }
    await warehouse.command(
      `insert into contact (record_id, contact_id, source_id, occurred_at, channel, direction, topic, outcome, agent, text, import_id, version)
       select ${uuid('c', 11)}, ${uuid('number', 51)}, {till:UUID}, toDateTime('2026-10-31 20:00:00', 'UTC') - toUInt32(86400 * ${DAYS} * ${share('number', 52)}),
              ['phone', 'email', 'store'][1 + number % 3], if(number % 2, 'in', 'out'), ['consulta', 'queja', 'pedido'][1 + cityHash64(number, 53) % 3], 'resuelto', '', '', {nobody:UUID}, 1
         from (select number, cityHash64(number, 54) % {customers:UInt64} as c from numbers({contacts:UInt64}))`,
      { customers, contacts: Math.round(customers / 2), till, nobody: newId() },
    );
    const [{ n } = { n: 0 }] = await warehouse.rows<{ n: number }>('select count() as n from purchase');
    return Number(n);
  } finally {
    await stores.close();
  }
}
