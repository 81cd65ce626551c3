// The linking alone, in the thread's own data structures and without stores or requests: a million generated people, then single
// records of people known and unknown, each linked with its clusters updated. Arguments: rows, folder of name lists.
import { cluster, personSettings, predict, train } from '@vinculo/matching';
import { newId, recordId } from '@vinculo/postgres';
import { currentLinks } from '../../identify/customer-file/identity/current-links.ts';
import { uuidCodes } from '../../identify/customer-file/identity/uuid-codes.ts';
import { liveFile } from '../../identify/customer-file/live/live-file.ts';
import { planChange } from '../../identify/customer-file/live/live-plan.ts';
import { figure, percentile } from '../harness/figure.ts';
import { generatePeople } from '../linkage/people.ts';

const [rows, data] = [Number(process.argv[2]), process.argv[3]!];
const { table } = generatePeople(rows, 11, data);
const model = train(table, personSettings(), { seed: 1 });
const { cluster: labels, threshold } = cluster(table, predict(table, model), model);

const ids = uuidCodes(rows);
for (let row = 0; row < rows; row++) ids.addText(recordId('01890000-0000-7000-8000-000000000000', String(row)));
const { links } = currentLinks(ids);
const customers = new Map<number, number>();
labels.forEach((label, row) => {
  let customer = customers.get(label);
  if (customer === undefined) customers.set(label, (customer = links.customers.addText(newId())));
  links.customerOf[row] = customer;
});
const none = { table: { rows: 0, columns: {} }, rows: new Uint32Array(0), localOf: () => 0 };
const people = { table, rows: Uint32Array.from({ length: rows }, (_, row) => row), localOf: (row: number) => row };
const began = performance.now();
const file = liveFile(
  { rows, ids, versions: new BigUint64Array(rows), kindOf: () => 'person', kinds: { person: people, company: none } },
  links,
  { person: { model, threshold } },
);
figure(`live file of ${rows} records: built in`, (performance.now() - began) / 1e3, undefined, 's');

const times: number[] = [];
/** Says more than the clock where other work runs beside. */
const processor: number[] = [];
let touched = 0;
// A running server has linked some already.
for (let n = -500; n < 5_000; n++) {
  const row = ((n + 500) * 7919) % rows;
  const match = Object.fromEntries(Object.entries(table.columns).map(([name, { codes, values }]) => [name, values[codes[row]!]!]));
  if (n % 3 === 0) match.surname1 = `${match.surname1}x`;
  if (n % 2 === 0) match.phone = '';
  const record = recordId('01890000-0000-7000-8000-000000000001', String(n));
  const cpu = process.cpuUsage();
  const before = performance.now();
  const plan = planChange(file, [{ record, kind: 'person', match, version: 1 }], newId)!;
  file.keep();
  const { user, system } = process.cpuUsage(cpu);
  if (n >= 0) times.push(performance.now() - before);
  if (n >= 0) processor.push((user + system) / 1e3);
  touched = Math.max(touched, plan.judged);
}
figure(`one new record against ${rows}, clusters updated: p99 of the linking`, percentile(times, 99), 5, 'ms');
figure('one new record: p99 of its processor time', percentile(processor, 99), undefined, 'ms');
figure('one new record: median of the linking', percentile(times, 50), undefined, 'ms');
figure('records judged with it, at most', touched, undefined, 'records');
const { arrayBuffers, heapUsed } = process.memoryUsage();
figure('memory with the generated table', (arrayBuffers + heapUsed) / 2 ** 20, undefined, 'MiB');
