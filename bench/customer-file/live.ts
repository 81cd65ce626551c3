// One new record against a million in the running server, through the API: how long linking takes with its clusters, and the whole request.
import { join } from 'node:path';
import { writeLoad } from '@vinculo/generator';
import { figure, percentile } from '../harness/figure.ts';
import { type Run, runVinculo, scratchFolder } from '../harness/vinculo.ts';
import { api } from './api.ts';

interface State {
  state: string;
  records: number;
  megabytes: number;
  buildSeconds: number;
  median: number;
  p99: number;
}

const quick = process.argv.includes('--quick');
const customers = quick ? 20_000 : 1_000_000;
const records = quick ? 300 : 1_000;

const folder = scratchFolder();
let server: Run | undefined;
try {
  const manifest = await writeLoad(folder.path, { customers, purchases: 10, seed: 7, onProgress: () => {} });
  server = await runVinculo(['start'], join(folder.path, 'data'));
  const client = api(server.url, server.key);
  await client.send('/setup', { name: 'Bench', email: 'bench@vinculo.example', password: 'a-long-enough-password' });
  for (const entry of manifest.filter(({ kind }) => kind === 'customers')) await client.importFile(join(folder.path, entry.file), entry);
  await client.quiet();

  const idle = server.memory.bytes();
  // The first who asks has it built.
  for (;;) {
    await client.send('/identify/lookup', { full_name: 'María García López' }).catch(() => {});
    if ((await client.get<State>('/identify/live')).state === 'ready') break;
  }
  const built = await client.get<State>('/identify/live');
  figure(`live index of ${built.records} records: built in`, built.buildSeconds, undefined, 's');
  figure('live index: memory of its thread', built.megabytes, undefined, 'MiB');
  figure('peak memory before the live index was built', idle / 2 ** 20, undefined, 'MiB');

  const { id } = await client.send<{ id: string }>('/sources', { name: 'tienda', label: 'Tienda', country: 'ES', trust: 60 });
  const { items } = await client.get<{ items: { id: string }[] }>('/customers?limit=200');
  const people = await Promise.all(items.map(async (row) => known(await client.get<Identity>(`/customers/${row.id}/identity`))));
  const whole: number[] = [];
  const asked: number[] = [];
  // A running server has linked some already.
  for (let n = -100; n < records; n++) {
    const person = { ...people[(n + 100) % people.length] };
    if (n % 3 === 0 && person.surname1) person.surname1 += 'x';
    if (n % 2 === 0) delete person.mobile;
    const began = performance.now();
    await client.send(`/sources/${id}/records`, { records: [{ key: `N${n}`, fields: person }] });
    if (n >= 0) whole.push(performance.now() - began);
    const before = performance.now();
    await client.send('/identify/lookup', person);
    if (n >= 0) asked.push(performance.now() - before);
  }
  const state = await client.get<State>('/identify/live');
  figure(`one new record against ${built.records}, clusters updated: p99 of the linking of ${records}`, state.p99, 5, 'ms');
  figure('one new record: median of the linking', state.median, undefined, 'ms');
  figure('one new record: p99 of the whole request, saved with its golden record', percentile(whole, 99), undefined, 'ms');
  figure('one new record: median of the whole request', percentile(whole, 50), undefined, 'ms');
  figure('who is this: p99 of the request', percentile(asked, 99), undefined, 'ms');
  figure('peak memory of all processes', server.memory.bytes() / 2 ** 20, undefined, 'MiB');
} finally {
  await server?.stop();
  folder.remove();
}

interface Identity {
  records: { raw: Record<string, string> }[];
}

/** Fields of somebody the file knows, as another system would send them. */
function known({ records: [record] }: Identity): Record<string, string> {
  const fields = [
    'given_name',
    'surname',
    'surname1',
    'surname2',
    'full_name',
    'email',
    'mobile',
    'phone',
    'birth_date',
    'national_id',
    'address',
    'postcode',
    'city',
  ];
  return Object.fromEntries(Object.entries(record!.raw).filter(([field]) => fields.includes(field)));
}
