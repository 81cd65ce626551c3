// The first files of a new company, on a whole server: what scoring finds out of them knows the profiles from the first time on.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { feature as customerFile, importFile } from '@vinculo/customer-file';
import { feature as insight, segmentSources } from '@vinculo/insight';
import { SYSTEM } from '@vinculo/postgres';
import { segments } from '@vinculo/segments';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestServer, testServer } from './test-server.ts';

/** More than are looked at one by one. */
const PEOPLE = 5_200;
/** Every fourth gave an e-mail address. */
const REACHABLE = PEOPLE / 4;
/** The source says of every fifth since when, of one of them a day that is yet to come. */
const SINCE = '2015-02-01';
const FROM_THEN = PEOPLE / 5 - 1;

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ features: [customerFile, segments(segmentSources), insight] });
  const steps = [{ id: 'mail', name: 'Con correo', conditions: [{ kind: 'reachable', ways: ['email'] }] }];
  expect((await server.owner.send('PUT', '/funnel', { target: null, steps })).status).toBe(200);
  const people = Array.from({ length: PEOPLE }, (_, n) => [
    `C${n}`,
    `Persona${n} Apellido${(n * 7) % PEOPLE}`,
    n % 4 === 0 ? `persona${n}@example.com` : '',
    n === 0 ? '01/02/2095' : n % 5 === 0 ? '01/02/2015' : '',
  ]);
  const path = join(server.context.config.dataFolder, 'clientes.csv');
  await writeFile(
    path,
    [['Código', 'Nombre', 'Correo electrónico', 'Fecha de alta'], ...people].map((row) => `${row.join(';')}\n`).join(''),
  );
  await importFile(server.context, { path, source: { name: 'tienda' }, actor: SYSTEM });
  await server.quiet();
});
afterAll(() => server?.stop());

it('knows from the first scoring on who can be written to, and since when', async () => {
  const { body } = await server.owner.get('/funnel');
  expect(body).toMatchObject({ people: PEOPLE, steps: [{ customers: REACHABLE }] });
  const days = await server.context.warehouse.rows(
    "select toString(stage_since) as day, toUInt32(count()) as customers from customer_life_cycle where stage = 'prospect' group by day order by day",
  );
  const { rows } = await sql<{ day: string; customers: number }>`
    select to_char(first_seen at time zone ${(await server.context.settings.get()).timeZone}, 'YYYY-MM-DD') as day, count(*)::int as customers
      from customer group by 1`.execute(server.context.store.db);
  const [loaded] = rows;
  expect(rows).toEqual([{ day: expect.any(String), customers: PEOPLE }]);
  expect(days).toEqual([
    { day: SINCE, customers: FROM_THEN },
    { day: loaded!.day, customers: PEOPLE - FROM_THEN },
  ]);
});

it('says since when by the date of the source, wherever somebody asks', async () => {
  const { owner } = server;
  const funnel = await owner.get('/funnel');
  expect(funnel.body.periods).toMatchObject([{ period: '2015-Q1', people: FROM_THEN }, { people: PEOPLE - FROM_THEN }]);
  expect((await owner.get(`/funnel?to=${SINCE}`)).body).toMatchObject({ people: FROM_THEN });

  const before = { kind: 'field', field: 'first_seen', op: 'before', value: '2020-01-01' };
  const rule = { version: 1, where: { kind: 'group', match: 'all', of: [before] } };
  expect((await owner.send('POST', '/segments/preview', { rule })).body).toMatchObject({ count: FROM_THEN });

  const { items } = (await owner.get('/funnel/stuck?step=1&limit=200')).body as {
    items: { id: string; name: string; firstSeen: string }[];
  };
  for (const since of [SINCE, undefined]) {
    const { id } = items.find(({ firstSeen }) => (firstSeen === SINCE) === (since === SINCE))!;
    const { firstSeen } = (await owner.get(`/customers/${id}`)).body as { firstSeen: string };
    if (since) expect(firstSeen).toBe(`${since}T12:00:00.000Z`);
    else expect(Date.now() - Date.parse(firstSeen)).toBeLessThan(3_600_000);
  }
});
