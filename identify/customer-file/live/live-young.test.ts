// A young file, record by record through the API: with no model yet everybody is alone and waits for the first whole run, which learns
// one; a file that outgrows its model is learned anew by itself.
import { createJobs } from '@vinculo/jobs';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { jobs } from '../identity/jobs.ts';
import type { RawRecord } from '../records/normalise-record.ts';
import { liveIndex } from './live-index.ts';
import { saveRecords } from './save-records.ts';

let file: TestFile;
let source: { id: string; country: string };

beforeAll(async () => {
  file = await testFile();
  const { context } = file;
  context.jobs = createJobs(context.config, context.store);
  for (const job of jobs(context)) context.jobs.define(job);
  await context.jobs.start();
  source = { id: await file.source('caja'), country: 'ES' };
});
afterAll(async () => {
  await liveIndex(file.context).end();
  await file.context.jobs.stop();
  await file.close();
});

const put = (rows: (RawRecord & { key: string })[]) =>
  saveRecords(file.context, SYSTEM, { source, records: rows.map(({ key, ...fields }) => ({ key, fields })) });

/** Records that each model so far was trained on. */
async function trainedOn(): Promise<number[]> {
  const { rows } = await sql<{ records: number }>`select records from match_model where kind = 'person' order by trained_at`.execute(
    file.context.store.db,
  );
  return rows.map(({ records }) => Number(records));
}

const idle = async () => (await file.context.jobs.list({ limit: 20, name: 'identity.unify' })).items.every(({ state }) => state === 'done');

it('learns its first model from the first records, and a new one whenever it has grown by three tenths', async () => {
  const people = strangers(0, 60);
  const [first] = (await put(people.slice(0, 1).map(({ card }) => card))).records;
  expect(first).toMatchObject({ outcome: 'created' });
  await vi.waitFor(async () => expect((await trainedOn()).length).toBe(1), { timeout: 60_000, interval: 200 });
  await vi.waitFor(async () => expect(await idle()).toBe(true), { timeout: 60_000, interval: 200 });

  await put(people.slice(1, 40).map(({ card }) => card));
  await vi.waitFor(async () => expect((await trainedOn()).at(-1)).toBe(40), { timeout: 60_000, interval: 200 });
  await vi.waitFor(async () => expect(await idle()).toBe(true), { timeout: 60_000, interval: 200 });

  // Up to 52 the model still fits.
  const models = (await trainedOn()).length;
  for (const { web } of people.slice(0, 12)) await put([web]);
  expect(await idle()).toBe(true);
  expect((await trainedOn()).length).toBe(models);
  await put([people[12]!.web]);
  await vi.waitFor(async () => expect((await trainedOn()).at(-1)).toBe(53), { timeout: 60_000, interval: 200 });

  // Whoever was linked meanwhile is who they are.
  const { rows } = await sql<{ customers: number; records: number }>`
    select count(distinct customer_id)::int as customers, count(*)::int as records from link where valid_to is null`.execute(
    file.context.store.db,
  );
  expect(rows[0]).toEqual({ customers: 40, records: 53 });
});
