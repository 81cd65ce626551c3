// What the command says of how sure it is: to a person, and to a program.
import { readFile, writeFile } from 'node:fs/promises';
import { type Language, translator } from '@vinculo/languages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv, village, type Workshop, workshop } from './link.fixture.ts';
import type { LinkReport } from './link-task.ts';
import { reportText } from './print-report.ts';

const people = village(90);

describe('the report of vinculo link', () => {
  let shop: Workshop;
  let report: LinkReport;
  beforeAll(async () => {
    shop = await workshop();
    await writeFile(shop.path('people.csv'), csv(people, ',', ['id', 'given', 'surname', 'birth_date', 'email', 'city', 'who']));
    report = JSON.parse((await shop.run(['people.csv', '--out', 'out.csv', '--truth', 'who', '--json'])).out) as LinkReport;
  });
  afterAll(() => shop.close());

  const said = (changed: Partial<LinkReport>, language: Language): string =>
    reportText({ ...report, ...changed }, translator(language), language);
  const expecting = (precision: number, recall: number, missing = 0): Partial<LinkReport> => ({
    threshold: { probability: 0.85, chosen: 'estimate', precision, recall, missing },
  });
  const nothing: Partial<LinkReport> = { clusters: { count: 150, joined: 0, joinedRecords: 0, sizes: [], largest: { size: 1, ids: [] } } };

  it('estimates precision and recall as numbers from 0 to 1, near the truth', () => {
    const { threshold, truth } = report;
    expect(threshold).toEqual({
      probability: expect.any(Number),
      chosen: 'estimate',
      precision: expect.any(Number),
      recall: expect.any(Number),
      missing: expect.any(Number),
    });
    expect(Math.abs(threshold.precision - truth!.pairwise.precision)).toBeLessThan(0.03);
    expect(Math.abs(threshold.recall - truth!.pairwise.recall)).toBeLessThan(0.05);
  });

  it.each<[Language, string, string]>([
    [
      'en',
      'Threshold: probability 0.8500, the one of best estimated F1 (no labels)',
      'estimated precision 98.8 %, estimated recall 93.1 %',
    ],
    ['es', 'Umbral: probabilidad 0,8500, el de mejor F1 estimado (sin etiquetas)', 'precisión estimada 98,8 %, cobertura estimada 93,1 %'],
  ])('says them as percentages, in %s', (language, threshold, expected) => {
    const text = said(expecting(0.9876, 0.9312), language);
    expect(text).toContain(threshold);
    expect(text).toContain(expected);
  });

  it.each<[Language, number, string]>([
    ['en', 0.01, 'none are expected to be: nothing to join'],
    ['en', 1.2, 'The model expects 1 pair that is, but cannot say which'],
    ['en', 12.4, 'The model expects 12 pairs that are, but cannot say which'],
    ['es', 0.01, 'no se espera que haya ninguno: no hay nada que unir'],
    ['es', 12.4, 'El modelo espera que haya 12 que sí son el mismo'],
  ])('where nothing was joined promises no precision, in %s with %d pairs expected', (language, missing, sentence) => {
    const text = said({ ...nothing, ...expecting(1, 0, missing) }, language);
    expect(text).toContain(sentence);
    expect(text).not.toMatch(/estimated precision|precisión estimada/);
  });

  it('warns where an estimate leans on what could not be learned', () => {
    const training = { ...report.training, untrained: ['surnames', 'phone'] };
    expect(said({ training }, 'en')).toContain('leans on starting values that nothing here could correct (surnames, phone)');
    expect(said({ training }, 'es')).toContain('Se apoya en valores de partida que aquí nada pudo corregir (surnames, phone)');
    expect(said({ training: { ...training, untrained: [] } }, 'en')).not.toContain('leans on');
  });

  it('counts one as one', () => {
    const edges = { ...report.edges, taken: 1, count: 1 };
    expect(said({ edges }, 'es')).toContain('1 par por encima del umbral, de 1 con alguna probabilidad');
    expect(said({ edges }, 'en')).toContain('1 pair above the threshold, of 1 with some probability');
  });

  it('writes a cluster for a lone record, which is compared with nothing', async () => {
    await writeFile(shop.path('one.csv'), csv(people.slice(0, 1)));
    const { code, out, err } = await shop.run(['one.csv', '--out', 'one-out.csv']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('One record: there is nothing to compare it with.');
    expect(await readFile(shop.path('one-out.csv'), 'utf8')).toBe('id,cluster\na0,1\n');
  });

  it.each(['Nº', 'sku', 'rid', 'num_socio'])('takes a first column "%s" of different values for the id', async (name) => {
    await writeFile(shop.path('named.csv'), csv(people).replace('id,', `${name},`));
    const { id } = JSON.parse((await shop.run(['named.csv', '--out', 'out.csv', '--json'])).out) as LinkReport;
    expect(id).toMatchObject({ from: 'recognised', columns: [name] });
  });
});
