import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cluster, mergeEdges, personSettings, predict, type Table, train } from '../index.ts';
import { peopleTable, simulatePeople } from '../simulated-people.fixture.ts';
import { type LinkageThreads, linkageThreads, predictInParallel } from './linkage-threads.ts';

const { records } = simulatePeople(600, 5);
/** The same records, bound to nothing yet. */
const fresh = (): Table => peopleTable(records);
const plain = fresh();
const model = train(plain, personSettings(), { seed: 1 });
const edges = predict(plain, model, { listApart: true });

describe('predict in parts', () => {
  it.each([1, 2, 7, 500])('gives the same of %d parts merged as of one', (of) => {
    const parts = Array.from({ length: of }, (_, part) => predict(plain, model, { listApart: true, part: { part, of } }));
    expect(mergeEdges(parts)).toEqual(edges);
  });
});

describe('linkage threads', () => {
  let threads: LinkageThreads;
  beforeAll(() => {
    threads = linkageThreads({ threads: 3, leastRows: 0 });
  });
  afterAll(async () => {
    await threads.close();
  });

  it('come to the same model, edges and clusters as one thread', async () => {
    const table = fresh();
    await threads.prepare(table, personSettings());
    const trained = train(table, personSettings(), { seed: 1 });
    expect(trained).toEqual(model);
    const found = await threads.predict(table, trained, { listApart: true });
    expect(found).toEqual(edges);
    expect(cluster(table, found, trained)).toEqual(cluster(plain, edges, model));
  });

  it('take a table that was bound without them, some of its rows, and go on to another', async () => {
    const onlyRows = [3, 50, 51, 400];
    expect(await threads.predict(plain, model, { onlyRows: new Set(onlyRows) })).toEqual(predict(plain, model, { onlyRows }));
    const other = peopleTable(simulatePeople(200, 9).records);
    expect(await threads.predict(other, model)).toEqual(predict(other, model));
    threads.forget();
    expect(await threads.predict(plain, model, { listApart: true })).toEqual(edges);
  });

  it('stop when the caller wants no more, and work again afterwards', async () => {
    const table = fresh();
    const late = { aborted: false };
    const run = threads.predict(table, model, { signal: late, onProgress: () => (late.aborted = true), listApart: true });
    await expect(threads.prepare(fresh(), personSettings(), { signal: { aborted: true } })).rejects.toThrow('cancelled');
    await run.catch((error: Error) => expect(error.name).toBe('AbortError'));
    expect(await threads.predict(table, model, { listApart: true })).toEqual(edges);
  });

  it('let go of the codes of a large table that is handed over, and come to the same', async () => {
    const many = simulatePeople(28_000, 3).records;
    const [given, kept] = [peopleTable(many), peopleTable(many)];
    expect(given.rows).toBeGreaterThan(50_000);
    await threads.prepare(given, personSettings(), { handOver: true });
    expect(Object.values(given.columns).every(({ codes }) => codes.length === 0)).toBe(true);
    const expected = predict(kept, train(kept, personSettings()));
    expect(await threads.predict(given, train(given, personSettings()))).toEqual(expected);
    expect(() => train(given, { ...personSettings(), maxBlockPairs: 77 })).toThrow(RangeError);
  });

  it('say what is wrong with the settings', async () => {
    const settings = personSettings();
    settings.fields[0]!.columns = [];
    await expect(threads.prepare(fresh(), settings)).rejects.toThrow();
  });
});

it('predicts once with threads of its own', async () => {
  expect(await predictInParallel(plain, model, { threads: 2, leastRows: 0, listApart: true })).toEqual(edges);
});
