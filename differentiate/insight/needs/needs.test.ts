// Groups of needs over real stores and behind their routes: found, kept, found again under the same ids, explained for one customer.
import { type Served, serve } from '@vinculo/testing';
import { random as drawn } from '@vinculo/value';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Line, testShop, type TestShop } from '../shop.fixture.ts';
import { part } from './part.ts';
import { proposeNames } from './propose-name.ts';

const READS = ['customer.read', 'value.read'];
const KINDS = ['families', 'bachelors', 'gardeners'] as const;
type Kind = (typeof KINDS)[number];
const PER_KIND = 60;

let shop: TestShop;
let served: Served;
const customers: Record<Kind, string[]> = { families: [], bachelors: [], gardeners: [] };

/** Families: great weekly baskets of food on Saturdays. Bachelors: small ones of drinks by web on weekday evenings. Gardeners: plants, seldom. */
function purchasesOf(kind: Kind, record: string, random: () => number): Line[] {
  const habits = {
    families: { every: 7, start: 2, orders: 12, hour: 10, channel: 'store', amount: 120, products: ['bread', 'milk', 'meat'] },
    bachelors: { every: 4, start: 3, orders: 14, hour: 19, channel: 'web', amount: 18, products: ['beer', 'beer', 'bread'] },
    gardeners: { every: 30, start: 4, orders: 5, hour: 13, channel: 'store', amount: 45, products: ['tulip', 'spade', 'milk'] },
  }[kind];
  return Array.from({ length: habits.orders }, (_, order) => {
    const day = new Date(Date.UTC(2026, 0, habits.start + 1 + order * habits.every + (random() < 0.2 ? 1 : 0), habits.hour));
    const at = day.toISOString().slice(0, 19).replace('T', ' ');
    return habits.products
      .filter(() => random() < 0.9)
      .map(
        (product): Line => ({
          record,
          order: `${record} ${order}`,
          at,
          product,
          amount: ((habits.amount * (0.7 + 0.6 * random())) / 3).toFixed(2),
          channel: random() < 0.9 ? habits.channel : 'phone',
        }),
      );
  }).flat();
}

const jobOver = async (jobId: string) => shop.context.jobs.wait(jobId, 60_000);
const look = async (count: number | null) => {
  const { status, body } = await served.ask('ana', 'POST', '/needs-findings', { count });
  expect(status).toBe(202);
  return jobOver(body.jobId);
};
const overview = async (who = 'eva') => (await served.ask(who, 'GET', '/needs-groups')).body;
const groupOf = async (id: string) => (await shop.scoreOf(id))?.needs_group;

beforeAll(async () => {
  shop = await testShop();
  const random = drawn(3).uniform;
  for (const [product, category] of Object.entries({
    bread: 'Panadería',
    milk: 'Lácteos',
    meat: 'Carne',
    beer: 'Bebidas',
    tulip: 'Jardín',
    spade: 'Jardín',
  }))
    await shop.product(product, { category });
  const lines: Line[] = [];
  for (const kind of KINDS)
    for (let i = 0; i < PER_KIND; i++) {
      const record = `${kind} ${i}`;
      customers[kind].push(await shop.customer(record));
      lines.push(...purchasesOf(kind, record, random));
    }
  await shop.buy(...lines);
  await shop.score();
  served = await serve(shop, [part], { may: { ana: [...READS, 'segment.write'], eva: READS, luis: ['customer.read'] }, jobs: [part] });
});
afterAll(() => served?.close());

