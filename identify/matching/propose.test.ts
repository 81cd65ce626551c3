import { describe, expect, it } from 'vitest';
import { cluster, evaluate, intern, predict, propose, proposeWithReasons, settingsSchema, type Table, tableOf, train } from './index.ts';
import { peopleTable, simulatePeople } from './simulated-people.fixture.ts';

const { records, truth } = simulatePeople(1500, 31);

/** The simulated people under other column names, with what a file has besides. */
function foreignFile(names: Record<string, string>): Table {
  const { columns, rows } = peopleTable(records);
  return {
    rows,
    columns: {
      id: intern(records.map((_, row) => `r${row}`)),
      ...Object.fromEntries(Object.entries(names).map(([name, column]) => [column, columns[name]!])),
      pais: intern(records.map(() => 'es')),
    },
  };
}

const spanish = foreignFile({
  given: 'nombre',
  surname1: 'apellido_1',
  surname2: 'apellido_2',
  birth_date: 'fecha_nacimiento',
  national_id: 'dni',
  email: 'correo',
  phone: 'telefono',
  mobile: 'movil',
  street: 'direccion',
  postcode: 'cp',
  city: 'ciudad',
});

describe('propose', () => {
  it('recognises columns by Spanish names', () => {
    const { columns } = proposeWithReasons(spanish);
    expect(Object.fromEntries(columns.map(({ column, meaning }) => [column, meaning]))).toEqual({
      id: 'ignore',
      nombre: 'given',
      apellido_1: 'surname',
      apellido_2: 'second-surname',
      fecha_nacimiento: 'birth-date',
      dni: 'id',
      correo: 'email',
      telefono: 'phone',
      movil: 'phone',
      direccion: 'street',
      cp: 'postcode',
      ciudad: 'city',
      pais: 'ignore',
    });
  });

  it('recognises by values what the names do not tell', () => {
    const { columns } = peopleTable(records);
    const table: Table = {
      rows: records.length,
      columns: { c1: columns.email!, c2: columns.birth_date!, c3: columns.mobile!, c4: columns.surname1! },
    };
    expect(proposeWithReasons(table).columns.map(({ meaning }) => meaning)).toEqual(['email', 'birth-date', 'phone', 'text']);
  });

  it('links a file it has never seen', () => {
    const settings = propose(spanish);
    const model = train(spanish, settings);
    const found = evaluate(cluster(spanish, predict(spanish, model), model), truth);
    expect(found.pairwise.f1).toBeGreaterThan(0.95);
    expect(found.bcubed.f1).toBeGreaterThan(0.97);
  });

  it('gives settings that survive JSON', () => {
    const settings = propose(spanish);
    expect(settingsSchema.parse(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  });

  it('takes a document that nobody has twice for what it is: one that parts people', () => {
    const who = (k: number) => ({ nombre: `Ana ${'abcdefghij'[k % 10]}ia`, apellidos: `Ruiz ${'lmnopqrst'[k % 9]}ena`, ciudad: 'Vigo' });
    const rows = Array.from({ length: 40 }, (_, k) => ({ ref: `r${k}`, dni: `${10_000_000 + k * 7919}x`, sku: `z${k}`, ...who(k) }));
    const meaning = Object.fromEntries(proposeWithReasons(tableOf(rows)).columns.map((column) => [column.column, column.meaning]));
    expect(meaning).toMatchObject({ dni: 'id', sku: 'ignore', ref: 'ignore' });
  });

  it('says so when no column can be used', () => {
    expect(() => propose(tableOf([{ id: '1' }, { id: '2' }]))).toThrow('No column');
  });
});
