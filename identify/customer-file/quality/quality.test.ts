// Quality of a file on real stores: what is measured, what is found to be wrong, and what people put right and take back.
import { newId, type Actor, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { unify } from '../identity/unify.ts';
import { saveRecords } from '../live/save-records.ts';
import { applyCorrection } from './apply-correction.ts';
import { corrections, makeCorrection, previewCorrection, undoCorrection } from './corrections.ts';
import { problemRecords } from './problem-records.ts';
import { neverMeasured, quality, takeSnapshot } from './quality-snapshot.ts';

const ana: Actor = {
  kind: 'user',
  id: newId(),
  name: 'Ana',
  permissions: new Set(['customer.read', 'customer.read_personal', 'source.write']),
};
const masked: Actor = { ...ana, permissions: new Set(['customer.read']) };
const EVERYBODYS = '+34655101234';

let file: TestFile;
let records: string[];
beforeAll(async () => {
  file = await testFile();
  const people = strangers(0, 300);
  // A till that writes the same telephone when there is none, a mail domain written wrong, an id whose letter is not its own.
  records = await file.add(
    'tarjeta',
    people.map(({ card }, n) => ({
      ...card,
      ...(n < 20 ? { mobile: '655101234' } : {}),
      email: n >= 290 ? `persona.${n}@coreo.example` : `persona.${n}@correo.example`,
      ...(n >= 100 && n < 110 ? { national_id: '12345678A' } : {}),
    })),
  );
  await file.add(
    'web',
    people.map(({ web }) => web),
  );
  await unify(file.context, { scope: 'all' });
  file.context.jobs.define({ name: 'quality.correct', run: async () => {} });
  file.context.jobs.define({ name: 'quality.measure', run: async () => {} });
  file.context.jobs.define({ name: 'identity.unify', run: async () => {} });
  await file.context.jobs.start();
});
afterAll(async () => {
  await file?.context.jobs.stop();
  await file?.close();
});

const run = { signal: new AbortController().signal, progress: async () => {}, actor: SYSTEM };
const traitOf = async (record: string, field: string) => {
  const { rows } = await sql<{ value: string | null }>`select traits ->> ${field} as value from source_record where id = ${record}`.execute(
    file.context.store.db,
  );
  return rows[0]!.value;
};
const matchOf = async (record: string, column: string) => {
  const rows = await file.context.warehouse.rows<{ value: string }>(
    `select ${column} as value from match_record final where record_id = {record:UUID}`,
    { record },
  );
  return rows[0]!.value;
};
const problem = async (kind: string, field: string) =>
  (await quality(file.context)).problems.find((found) => found.kind === kind && found.field === field);

describe('the quality of a file', () => {
  it('is asked for at the start where nobody ever looked, and then no more', async () => {
    expect(await neverMeasured(file.context)).toBe(true);
    await takeSnapshot(file.context);
    expect(await neverMeasured(file.context)).toBe(false);
  });

  it('says how complete, valid, unique, agreed and fresh each field of each source is', async () => {
    const { score, fields, trend } = await quality(file.context);
    expect(score).toBeGreaterThan(0.3);
    expect(trend).toHaveLength(1);
    const of = (source: string, field: string) => fields.find((cell) => cell.sourceLabel === source && cell.field === field)!;
    expect(of('WEB', 'email')).toMatchObject({ completeness: 1, validity: 1, uniqueness: 1, freshness: 1 });
    expect(of('TARJETA', 'phone').uniqueness).toBeCloseTo(281 / 300, 2);
    expect(of('TARJETA', 'national_id')).toMatchObject({ validity: 0, uniqueness: null });
    // Who is in both sources has the same second surname in both; the ten with the wrong domain do not agree on the e-mail.
    expect(of('TARJETA', 'surname2').agreement).toBe(1);
    expect(of('TARJETA', 'email').agreement).toBeGreaterThan(0.9);
    expect(of('TARJETA', 'email').agreement).toBeLessThan(1);
    expect(fields.find(({ field }) => field === 'company')).toBeUndefined();
  });

  it('finds what is worst in it, with the records behind it', async () => {
    expect(await problem('shared', 'mobile')).toMatchObject({ value: EVERYBODYS, records: 20, correctable: true });
    expect(await problem('misspelt', 'email')).toMatchObject({ value: '@coreo.example', right: '@correo.example', records: 10 });
    expect(await problem('invalid', 'national_id')).toMatchObject({ records: 10, sourceLabel: 'TARJETA' });
    const first = await problemRecords(file.context, ana, { kind: 'shared', field: 'mobile', value: EVERYBODYS, limit: 15 });
    const rest = await problemRecords(file.context, ana, {
      kind: 'shared',
      field: 'mobile',
      value: EVERYBODYS,
      limit: 15,
      cursor: first.next!,
    });
    expect(new Set([...first.items, ...rest.items].map(({ recordId }) => recordId))).toEqual(new Set(records.slice(0, 20)));
    expect(rest.next).toBeNull();
    expect(first.items[0]!.customerId).not.toBeNull();
  });

  it('hides personal data from who may not see it', async () => {
    const { problems } = await quality(file.context, masked);
    expect(problems.find(({ kind }) => kind === 'shared')!.value).toBe('•••234');
    const { items } = await problemRecords(file.context, masked, { kind: 'shared', field: 'mobile', value: '•••234', limit: 1 });
    expect(items[0]!.value).toBe('•••234');
    // Nor does it tell whose a value is to who only guesses it.
    const guessed = { kind: 'shared', field: 'email', value: 'persona.7@correo.example', limit: 1 } as const;
    expect((await problemRecords(file.context, ana, guessed)).items).toHaveLength(1);
    expect((await problemRecords(file.context, masked, guessed)).items).toEqual([]);
    expect(problems.find(({ kind }) => kind === 'misspelt')!.value).toBe('@coreo.example');
  });
});

describe('a correction', () => {
  it('is shown before it is made', async () => {
    const { records: count, sample } = await previewCorrection(file.context, ana, {
      field: 'email',
      value: '@coreo.example',
      right: '@correo.example',
    });
    expect(count).toBe(10);
    for (const { before, after } of sample) expect(after).toBe(before.replace('coreo', 'correo'));
    expect(sample).toHaveLength(8);
  });

  it('changes the records there are and those that come later, and is taken back whole', async () => {
    const { context } = file;
    const made = await makeCorrection(context, ana, { field: 'mobile', value: EVERYBODYS, right: '' });
    expect(made).toMatchObject({ state: 'applying', madeBy: 'Ana' });
    expect(await applyCorrection(context, made.id, run)).toEqual({ records: 20 });
    // Killed and run again, it changes nothing more.
    expect(await applyCorrection(context, made.id, run)).toEqual({ records: 0 });
    expect(await traitOf(records[3]!, 'mobile')).toBeNull();
    expect(await matchOf(records[3]!, 'mobile')).toBe('');
    expect((await corrections(context, ana, { limit: 5 })).items[0]).toMatchObject({ state: 'applied', records: 20 });

    const web = await file.source('tarjeta');
    await saveRecords(context, ana, {
      source: { id: web, country: 'ES' },
      records: [{ key: 'T-new', fields: { given_name: 'Iker', surname1: 'Sanz', mobile: '655101234' } }],
    });
    const { rows } = await sql<{ traits: { mobile?: string } }>`select traits from source_record where key = 'T-new'`.execute(
      context.store.db,
    );
    expect(rows[0]!.traits.mobile).toBeUndefined();

    await expect(makeCorrection(context, ana, { field: 'mobile', value: EVERYBODYS, right: '' })).rejects.toMatchObject({
      code: 'VIN_QUALITY_CORRECTED_ALREADY',
    });
    await undoCorrection(context, ana, made.id);
    expect(await applyCorrection(context, made.id, run)).toEqual({ records: 20 });
    expect(await traitOf(records[3]!, 'mobile')).toBe(EVERYBODYS);
    expect(await matchOf(records[3]!, 'mobile')).toBe(EVERYBODYS.slice(1));
    await expect(undoCorrection(context, ana, made.id)).rejects.toMatchObject({ code: 'VIN_QUALITY_UNDONE_ALREADY' });
  });

  it('of a domain keeps the rest of the address', async () => {
    const made = await makeCorrection(file.context, ana, { field: 'email', value: '@coreo.example', right: '@correo.example' });
    await applyCorrection(file.context, made.id, run);
    expect(await traitOf(records[295]!, 'email')).toBe('persona.295@correo.example');
    await takeSnapshot(file.context);
    expect(await problem('misspelt', 'email')).toBeUndefined();
  });

  it('of whatever is not valid leaves nothing not valid', async () => {
    const made = await makeCorrection(file.context, ana, { field: 'national_id', value: '!', right: '' });
    expect(await applyCorrection(file.context, made.id, run)).toEqual({ records: 10 });
    await takeSnapshot(file.context);
    expect(await problem('invalid', 'national_id')).toBeUndefined();
  });

  it('of a field that has none is refused', async () => {
    await expect(makeCorrection(file.context, ana, { field: 'given', value: 'x', right: '' })).rejects.toMatchObject({
      code: 'VIN_QUALITY_FIELD',
    });
  });
});
