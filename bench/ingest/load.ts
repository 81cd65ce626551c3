// The load, a process of its own: sends events at a fixed rate whatever the answers do, so that a slow answer is not followed by a
// pause that hides it. Takes its orders as one JSON argument and gives what it saw as one JSON line.
import { Agent, request } from 'node:http';
import type { Person } from './shop.ts';
import { shop } from './shop.ts';

export interface LoadOrder {
  url: string;
  writeKey: string;
  people: Person[];
  devices: number;
  seed: number;
  seconds: number;
  /** Events a second. */
  rate: number;
  /** Events a request; 1: each by itself, to the path of its call. */
  batch: number;
}

export interface LoadSeen {
  /** Acknowledged events that are facts (pages, tracks), and that name people (identify). */
  facts: number;
  identifies: number;
  /** Events whose request was answered with anything but 200, by status. */
  refused: Record<string, number>;
  /** From the moment a request was due to its answer, ms. */
  latencies: number[];
  /** From the first request due to the last answer. */
  seconds: number;
  /** Processor time of this process. */
  processorSeconds: number;
}

const TICK_MS = 5;
/** A new visitor’s browser has a connection of its own; a server keeps some. */
const agent = new Agent({ keepAlive: true, maxSockets: 64, scheduling: 'fifo' });

async function run({ url, writeKey, people, devices, seed, seconds, rate, batch }: LoadOrder): Promise<LoadSeen> {
  const source = shop(people, devices, seed);
  const { hostname, port } = new URL(url);
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
  const seen: LoadSeen = { facts: 0, identifies: 0, refused: {}, latencies: [], seconds: 0, processorSeconds: 0 };
  const answers: Promise<void>[] = [];

  function post(path: string, body: string, due: number, count: (ok: boolean, status: string) => void): Promise<void> {
    return new Promise((resolve) => {
      const sent = request(
        {
          agent,
          hostname,
          port,
          path,
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        },
        (reply) => {
          reply.resume();
          reply.once('end', () => {
            seen.latencies.push(performance.now() - due);
            count(reply.statusCode === 200, String(reply.statusCode));
            resolve();
          });
        },
      );
      sent.once('error', (error) => {
        count(false, (error as { code?: string }).code ?? 'error');
        resolve();
      });
      sent.end(body);
    });
  }

  function sendOne(due: number): Promise<void> {
    const kinds = { facts: 0, identifies: 0 };
    const now = `"originalTimestamp":"${new Date().toISOString()}"`;
    let path = '/v1/batch';
    const events = Array.from({ length: batch }, () => {
      const { type, json } = source.next();
      kinds[type === 'identify' ? 'identifies' : 'facts']++;
      if (batch === 1) path = `/v1/${type}`;
      return `${json.slice(0, -1)},${now}}`;
    });
    const sentAt = `"sentAt":"${new Date().toISOString()}"`;
    const body = batch === 1 ? `${events[0]!.slice(0, -1)},${sentAt}}` : `{"batch":[${events.join(',')}],${sentAt}}`;
    return post(path, body, due, (ok, status) => {
      if (!ok) seen.refused[status] = (seen.refused[status] ?? 0) + batch;
      else {
        seen.facts += kinds.facts;
        seen.identifies += kinds.identifies;
      }
    });
  }

  const before = process.cpuUsage();
  const began = performance.now();
  const every = (1_000 * batch) / rate;
  const total = Math.round((seconds * rate) / batch);
  await new Promise<void>((resolve) => {
    let sent = 0;
    const timer = setInterval(() => {
      for (let due = began + sent * every; sent < total && due <= performance.now(); due = began + ++sent * every)
        answers.push(sendOne(due));
      if (sent < total) return;
      clearInterval(timer);
      resolve();
    }, TICK_MS);
  });
  await Promise.all(answers);
  const { user, system } = process.cpuUsage(before);
  agent.destroy();
  return { ...seen, seconds: (performance.now() - began) / 1_000, processorSeconds: (user + system) / 1e6 };
}

process.once('message', async (order: LoadOrder) => {
  const seen = await run(order);
  process.send!(seen, () => process.disconnect());
});
