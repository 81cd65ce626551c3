// Profiles are current when they are read, and not read twice for one reason; whatever ends in between is done again.
import { readFile } from 'node:fs/promises';
import { newId, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askForProfiles, bringProfiles, presumeRead } from './bring-profiles.ts';
import { readProfiles } from './profiles.ts';
import { segmentsOver } from './environment.ts';
import { begin } from './jobs.ts';
import { person, type Person, type TestWorld, testWorld } from './segments.fixture.ts';

let world: TestWorld;
let ana: Person;
let luis: Person;
beforeEach(async () => {
  world = await testWorld();
  ana = person('ana', { province: 'Madrid' });
  luis = person('luis', { province: 'Madrid' });
});
afterEach(() => world.close());

const bring = () => bringProfiles(world.context);
const ask = () => world.context.store.transaction(SYSTEM, askForProfiles);
const moveTo = (province: string, ...who: Person[]) =>
  sql`update customer set province = ${province} where id = any(${who.map(({ id }) => id)}::uuid[])`.execute(world.context.store.db);
const pending = (one: Person, visits = false) =>
  sql`insert into segment_pending (customer_id, asked_at, visits) values (${one.id}, now(), ${visits})`.execute(world.context.store.db);
/** Where the warehouse thinks they live; undefined of whom it does not know. */
const homes = async () => {
  const rows = await world.context.warehouse.rows<{ id: string; province: string }>(
    'select toString(customer_id) as id, province from customer_profile final where alive',
  );
  return [ana, luis].map(({ id }) => rows.find((row) => row.id === id)?.province);
};