describe('groups of needs', () => {
  it('are none until somebody looks, and say how many customers are ready', async () => {
    const { groups, quality, ready } = await overview();
    expect(groups).toEqual([]);
    expect(quality).toBeNull();
    expect(ready).toEqual({ customers: 3 * PER_KIND, needed: 60, orders: 3 });
    expect((await served.ask('eva', 'GET', `/customers/${customers.families[0]}/needs`)).body).toEqual({ needs: null });
  });

  it('are found as they were made, taken at once the first time, and stand in the lists', async () => {
    expect((await look(null)).state).toBe('done');
    const { groups, quality, proposal } = await overview();
    expect(proposal).toBeNull();
    expect(groups.map(({ customers: n }: { customers: number }) => n)).toEqual([PER_KIND, PER_KIND, PER_KIND]);
    expect(quality).toMatchObject({ customers: 3 * PER_KIND, learnedFrom: 3 * PER_KIND, foundBy: 'ana' });
    expect(quality.stability).toBeGreaterThan(0.95);
    expect(quality.silhouette).toBeGreaterThan(0.3);
    for (const kind of KINDS) {
      const ids = new Set(await Promise.all(customers[kind].map(groupOf)));
      expect(ids.size).toBe(1);
      const group = groups.find(({ id }: { id: string }) => ids.has(id));
      expect(group.typical.every(({ id }: { id: string }) => customers[kind].includes(id))).toBe(true);
    }
    const shares = groups.reduce((sum: number, { revenueShare }: { revenueShare: number }) => sum + revenueShare, 0);
    expect(shares).toBeCloseTo(1, 6);
  });

  it('are named by what sets them apart, each otherwise', async () => {
    const { groups } = await overview();
    const nameOf = async (kind: Kind) => {
      const id = await groupOf(customers[kind][0]!);
      return groups.find((group: { id: string }) => group.id === id);
    };
    const gardeners = await nameOf('gardeners');
    expect(gardeners.name).toContain('Jardín');
    const garden = gardeners.differences.find(({ subject }: { subject: string }) => subject === 'Jardín');
    expect(garden.inside).toBeGreaterThan(0.5);
    expect(garden.outside).toBe(0);
    expect(garden.distance).toBeGreaterThan(1.5);
    expect(new Set(groups.map(({ name }: { name: string }) => name)).size).toBe(groups.length);
    const english = await served.ask('eva', 'GET', '/needs-groups', undefined, { 'accept-language': 'en' });
    expect(english.body.groups.map(({ name }: { name: string }) => name)).not.toEqual(groups.map(({ name }: { name: string }) => name));
  });

  it('explain a customer by their own figures', async () => {
    const { status, body } = await served.ask('eva', 'GET', `/customers/${customers.bachelors[5]}/needs`);
    expect(status).toBe(200);
    expect(body.needs.group.id).toBe(await groupOf(customers.bachelors[5]!));
    expect(body.needs.fit).toBeGreaterThan(0.3);
    expect(body.needs.orders).toBe(14);
    const evening = body.needs.reasons.find(({ feature }: { feature: string }) => feature === 'evening');
    expect(evening).toMatchObject({ own: 1, inside: 1, outside: 0 });
    expect(body.needs.reasons.length).toBeGreaterThan(2);
  });

  it('keep the name a person gave, and give it back', async () => {
    const { groups } = await overview();
    const [group] = groups;
    expect((await served.ask('ana', 'PATCH', `/needs-groups/${group.id}`, { name: 'Los de siempre' })).status).toBe(204);
    expect((await served.ask('eva', 'GET', `/needs-groups/${group.id}`)).body).toMatchObject({
      name: 'Los de siempre',
      renamed: true,
      proposedName: group.name,
    });
    expect((await served.ask('ana', 'PATCH', `/needs-groups/${group.id}`, { name: null })).status).toBe(204);
    expect((await served.ask('eva', 'GET', `/needs-groups/${group.id}`)).body).toMatchObject({ name: group.name, renamed: false });
  });

  it('can be hidden and shown; their customers stay', async () => {
    const [group] = (await overview()).groups;
    await served.ask('ana', 'POST', `/needs-groups/${group.id}/hide`);
    expect((await served.ask('eva', 'GET', `/needs-groups/${group.id}`)).body).toMatchObject({ hidden: true, customers: group.customers });
    await served.ask('ana', 'POST', `/needs-groups/${group.id}/show`);
    expect((await served.ask('eva', 'GET', `/needs-groups/${group.id}`)).body.hidden).toBe(false);
  });

  it('wait for a yes when they are found again, and change nothing until then', async () => {
    const before = await overview();
    await look(4);
    const after = await overview();
    expect(after.groups).toEqual(before.groups);
    expect(after.proposal).toMatchObject({ asked: 4, lost: [] });
    expect(after.proposal.groups).toHaveLength(4);
    expect(after.proposal.groups.filter(({ continues }: { continues: unknown }) => continues)).toHaveLength(3);
    // Before anybody decides: how well each stands apart, and who is typical of it.
    for (const { silhouette, typical } of after.proposal.groups) {
      expect(Math.abs(silhouette)).toBeLessThanOrEqual(1);
      expect(typical.length).toBeGreaterThan(0);
      const one = await served.ask('ana', 'GET', `/customers/${typical[0].id}/needs`);
      expect(one.status).toBe(200);
      expect(Object.values(customers).flat()).toContain(typical[0].id);
    }
    expect((await served.ask('ana', 'POST', `/needs-findings/${after.proposal.id}/discard`)).status).toBe(204);
    expect((await overview()).proposal).toBeNull();
    expect((await served.ask('ana', 'POST', `/needs-findings/${after.proposal.id}/discard`)).body.code).toBe('VIN_NEEDS_FINDING_NOT_FOUND');
  });

  it('found again in other numbers keep their ids, their names and their lists', async () => {
    const gardeners = await groupOf(customers.gardeners[0]!);
    await served.ask('ana', 'PATCH', `/needs-groups/${gardeners}`, { name: 'Manos verdes' });
    const ids = async () => (await overview()).groups.map(({ id }: { id: string }) => id);
    const three = await ids();
    const keep = async (count: number) => {
      await look(count);
      const { proposal } = await overview();
      const kept = await served.ask('ana', 'POST', `/needs-findings/${proposal.id}/keep`);
      expect((await jobOver(kept.body.jobId)).state).toBe('done');
      expect((await served.ask('eva', 'GET', `/needs-groups/${gardeners}`)).body.name).toBe('Manos verdes');
    };
    await keep(3);
    expect((await ids()).toSorted()).toEqual(three.toSorted());
    expect(await groupOf(customers.gardeners[0]!)).toBe(gardeners);
    await keep(4);
    expect(await ids()).toHaveLength(4);
    expect(await ids()).toEqual(expect.arrayContaining(three));
  });

  it('taken are taken back: those of before, as they are called now, with their customers and lists; the others wait again', async () => {
    const seen = async () =>
      (await overview()).groups.map(({ id, name, customers: n }: { id: string; name: string; customers: number }) => [id, name, n]);
    const homes = async () => Promise.all(Object.values(customers).flat().map(groupOf));
    const [before, theirs] = [await seen(), await homes()];
    await look(2);
    const { proposal } = await overview();
    await jobOver((await served.ask('ana', 'POST', `/needs-findings/${proposal.id}/keep`)).body.jobId);
    const two = await overview();
    expect([two.groups.length, two.undo.id, two.proposal]).toEqual([2, proposal.id, null]);
    expect(await homes()).not.toEqual(theirs);

    expect((await served.ask('eva', 'POST', `/needs-findings/${proposal.id}/undo`)).status).toBe(403);
    const undone = await served.ask('ana', 'POST', `/needs-findings/${proposal.id}/undo`);
    expect([undone.status, (await jobOver(undone.body.jobId)).state]).toEqual([202, 'done']);
    expect((await seen()).toSorted()).toEqual(before.toSorted());
    expect(await homes()).toEqual(theirs);
    const again = await served.ask('ana', 'POST', `/needs-findings/${proposal.id}/undo`);
    expect([again.status, again.body.code]).toEqual([409, 'VIN_NEEDS_FINDING_CONFLICT']);

    // What was taken back can be taken once more, as the same groups.
    expect((await overview()).proposal.id).toBe(proposal.id);
    await jobOver((await served.ask('ana', 'POST', `/needs-findings/${proposal.id}/keep`)).body.jobId);
    expect((await overview()).groups.map(({ id }: { id: string }) => id).toSorted()).toEqual(
      two.groups.map(({ id }: { id: string }) => id).toSorted(),
    );
    await jobOver((await served.ask('ana', 'POST', `/needs-findings/${proposal.id}/undo`)).body.jobId);
    await served.ask('ana', 'POST', `/needs-findings/${proposal.id}/discard`);
    expect((await seen()).toSorted()).toEqual(before.toSorted());
  });

  it('that nothing new continues are said to disappear', async () => {
    await look(2);
    const { proposal, groups } = await overview();
    expect(proposal.lost.length).toBeGreaterThan(1);
    expect(groups.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(proposal.lost.map(({ id }: { id: string }) => id)));
    await served.ask('ana', 'POST', `/needs-findings/${proposal.id}/discard`);
  });

  it('of one night are assigned without learning, also to who is new', async () => {
    const { groups } = await overview();
    const random = drawn(99).uniform;
    const late = Array.from({ length: 9 }, (_, n) => `late gardener ${n}`);
    const newcomers: string[] = [];
    for (const name of late) {
      newcomers.push(await shop.customer(name));
      await shop.buy(...purchasesOf('gardeners', name, random));
    }
    await shop.score();
    // Anyone may live on the border of two groups, and gardeners may be two groups of much the same size: what counts is that
    // where most of the new ones are, most of the others are gardeners, too.
    const groupsOf = async (ids: readonly string[]) => Promise.all(ids.map((one) => groupOf(one)));
    const joined = await groupsOf(newcomers);
    const often = (one: unknown, among: readonly unknown[]) => among.filter((other) => other === one).length;
    const group = joined.toSorted((x, y) => often(y, joined) - often(x, joined))[0];
    const [families, bachelors, gardeners] = await Promise.all(KINDS.map(async (kind) => often(group, await groupsOf(customers[kind]))));
    expect(often(group, joined)).toBeGreaterThan(newcomers.length / 3);
    expect(gardeners).toBeGreaterThan(families! + bachelors!);
    const after = (await overview()).groups;
    expect(after.map(({ id }: { id: string }) => id).toSorted()).toEqual(groups.map(({ id }: { id: string }) => id).toSorted());
    expect(after.reduce((sum: number, group: { customers: number }) => sum + group.customers, 0)).toBe(3 * PER_KIND + newcomers.length);
  });

  it('leave a trace of every change', async () => {
    const { rows } = await sql<{ type: string }>`select distinct type from outbox where type like 'needs_%' order by type`.execute(
      shop.context.store.db,
    );
    expect(rows.map(({ type }) => type)).toEqual([
      'needs_finding.discarded',
      'needs_finding.kept',
      'needs_finding.made',
      'needs_finding.undone',
      'needs_group.hidden',
      'needs_group.renamed',
      'needs_group.shown',
    ]);
  });

  it('are for those who may', async () => {
    expect((await served.ask('luis', 'GET', '/needs-groups')).status).toBe(403);
    expect((await served.ask('eva', 'POST', '/needs-findings', { count: null })).status).toBe(403);
    expect((await served.ask('eva', 'GET', '/needs-groups/0190a8f0-0000-7000-8000-000000000000')).body.code).toBe(
      'VIN_NEEDS_GROUP_NOT_FOUND',
    );
    expect((await served.ask('ana', 'POST', '/needs-findings', { count: 1 })).status).toBe(400);
  });
});

describe('a proposed name', () => {
  const difference = (feature: 'channel' | 'discount' | 'variety' | 'basket', inside: number, distance: number) => ({
    feature,
    subject: feature === 'channel' ? 'web' : null,
    inside,
    outside: 0.5,
    distance,
  });
  const named = (...differences: ReturnType<typeof difference>[]) => proposeNames([{ differences }])[0]!;

  it('says by which channel they come only of those who mostly do', () => {
    expect(named(difference('channel', 0.88, 1.2))).toEqual({ es: 'Por web', en: 'By web' });
    expect(named(difference('channel', 0.43, 1.2))).toEqual({ es: 'Más por web', en: 'More by web' });
  });

  it('calls few what is fewer, not none', () => {
    expect(named(difference('discount', 0.08, -0.9)).es).toBe('Pocos descuentos');
    expect(named(difference('variety', 0.35, -1.5)).en).toBe('Little variety');
  });

  it('says nothing that is not shown as a difference', () => {
    expect(named(difference('channel', 0.55, 1.8), difference('variety', 0.59, 0.28)).es).toBe('Por web');
    expect(named(difference('basket', 5, 0.29)).es).toBe('Clientes como los demás');
  });
});
