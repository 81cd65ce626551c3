import { describe, expect, it } from 'vitest';
import { cluster, evaluate, fold, predict, proposeWithReasons, tableOf, train } from './index.ts';
import { seededRandom } from './random.ts';
import { simulatePeople } from './simulated-people.fixture.ts';

const random = seededRandom(5);
const below = (n: number) => Math.floor(random() * n);
const of = <T>(list: readonly T[]): T => list[below(list.length)]!;
const words = (text: string) => text.split(' ');
const makers = words('norvia tecsol bramont kelvar ostin dravena lumex pontero savall quintex');
const kinds = words('lavadora nevera altavoz televisor teclado impresora cafetera aspirador monitor ventilador');
const traits = words('negro blanco compacto silencioso portatil inalambrico digital profesional inox plegable rapido potente');

/** Products of two shops, each with each product once, worded in their own ways; variants of a series differ in the model only. */
function shops() {
  const rows: { source: string; title: string; price: string }[] = [];
  const truth: number[] = [];
  for (let product = 0; product < 600; product++) {
    const [maker, kind, some] = [of(makers), of(kinds), [of(traits), of(traits), of(traits)]];
    const model = `${of(words('kx tr bd zl qm'))}${100 + below(900)}${of(words('a b c d'))}`;
    const price = 50 + below(900);
    const a = { source: 'a', title: `${maker} ${kind} ${some[0]} ${some[1]} - ${model.toUpperCase()}`, price: `${price} €` };
    const b = { source: 'b', title: `${kind} ${maker} ${model.slice(0, 2)}-${model.slice(2)} ${some[2]}`, price: `${price + below(9)},00` };
    for (const row of random() < 0.5 ? [a, b] : random() < 0.5 ? [a] : [b]) {
      rows.push(row);
      truth.push(product);
    }
  }
  return { rows, truth };
}

describe('two lists of products', () => {
  const { rows, truth } = shops();
  const table = tableOf(rows);
  const { settings, columns } = proposeWithReasons(table);

  it('are recognised as titles, prices and two clean sources', () => {
    expect(columns.map(({ meaning }) => meaning)).toEqual(['source', 'words', 'number']);
    expect(settings.constraints).toMatchObject({ atMostOnePerSource: 'source', cleanSources: ['a', 'b'] });
  });

  it('are linked, no two of one shop', () => {
    const model = train(table, settings);
    const clusters = cluster(table, predict(table, model), model);
    expect(evaluate(clusters, truth).pairwise.f1).toBeGreaterThan(0.9);
    const taken = new Set<string>();
    clusters.cluster.forEach((label, row) => {
      const place = `${label} ${rows[row]!.source}`;
      expect(taken.has(place)).toBe(false);
      taken.add(place);
    });
  });
});

describe('sources of people', () => {
  const { records } = simulatePeople(500, 3);
  const raw = records.map(({ given, surname1, surname2, birth_date, mobile, email }) => ({
    given,
    surname1,
    surname2,
    birth_date,
    mobile,
    email,
  }));

  it('with duplicates of their own are not clean', () => {
    const table = tableOf(raw.map((record, k) => ({ ...record, source: k % 2 === 0 ? 'shop' : 'web' })));
    expect(proposeWithReasons(table).settings.constraints.atMostOnePerSource).toBeUndefined();
  });

  it('that hold each person once are, and the other is not', () => {
    const { truth } = simulatePeople(500, 3);
    const first = new Set<number>();
    const table = tableOf(
      raw.map((record, k) => {
        const source = first.has(truth[k]!) ? 'web' : 'shop';
        first.add(truth[k]!);
        return { ...record, source };
      }),
    );
    expect(proposeWithReasons(table).settings.constraints).toMatchObject({ atMostOnePerSource: 'source', cleanSources: ['shop'] });
  });
});

describe('columns that must not count', () => {
  it('are left out by name and by value', () => {
    const { records } = simulatePeople(300, 8);
    const table = tableOf(
      records.map((record, k) => ({
        c0: String(k + 1),
        c1: `${record.given} ${record.surname1}`,
        c2: record.birth_date,
        c3: 'x',
        true_id: String(k % 100),
        observaciones: fold('llamar por la tarde'.slice(0, 5 + (k % 14))),
      })),
    );
    const used = new Set(proposeWithReasons(table).settings.fields.map(({ name }) => name));
    for (const column of ['c0', 'c3', 'true_id', 'observaciones']) expect(used.has(column), column).toBe(false);
    expect(proposeWithReasons(table).columns.find(({ column }) => column === 'c1')!.meaning).toBe('full-name');
  });
});