describe('everybody', () => {
  it('is read the first time, however often nobody was there', async () => {
    await bring();
    await world.add(ana, luis);
    await bring();
    expect(await homes()).toEqual(['Madrid', 'Madrid']);
  });

  it('is read again only when asked for', async () => {
    await world.add(ana, luis);
    await bring();
    await moveTo('Soria', ana, luis);
    await bring();
    expect(await homes()).toEqual(['Madrid', 'Madrid']);
    await ask();
    await bring();
    expect(await homes()).toEqual(['Soria', 'Soria']);
  });

  it('is not read when versions before have', async () => {
    await world.add(ana, luis);
    await presumeRead(world.context);
    await bring();
    expect(await homes()).toEqual([undefined, undefined]);
  });

  it('is read again once the desk has found out since when they are customers, whoever read them before', async () => {
    const { store } = world.context;
    const migrate = async () =>
      sql.raw(await readFile(new URL('migrations/0004_known_since.sql', import.meta.url), 'utf8')).execute(store.db);
    await migrate();
    expect((await sql`select from profile_reading`.execute(store.db)).rows).toEqual([]);
    await world.add(ana, luis);
    await bring();
    for (const province of ['Soria', 'Teruel']) {
      await moveTo(province, ana, luis);
      await migrate();
      // As every start does.
      await presumeRead(world.context);
      await bring();
      expect(await homes()).toEqual([province, province]);
      // A version that did not yet note it.
      await sql`delete from profile_reading`.execute(store.db);
    }
  });

  it('is read again when asked for while being read', async () => {
    const { store } = world.context;
    await world.add(ana, luis);
    await ask();
    let reading: Promise<void> | undefined;
    await store.transaction(SYSTEM, async (tx) => {
      await sql`lock table consent in access exclusive mode`.execute(tx);
      reading = bring();
      await waitingFor('COPY%');
      await ask();
    });
    await reading;
    await moveTo('Soria', ana);
    await bring();
    expect(await homes()).toEqual(['Soria', 'Madrid']);
  });

  it('is read again when the reader ended before it was noted', async () => {
    const { store } = world.context;
    await world.add(ana, luis);
    await ask();
    await store.transaction(SYSTEM, async (tx) => {
      await sql`select from profile_reading for update`.execute(tx);
      const reading = expect(bring()).rejects.toThrow(/terminat/);
      const pid = await waitingFor('%insert into profile_reading%');
      await sql`select pg_terminate_backend(${pid})`.execute(tx);
      await reading;
    });
    expect(await homes()).toEqual(['Madrid', 'Madrid']);
    await moveTo('Soria', ana);
    await bring();
    expect(await homes()).toEqual(['Soria', 'Madrid']);
  });

  /** The connection that waits for a lock with such a statement. */
  async function waitingFor(statement: string): Promise<number> {
    for (let left = 1_000; left > 0; left--) {
      const { rows } = await sql<{ pid: number }>`
        select pid from pg_stat_activity where wait_event_type = 'Lock' and ltrim(query, E' \n') ilike ${statement}
          and datname = current_database()`.execute(world.context.store.db);
      if (rows[0]) return rows[0].pid;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('Nothing waits');
  }
});

describe('a data folder of before', () => {
  let finish = () => {};
  const start = () => begin(segmentsOver(world.context, { fields: [] }));
  beforeEach(async () => {
    const { jobs } = world.context;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    jobs.define({ name: 'insight.score', run: () => finished });
    jobs.define({ name: 'segment.refresh', after: ['insight.score'], run: async () => {} });
    await jobs.start();
    await jobs.enqueue('insight.score', {});
    await world.add(ana, luis);
    await readProfiles(world.context, [luis.id]);
  });
  afterEach(async () => {
    finish();
    await world.context.jobs.stop();
  });

  it('has its profiles', async () => {
    await start();
    await bring();
    expect(await homes()).toEqual([undefined, 'Madrid']);
  });

  it('lacks them when it was left with a run waiting to read them', async () => {
    await world.context.jobs.enqueue('segment.refresh', { reason: 'event', profiles: true });
    await start();
    await bring();
    expect(await homes()).toEqual(['Madrid', 'Madrid']);
  });

  it('lacks them when the warehouse is new, whenever they were read', async () => {
    await bring();
    await world.context.warehouse.command('truncate table customer_profile');
    await start();
    await bring();
    expect(await homes()).toEqual(['Madrid', 'Madrid']);
  });
});

describe('whoever waits to be looked at', () => {
  beforeEach(async () => {
    await world.add(ana, luis);
    await bring();
    await moveTo('Soria', ana, luis);
  });

  it('is read, and goes on waiting', async () => {
    await pending(ana);
    await bring();
    expect(await homes()).toEqual(['Soria', 'Madrid']);
    expect((await sql`select from segment_pending`.execute(world.context.store.db)).rows).toHaveLength(1);
  });

  it('is read however many wait', async () => {
    const others = Array.from({ length: 4_500 }, () => newId());
    await sql`insert into segment_pending (customer_id, asked_at) select id, now() from unnest(${others}::uuid[]) as o(id)`.execute(
      world.context.store.db,
    );
    await pending(ana);
    await pending(luis);
    await bring();
    expect(await homes()).toEqual(['Soria', 'Soria']);
  });

  it('is nobody any more once led to another', async () => {
    await sql`update customer set merged_into = ${luis.id} where id = ${ana.id}`.execute(world.context.store.db);
    await pending(ana);
    await bring();
    expect(await homes()).toEqual([undefined, 'Madrid']);
  });

  it('is read before the event that touches them was handed over', async () => {
    const { store } = world.context;
    await sql`update customer set merged_into = ${luis.id} where id = ${ana.id}`.execute(store.db);
    await store.transaction(SYSTEM, (tx) => tx.emit('customer.merged', { kind: 'customer', id: luis.id }, { kept: luis.id, gone: ana.id }));
    await bring();
    expect(await homes()).toEqual([undefined, 'Soria']);
  });

  it('is read with everybody when an event that touches all was not handed over yet', async () => {
    await world.context.store.transaction(SYSTEM, (tx) => tx.emit('linkage.undone', { kind: 'linkage', id: newId() }, {}));
    await bring();
    expect(await homes()).toEqual(['Soria', 'Soria']);
  });

  it('is left alone when nothing but visits happened', async () => {
    await pending(ana, true);
    await bring();
    expect(await homes()).toEqual(['Madrid', 'Madrid']);
  });
});
