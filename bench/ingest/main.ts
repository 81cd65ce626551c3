// Events in: a shop's traffic in batches and one by one, from the door to the warehouse, with the load on the same machine.
import { join } from 'node:path';
import { api, type Api } from '../customer-file/api.ts';
import { figure, percentile } from '../harness/figure.ts';
import { type Run, runVinculo, scratchFolder } from '../harness/vinculo.ts';
import { countEvents } from './count.ts';
import { fillFile, openShop, type WebShop } from './file.ts';
import { generate } from './generate.ts';
import type { LoadSeen } from './load.ts';
import { processorSeconds, watch } from './watch.ts';

const quick = process.argv.includes('--quick');
const customers = quick ? 5_000 : 100_000;
const accounts = quick ? 400 : 4_000;
const devices = quick ? 4_000 : 40_000;
/** A little above what is asked, so that what is asked is reached. */
const batches = { seconds: quick ? 8 : 60, rate: 10_200, batch: 100 };
const single = { seconds: quick ? 5 : 60, rate: 1_530, batch: 1 };
/** Events that are sent to see when they show. */
const LOOKS = 20;

const folder = scratchFolder();
const data = join(folder.path, 'data');
let server: Run | undefined;
try {
  server = await runVinculo(['start'], data);
  const client = api(server.url, server.key);
  await client.send('/setup', { name: 'Bench', email: 'bench@vinculo.example', password: 'a-long-enough-password' });
  await fillFile(client, folder.path, customers);
  const shop = await openShop(client, accounts);

  const seen = [
    await phase(server, shop, 'in batches of 100', batches, 10_000, 1),
    await phase(server, shop, 'one by one', single, 1_500, 2),
  ];
  await visible(client, server.url, shop);
  await server.stop();
  server = undefined;

  const counted = await countEvents(data);
  // Besides those of the load, what visible() sent.
  const acknowledged = seen.reduce((sum, { facts }) => sum + facts, 0) + LOOKS;
  figure('acknowledged events that are not in the warehouse', acknowledged - counted.different, 0, 'events');
  figure('events in the warehouse more than once', counted.facts - counted.different, 0, 'events');
  figure('events that nobody acknowledged, or rejected', Math.max(0, counted.different - acknowledged) + counted.rejected, 0, 'events');
  if (counted.reasons.length > 0) console.error(`Rejected: ${counted.reasons.join(', ')}`);
} finally {
  await server?.stop();
  folder.remove();
}

interface Traffic {
  seconds: number;
  rate: number;
  batch: number;
}

async function phase({ child, url }: Run, shop: WebShop, name: string, traffic: Traffic, target: number, seed: number): Promise<LoadSeen> {
  const before = processorSeconds(child.pid!);
  const watched = watch(child.pid!, url);
  const seen = await generate({ url, ...shop, devices, seed, ...traffic });
  const ended = performance.now();
  // Until the last of it is loaded.
  while ((await waiting(url)) > 0) {
    if (performance.now() - ended > 600_000) throw new Error('The inbox is not empty ten minutes after the last request: nothing loads it');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const drained = (performance.now() - ended) / 1_000;
  await watched.stop();

  const acknowledged = seen.facts + seen.identifies;
  const refused = Object.values(seen.refused).reduce((sum, count) => sum + count, 0);
  figure(`${name}: events acknowledged a second, for ${traffic.seconds} s`, acknowledged / seen.seconds, target, 'events/s', {
    atLeast: true,
  });
  figure(`${name}: p99 of ${seen.latencies.length} answers`, percentile(seen.latencies, 99), 250, 'ms');
  figure(`${name}: median`, percentile(seen.latencies, 50), undefined, 'ms');
  figure(`${name}: events refused or without an answer`, refused, 0, 'events');
  if (refused > 0) console.error(`Refused: ${JSON.stringify(seen.refused)}`);
  figure(
    `${name}: longest that an acknowledged event waited for the warehouse`,
    Math.max(...watched.samples.map(({ waited }) => waited)),
    5,
    's',
  );
  figure(`${name}: in the warehouse after the last answer`, drained, 5, 's');
  const memory = (from: number, to: number) => {
    const within = watched.samples.filter(({ at }) => at >= from && at <= to).map((sample) => sample.memory);
    return within.reduce((sum, bytes) => sum + bytes, 0) / within.length;
  };
  const quarter = traffic.seconds / 4;
  figure(
    `${name}: memory at the end, of that after ${quarter} s`,
    memory(traffic.seconds - 3, traffic.seconds) / memory(quarter - 1.5, quarter + 1.5),
    1.2,
    'times',
  );
  figure(`${name}: memory of the server, at most`, Math.max(...watched.samples.map((sample) => sample.memory)) / 2 ** 20, undefined, 'MiB');
  figure(
    `${name}: processor of the server, without PostgreSQL`,
    (processorSeconds(child.pid!) - before) / seen.seconds,
    undefined,
    'cores',
  );
  figure(`${name}: processor of the load itself`, seen.processorSeconds / seen.seconds, undefined, 'cores');
  return seen;
}

async function waiting(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^vinculo_inbox_events (\d+)$/m.exec(text)?.[1]);
}

/** How long until an event is in the timeline of its customer, over the API: as long as it takes the console to show it. */
async function visible(client: Api, url: string, { writeKey, customers: known }: WebShop): Promise<void> {
  const people = [...known].slice(0, LOOKS);
  const times: number[] = [];
  for (const [n, [userId, customer]] of people.entries()) {
    const name = `Café que se vio el ${n}`;
    const began = performance.now();
    await fetch(`${url}/v1/track`, {
      method: 'POST',
      body: JSON.stringify({
        writeKey,
        userId,
        event: 'Product Viewed',
        properties: { product_id: `V${n}`, name },
        messageId: `visible-${n}`,
      }),
    });
    // By its name, or by its key where the name is not there yet.
    const there = (text: string) => text.includes(`"${name}"`) || text.includes(`"V${n}"`);
    while (!there(JSON.stringify(await client.get(`/customers/${customer}/timeline?limit=10`)))) {
      if (performance.now() - began > 30_000) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    times.push((performance.now() - began) / 1_000);
  }
  figure(`event in its customer’s timeline over the API, slowest of ${times.length}`, Math.max(...times), 2, 's');
  figure('event in its customer’s timeline over the API, median', percentile(times, 50), undefined, 's');
}
