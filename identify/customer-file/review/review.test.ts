// What unification is in doubt about, and what people make of it, over the routes and on both stores.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unify } from '../identity/unify.ts';
import { type DoubtfulFile, doubtfulFile, MANY } from './review.fixture.ts';

let world: DoubtfulFile;
beforeAll(async () => {
  world = await doubtfulFile();
});
afterAll(() => world?.close());

interface Row {
  id: string;
  doubt: string;
  state: string;
  pattern: string;
  a: { id: string };
  b: { id: string };
  opinions: { verdict: string; by: string; mine: boolean }[];
}

interface Comparison {
  fields: { field: string; level: string }[];
  terms: { weight: number }[];
  weight: number;
}

const list = async (who: string, query = ''): Promise<Row[]> =>
  (await world.ask<{ items: Row[] }>(who, 'GET', `/review/pairs?limit=200${query}`)).body.items;
const pairOf = async (who: string, [a, b]: [string, string], query = ''): Promise<Row> =>
  (await list(who, query)).find((row) => [row.a.id, row.b.id].includes(a) && [row.a.id, row.b.id].includes(b))!;
const say = (who: string, id: string, verdict: string) =>
  world.ask<{ state: string; decisionId: string; changeId: string | null }>(who, 'POST', `/review/pairs/${id}/decisions`, { verdict });
const undo = (who: string, id: string) => world.ask<{ state: string }>(who, 'POST', `/review/decisions/${id}/undo`);
const together = async ([a, b]: [string, string]) => {
  const owners = await world.file.customers();
  return owners.get(a) === owners.get(b);
};
/** What the warehouse says. */
const togetherInWarehouse = async (records: [string, string]) => {
  const rows = await world.file.context.warehouse.rows<{ n: number }>(
    'select uniqExact(customer_id) as n from identity final where record_id in {records:Array(UUID)}',
    { records },
  );
  return rows[0]!.n === 1;
};
const secondOpinion = (wanted: boolean) => world.ask('jefa', 'PUT', '/review/settings', { secondOpinion: wanted });

describe('the queue', () => {
  it('holds what is in doubt, the most instructive first, page by page', async () => {
    const all = await list('ana');
    expect(all.filter(({ doubt }) => doubt === 'between')).toHaveLength(MANY);
    expect(all.filter(({ doubt }) => doubt === 'inside')).toHaveLength(MANY);
    const paged: string[] = [];
    let cursor = '';
    do {
      const { body } = await world.ask<{ items: Row[]; next: string | null }>('ana', 'GET', `/review/pairs?limit=3${cursor}`);
      paged.push(...body.items.map(({ id }) => id));
      cursor = body.next ? `&cursor=${body.next}` : '';
    } while (cursor);
    expect(paged).toEqual(all.map(({ id }) => id));
    const { body } = await world.ask<{ items: Row[] }>('ana', 'GET', `/review/pairs?doubt=inside`);
    expect(new Set(body.items.map(({ doubt }) => doubt))).toEqual(new Set(['inside']));
  });

  it('is for those who may, and masked for those who see no personal data', async () => {
    const row = await pairOf('ana', world.between[0]!);
    expect((await world.ask('nadie', 'GET', '/review/pairs')).status).toBe(403);
    expect((await world.ask('nadie', 'POST', `/review/pairs/${row.id}/decisions`, { verdict: 'same' })).status).toBe(403);
    expect(JSON.stringify((await world.ask('ana', 'GET', `/review/pairs/${row.id}`)).body)).toContain('alguien.0@correo.example');
    const masked = JSON.stringify((await world.ask('analista', 'GET', `/review/pairs/${row.id}`)).body);
    expect(masked).not.toMatch(/alguien\.0@|69911120/);
    expect(masked).toContain('@correo.example');
  });

  it('shows both records field by field, the weights, and what would happen', async () => {
    const row = await pairOf('ana', world.between[0]!);
    const { body } = await world.ask<Comparison>('ana', 'GET', `/review/pairs/${row.id}`);
    expect(body).toMatchObject({
      asks: true,
      doubt: 'between',
      consequences: { same: { does: 'merge', records: 2 }, different: { does: 'stay' } },
    });
    const { fields, terms, weight } = body;
    expect(fields).toContainEqual(expect.objectContaining({ field: 'email', level: 'different' }));
    expect(fields).toContainEqual(expect.objectContaining({ field: 'phone', level: 'missing', valueA: expect.any(String) }));
    expect(terms.reduce((sum, term) => sum + term.weight, 0)).toBeCloseTo(weight, 0);
    const inside = await pairOf('ana', world.inside[0]!);
    const { body: of } = await world.ask('ana', 'GET', `/review/pairs/${inside.id}`);
    expect(of).toMatchObject({
      customerB: null,
      consequences: { same: { does: 'stay' }, different: { does: 'split', leaving: 1, staying: 1 } },
    });
  });
});

