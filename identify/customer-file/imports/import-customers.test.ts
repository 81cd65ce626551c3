import { gzipSync } from 'node:zlib';
import { recordId } from '@vinculo/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportBench, importBench } from './imports.fixture.ts';

const HEADER = 'Nº cliente;Nombre;Apellidos;DNI;Fecha nacimiento;Teléfono;Correo electrónico;CP;Población';
const ANA = '1;ANA MARÍA;PEÑA LÓPEZ;12345678Z;05/01/1980;612 34 56 79;Ana.Pena@Gmail.com;28013;MADRID';
const LUIS = '2;Luis;Muñoz;;31/12/1975;91 123 45 67;luis@;08001;Barcelona';
const csv = (...rows: string[]) => `${[HEADER, ...rows].join('\r\n')}\r\n`;

describe('a file of customers', () => {
  let bench: ImportBench;
  beforeAll(async () => {
    bench = await importBench();
  });
  afterAll(() => bench.close());
  const counts = async (path: string, source: string) => {
    const { rowsRead, rowsNew, rowsChanged, rowsSame, rowsRejected } = await bench.load(path, { source: { name: source } });
    return { rowsRead, rowsNew, rowsChanged, rowsSame, rowsRejected };
  };

  it('becomes source records: raw as they came, traits as people see them, keys as linkage compares them', async () => {
    const done = await bench.load(await bench.file('clientes.csv', Buffer.from(csv(ANA, LUIS), 'latin1')));
    expect(done).toMatchObject({ state: 'done', kind: 'customers', rowsRead: 2, rowsNew: 2, rowsRejected: 0, error: null });

    const records = await bench.desk<{ id: string; key: string; raw: object; traits: object }>('select * from source_record order by key');
    expect(records[0]).toMatchObject({
      id: recordId(done.sourceId, '1'),
      kind: 'person',
      raw: { given_name: 'ANA MARÍA', surname: 'PEÑA LÓPEZ', phone: '612 34 56 79' },
      traits: {
        given: 'Ana María',
        surname1: 'Peña',
        surname2: 'López',
        mobile: '+34612345679',
        email: 'ana.pena@gmail.com',
        birth_date: '1980-01-05',
      },
      import_id: done.id,
    });
    expect(records[1]).toMatchObject({ traits: { phone: '+34911234567', email: 'luis@', invalid: ['email'] } });

    const matched = await bench.context.warehouse.rows('select * from match_record final order by birth_date desc');
    expect(matched[0]).toMatchObject({
      record_id: records[0]!.id,
      given: 'ana maria',
      surname1: 'pena',
      email: 'anapena@gmail.com',
      mobile: '34612345679',
    });
    expect(JSON.parse((matched[0] as { traits: string }).traits)).toEqual(records[0]!.traits);
  });

  it('taken in twice changes nothing; a changed row is a change and a new one is new', async () => {
    const path = await bench.file('a.csv', csv(ANA, LUIS));
    expect(await counts(path, 'dos')).toEqual({ rowsRead: 2, rowsNew: 2, rowsChanged: 0, rowsSame: 0, rowsRejected: 0 });
    expect(await counts(path, 'dos')).toEqual({ rowsRead: 2, rowsNew: 0, rowsChanged: 0, rowsSame: 2, rowsRejected: 0 });
    const moved = await bench.file('b.csv', csv(ANA.replace('28013;MADRID', '41001;SEVILLA'), LUIS, LUIS.replace('2;', '3;')));
    expect(await counts(moved, 'dos')).toEqual({ rowsRead: 3, rowsNew: 1, rowsChanged: 1, rowsSame: 1, rowsRejected: 0 });
    const [record] = await bench.desk<{ traits: object }>(
      `select r.* from source_record r join source s on s.id = r.source_id where s.name = 'dos' and r.key = '1'`,
    );
    expect(record!.traits).toMatchObject({ city: 'Sevilla' });
    const matched = await bench.context.warehouse.rows<{ city: string }>(
      `select city from match_record final where record_id = {id:UUID}`,
      {
        id: (record as unknown as { id: string }).id,
      },
    );
    expect(matched).toEqual([{ city: 'sevilla' }]);
  });

  it('with a key that comes twice takes the last row, and counts the rest', async () => {
    const path = await bench.file('c.csv', csv(ANA, ANA, LUIS, ANA.replace('MADRID', 'GETAFE')));
    expect(await counts(path, 'repetida')).toEqual({ rowsRead: 4, rowsNew: 2, rowsChanged: 1, rowsSame: 1, rowsRejected: 0 });
    expect(await counts(path, 'repetida')).toEqual({ rowsRead: 4, rowsNew: 0, rowsChanged: 0, rowsSame: 4, rowsRejected: 0 });
    const [{ city }] = (await bench.desk<{ city: string }>(
      `select traits ->> 'city' as city from source_record r join source s on s.id = r.source_id where s.name = 'repetida' and key = '1'`,
    )) as [{ city: string }];
    expect(city).toBe('Getafe');
  });

  it('in gzip, in UTF-16, or as JSON lines gives the same records', async () => {
    const load = async (name: string, content: Buffer) => {
      await bench.load(await bench.file(name, content), {
        source: { name: `como-${name.replaceAll('.', '-')}` },
        kind: 'customers',
        columns: COLUMNS,
      });
      return bench.desk(
        `select r.key, r.raw, r.traits from source_record r join source s on s.id = r.source_id where s.name = $1 order by r.key`,
        [`como-${name.replaceAll('.', '-')}`],
      );
    };
    const COLUMNS = {
      'Nº cliente': 'key',
      Nombre: 'given_name',
      Apellidos: 'surname',
      DNI: 'national_id',
      'Fecha nacimiento': 'birth_date',
      Teléfono: 'phone',
    };
    const text = csv(ANA, LUIS);
    const names = HEADER.split(';');
    const lines = [ANA, LUIS]
      .map((row) => JSON.stringify(Object.fromEntries(row.split(';').map((value, i) => [names[i], value]))))
      .join('\n');
    const plain = await load('x.csv', Buffer.from(text));
    expect(plain).toHaveLength(2);
    expect(await load('x.csv.gz', gzipSync(text))).toEqual(plain);
    expect(await load('x16.csv', Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual(plain);
    expect(await load('x.jsonl', Buffer.from(lines))).toEqual(plain);
  });

  it('without keys is told apart by id, e-mail or phone, and a row that has none is rejected', async () => {
    const path = await bench.file('d.csv', 'Nombre;Correo electrónico;Teléfono\nAna;Ana@example.com;\nEva;;600111223\nNadie;;\n');
    expect(await counts(path, 'sin-clave')).toMatchObject({ rowsRead: 3, rowsNew: 2, rowsRejected: 1 });
    const keys = await bench.desk<{ key: string }>(
      `select key from source_record r join source s on s.id = r.source_id where s.name = 'sin-clave' order by key`,
    );
    expect(keys.map(({ key }) => key)).toEqual(['email:ana@example.com', 'phone:600111223']);
  });
});