describe('a decision', () => {
  it('joins two customers at once, in both stores, and its undo parts them again', async () => {
    const records = world.between[0]!;
    const { id } = await pairOf('ana', records);
    const decided = await say('ana', id, 'same');
    expect(decided).toMatchObject({ status: 200, body: { state: 'decided', changeId: expect.any(String) } });
    expect([await together(records), await togetherInWarehouse(records)]).toEqual([true, true]);
    expect((await say('ana', id, 'same')).body.decisionId).toBe(decided.body.decisionId);
    expect((await list('ana')).map((row) => row.id)).not.toContain(id);
    expect((await list('luis')).map((row) => row.id)).not.toContain(id);
    expect((await list('ana', '&list=decided')).map((row) => row.id)).toContain(id);

    expect((await undo('luis', decided.body.decisionId)).status).toBe(403);
    expect((await undo('ana', 'last')).body).toMatchObject({ pairId: id, state: 'open' });
    expect([await together(records), await togetherInWarehouse(records)]).toEqual([false, false]);
    expect((await list('ana')).map((row) => row.id)).toContain(id);
    expect((await undo('ana', decided.body.decisionId)).status).toBe(409);
  });

  it('parts a customer into two', async () => {
    const records = world.inside[0]!;
    const { id } = await pairOf('ana', records);
    expect((await say('ana', id, 'different')).body).toMatchObject({ state: 'decided', changeId: expect.any(String) });
    expect([await together(records), await togetherInWarehouse(records)]).toEqual([false, false]);
    // A change of mind takes the former word back.
    expect((await say('ana', id, 'same')).body).toMatchObject({ state: 'decided', changeId: null });
    expect(await together(records)).toBe(true);
    await undo('ana', 'last');
  });

  it('unsure leaves it to others', async () => {
    const { id } = await pairOf('ana', world.between[1]!);
    expect((await say('ana', id, 'unsure')).body.state).toBe('open');
    expect((await list('ana')).map((row) => row.id)).not.toContain(id);
    expect((await list('luis')).map((row) => row.id)).toContain(id);
    await undo('ana', 'last');
  });

  it('binds every later unification, which asks what is left', async () => {
    const [joined, parted] = [world.between[0]!, world.inside[1]!];
    await say('ana', (await pairOf('ana', joined)).id, 'same');
    await say('ana', (await pairOf('ana', parted)).id, 'different');
    await unify(world.file.context, { scope: 'all' });
    expect([await together(joined), await together(parted)]).toEqual([true, false]);
    expect((await world.ask('ana', 'GET', '/review/statistics')).body).toMatchObject({ unlearned: 0, decided: 2 });
    const ids = (await list('ana')).flatMap(({ a, b }) => [a.id, b.id]);
    expect(ids).not.toContain(joined[0]);
    expect(ids).not.toContain(parted[0]);
    expect(ids).toContain(world.between[1]![0]);
    const { rows } = await sql<{ n: number }>`select count(*) as n from review_pair where state = 'decided'`.execute(
      world.file.context.store.db,
    );
    expect(rows[0]!.n).toBe(2);
  });

  it('made elsewhere closes the question', async () => {
    const [a, b] = world.between[2]!;
    const { id } = await pairOf('ana', [a, b]);
    const owners = await world.file.customers();
    const { body } = await world.ask('jefa', 'POST', '/customers/merge', {
      into: owners.get(a),
      from: owners.get(b),
      reason: 'Lo dice ella',
    });
    expect((await list('ana')).map((row) => row.id)).not.toContain(id);
    expect((await world.ask('ana', 'GET', `/review/pairs/${id}`)).body).toMatchObject({ asks: false });
    await world.ask('jefa', 'POST', `/identity-changes/${body.changeId}/undo`);
    expect((await list('ana')).map((row) => row.id)).toContain(id);
  });
});

describe('two reviewers', () => {
  it('a second opinion that agrees puts it into force', async () => {
    await secondOpinion(true);
    const records = world.between[3]!;
    const { id } = await pairOf('ana', records);
    expect((await say('ana', id, 'same')).body.state).toBe('waiting');
    expect(await together(records)).toBe(false);
    expect((await list('ana')).map((row) => row.id)).not.toContain(id);
    const second = await say('luis', id, 'same');
    expect(second.body.state).toBe('decided');
    expect(await together(records)).toBe(true);
    // One of the two is not enough any more.
    expect((await undo('ana', 'last')).body.state).toBe('waiting');
    expect(await together(records)).toBe(false);
    await undo('luis', second.body.decisionId);
    await secondOpinion(false);
  });

  it('who differ leave it to somebody with the right to settle it', async () => {
    const records = world.between[4]!;
    const { id } = await pairOf('ana', records);
    await say('ana', id, 'same');
    expect((await say('luis', id, 'different')).body.state).toBe('disagreed');
    expect(await together(records)).toBe(true);
    expect((await list('jefa', '&list=disagreed')).map((row) => row.id)).toEqual([id]);
    const settle = (who: string) =>
      world.ask(who, 'POST', `/review/pairs/${id}/settlement`, { verdict: 'different', note: 'La he llamado' });
    expect((await settle('luis')).status).toBe(403);
    expect(await settle('jefa')).toMatchObject({ status: 200, body: { state: 'decided' } });
    expect(await together(records)).toBe(false);
    expect((await settle('jefa')).status).toBe(409);
    expect((await say('ana', id, 'unsure')).status).toBe(409);

    const { body } = await world.ask('jefa', 'GET', '/review/statistics');
    expect(body).toMatchObject({ disagreed: 0, agreement: { pairs: 1, share: 0, kappa: 0 } });
    const luis = (await list('luis', '&list=mine')).find((row) => row.id === id)!;
    expect(luis.opinions.map(({ by, verdict, mine }) => [by, verdict, mine])).toEqual([
      ['ana', 'same', false],
      ['luis', 'different', true],
      ['jefa', 'different', false],
    ]);
    expect((await undo('jefa', 'last')).body.state).toBe('disagreed');
    expect(await together(records)).toBe(false);
    await undo('luis', 'last');
    expect(await together(records)).toBe(true);
    await undo('ana', 'last');
    expect(await together(records)).toBe(false);
  });
});

describe('a bulk decision', () => {
  it('shows first what it would do, does it as a job, and is undone whole', async () => {
    const { body: patterns } = await world.ask<{ items: { pattern: string; pairs: number }[] }>('ana', 'GET', '/review/patterns');
    const { pattern, pairs } = patterns.items.find((item) => item.pattern.includes('email=different'))!;
    expect(pairs).toBe((await list('ana', `&pattern=${encodeURIComponent(pattern)}`)).length);
    const { body: preview } = await world.ask('mando', 'POST', '/review/bulk/preview', { pattern, verdict: 'same' });
    expect(preview).toMatchObject({ pairs, customers: pairs * 2 });
    expect(preview.sample.length).toBeGreaterThan(0);

    const before = await world.file.customers();
    const started = await world.ask('mando', 'POST', '/review/bulk', { pattern, verdict: 'same' });
    expect(started.status).toBe(201);
    expect(await world.file.context.jobs.wait(started.body.jobId, 20_000)).toMatchObject({
      state: 'done',
      output: { decided: pairs, skipped: 0 },
    });
    for (const records of world.between.slice(1)) expect(await together(records)).toBe(true);
    expect((await world.ask('mando', 'POST', '/review/bulk', { pattern, verdict: 'same' })).status).toBe(409);

    expect((await world.ask('ana', 'POST', `/review/bulk/${started.body.id}/undo`)).status).toBe(403);
    const undone = await world.ask('mando', 'POST', `/review/bulk/${started.body.id}/undo`);
    expect(await world.file.context.jobs.wait(undone.body.jobId, 20_000)).toMatchObject({ state: 'done' });
    for (const records of world.between.slice(1)) {
      expect(await together(records)).toBe(false);
      for (const record of records) expect((await world.file.customers()).get(record)).toBe(before.get(record));
    }
    const { body: bulks } = await world.ask('ana', 'GET', '/review/bulk');
    expect(bulks).toMatchObject({ items: [{ id: started.body.id, state: 'undone', pairs }] });
    expect((await world.ask('mando', 'POST', `/review/bulk/${started.body.id}/undo`)).status).toBe(409);
  });

  it('is not for those who may decide pairs but not merge customers', async () => {
    const { id } = await pairOf('ana', world.between[1]!);
    for (const path of ['/review/bulk', '/review/bulk/preview']) {
      const { status, body } = await world.ask('ana', 'POST', path, { pairs: [id], verdict: 'same' });
      expect([status, body.permission ?? body.detail]).toEqual([403, expect.stringContaining('customer.merge')]);
    }
    expect(await together(world.between[1]!)).toBe(false);
  });

  it('takes chosen pairs too', async () => {
    const { id } = await pairOf('luis', world.between[1]!);
    const started = await world.ask('mando', 'POST', '/review/bulk', { pairs: [id], verdict: 'different' });
    expect(await world.file.context.jobs.wait(started.body.jobId, 20_000)).toMatchObject({ state: 'done', output: { decided: 1 } });
    expect((await world.ask('mando', 'POST', '/review/bulk/preview', { pairs: [id], pattern: 'x', verdict: 'same' })).status).toBe(400);
  });
});

it('every decision is an event, which the audit log keeps', async () => {
  const { rows } = await sql<{ type: string }>`select distinct type from outbox where type like 'review.%' order by type`.execute(
    world.file.context.store.db,
  );
  expect(rows.map(({ type }) => type)).toEqual([
    'review.bulk_decided',
    'review.bulk_undone',
    'review.decided',
    'review.settled',
    'review.undone',
  ]);
});
