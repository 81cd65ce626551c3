// Who is who, current at every moment: a thread that holds the file, and the ways to ask and to change it. One a process.
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { Actor, Transaction } from '@vinculo/postgres';
import { LINK_QUERY } from '../identity/current-links.ts';
import type { Kind } from '../identity/customer-record.ts';
import type { DecidedPair } from '../identity/linkage.worker.ts';
import { decisionsInForce, lockIdentity, modelsInForce, modelsKnown, nobodyThinks } from '../identity/queries.ts';
import { RECORD_QUERY } from '../identity/record-table.ts';
import { owned, startThread, type Thread } from '@vinculo/threads';
import type { FoundDoubt } from '../identity/doubts/describe-doubtful.ts';
import { changesSince, lastNumber, lockLog, noteIdentity } from '../identity/identity-log.ts';
import type { LiveRecord } from './live-file.ts';
import type { LivePlan } from './live-plan.ts';
import type { LiveCandidate, LiveThread } from './live.worker.ts';
import { decisionStamp, ownedRecords } from './read-records.ts';
import { tellWarehouse } from '../identity/tell-warehouse.ts';

type Stores = Pick<Context, 'store' | 'warehouse' | 'log'>;

export interface LiveState {
  state: 'off' | 'building' | 'ready';
  /** Source records it holds. */
  records: number;
  /** Of its thread. */
  megabytes: number;
  builtAt: string | null;
  buildSeconds: number | null;
  /** Single changes linked since it was built, and how long the linking of the last thousand took. */
  linked: number;
  median: number | null;
  p99: number | null;
}

/** What a change of records does, and the moment it counts from. */
export interface Linked {
  plan: LivePlan;
  /** match_record.version of each record that moves, in the order of the plan. */
  versions: number[];
  /** Records of each kind there are afterwards, of the kinds that have a model. */
  linked: Record<Kind, number>;
  /** Pairs that people should look at. */
  doubts: Promise<FoundDoubt[]>;
}

/** Records to link, and what is decided about them in the same breath; `save` writes the decisions. */
export interface Changes {
  records: LiveRecord[];
  decided: DecidedPair[];
}

export interface LiveIndex {
  /** Resolves when it is there; false when it is not within `ms`, or there is nothing to build it from. */
  ready(ms: number): Promise<boolean>;
  /** Best candidates for a record that is compared as `match`, and the probability from which two records are one; null without a model. */
  lookup(
    kind: Kind,
    match: Record<string, string>,
    limit: number,
    least: number,
  ): Promise<{ found: LiveCandidate[]; threshold: number | null }>;
  /**
   * Links changed records (or says that nothing is to do) and saves what that changes: `save` writes it in a transaction in which nobody else changes who is who.
   * Undefined when it cannot be done now: a whole run is at work, or the change touches too much. Nothing is saved then.
   */
  change<T>(
    actor: Actor,
    changes: () => Promise<Changes | { done: T }>,
    save: (tx: Transaction, linked: Linked) => Promise<T>,
  ): Promise<T | undefined>;
  /** Versions of records as the index knows them, 0 for those it does not. */
  versions(records: string[]): Promise<number[]>;
  /** Follows what others changed. */
  catchUp(): Promise<void>;
  state(): Promise<LiveState>;
  end(): Promise<void>;
}

const indexes = new WeakMap<object, LiveIndex>();

/** The live index of this process. Built when it is first asked for. */
export function liveIndex(context: Stores): LiveIndex {
  const known = indexes.get(context.store) ?? createLiveIndex(context);
  indexes.set(context.store, known);
  return known;
}

/** Others wrote before we did: look again. */
class Overtaken extends Error {}
/** A whole run is at work. */
class Busy extends Error {}

const TRIES = 4;
/** More records than this changed elsewhere are read as part of the whole. */
const MOST_BY_NAME = 5_000;
const VERSION_QUERY = 'select record_id, version from match_record final';

function createLiveIndex(context: Stores): LiveIndex {
  const { store, warehouse, log } = context;
  let stopping = new AbortController();
  let thread: Thread<LiveThread> | undefined;
  let building: Promise<boolean> | undefined;
  let known = 0;
  let stamp = '';
  let models = '';
  let builtAt: Date | undefined;
  let buildSeconds = 0;
  let linked = 0;
  let times: number[] = [];
  let telling: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One change after the other. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.catch(() => {});
    return turn;
  }

  function build(): Promise<boolean> {
    building ??= (async () => {
      const began = performance.now();
      const fresh = startThread<LiveThread>(new URL('./live.worker.ts', import.meta.url), stopping.signal, () => {});
      fresh.unref();
      try {
        await tellWarehouse(context);
        known = await lastNumber(store.db);
        for await (const bytes of warehouse.bytes(RECORD_QUERY, {}, { format: 'RowBinary', signal: stopping.signal }))
          await fresh.call('addRecords', owned(bytes));
        await fresh.call('endRecords');
        for (const packed of await packedLinks()) await fresh.call('addLinks', owned(packed));
        stamp = await decisionStamp(store.db);
        const inForce = await modelsInForce(store.db);
        models = modelsStamp(inForce);
        await fresh.call('build', inForce, await decisionsInForce(store.db));
        thread = fresh;
        buildSeconds = (performance.now() - began) / 1000;
        builtAt = new Date();
        times = [];
        linked = 0;
        return true;
      } catch (error) {
        await fresh.end();
        building = undefined;
        if (stopping.signal.aborted) return false;
        throw error;
      }
    })();
    building.catch((error: unknown) => log.error({ err: error }, 'The live index could not be built'));
    return building;
  }

  async function rebuild(): Promise<void> {
    const former = thread;
    thread = undefined;
    building = undefined;
    await former?.end();
    await build();
  }

  async function packedLinks(): Promise<Buffer[]> {
    const { rows } = await store.pool.query<{ packed: Buffer }>(LINK_QUERY);
    return rows.map(({ packed }) => packed);
  }

  async function follow(): Promise<void> {
    if (!thread) return;
    const { last: number, records } = await changesSince(store.db, known);
    const decided = await decisionStamp(store.db);
    if (records === null) await compareAll(number);
    else if (records.length > 0) {
      await tellWarehouse(context);
      await thread.call('take', ...(await ownedRecords(context, records)));
      known = number;
    }
    if (decided !== stamp) {
      stamp = decided;
      await thread.call('decide', await decisionsInForce(store.db));
    }
  }

  /** After a whole run: what is different here is read again; a new model, or too much that is different, makes all of it new. */
  async function compareAll(number: number): Promise<void> {
    if (modelsStamp(await modelsKnown(store.db)) !== models) return rebuild();
    await tellWarehouse(context);
    let first = true;
    for await (const bytes of warehouse.bytes(VERSION_QUERY, {}, { format: 'RowBinary', signal: stopping.signal })) {
      await thread!.call('compare', owned(bytes), first);
      first = false;
    }
    const different =
      (await thread!.call('compare', first ? new Uint8Array(0) : undefined, first)) ?? (await thread!.call('compare', undefined, false))!;
    if (different.length > MOST_BY_NAME) return rebuild();
    for (let from = 0; from < different.length; from += 500)
      await thread!.call('take', ...(await ownedRecords(context, different.slice(from, from + 500))));
    await thread!.call('takeLinks', (await packedLinks()).map(owned));
    const { removed, rows } = await thread!.call('state');
    known = number;
    if (removed > 50_000 && removed > rows / 5) await rebuild();
  }

  function tellSoon(): void {
    telling ??= setTimeout(() => {
      telling = undefined;
      tellWarehouse(context).catch((error: unknown) => log.error({ err: error }, 'The warehouse could not be told of changed records'));
    }, TELL_MS).unref();
  }

  const index: LiveIndex = {
    async ready(ms) {
      if (thread) return true;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<boolean>((resolve) => {
        timer = setTimeout(resolve, ms, false);
      });
      return Promise.race([build(), late]).finally(() => clearTimeout(timer));
    },
    async lookup(kind, match, limit, least) {
      await build();
      await alone(follow);
      return thread!.call('lookup', kind, match, limit, least);
    },
    change: (actor, changes, save) =>
      alone(async () => {
        if (!thread) return undefined;
        for (let round = 1; ; round++) {
          await follow();
          const wanted = await changes();
          if ('done' in wanted) return wanted.done;
          const { records: list, decided } = wanted;
          const made = await thread.call('change', list, decided);
          if (!made) return undefined;
          const doubts = thread.call('doubts', list);
          doubts.catch(() => {});
          try {
            const result = await store.transaction(actor, async (tx) => {
              await sql`set local lock_timeout = '4s'`.execute(tx);
              if (!(await nobodyThinks(tx))) throw new Busy();
              await lockIdentity(tx, 'alone');
              if ((await lockLog(tx)) !== known || (await decisionStamp(tx)) !== stamp) throw new Overtaken();
              const saved = await save(tx, { ...made, doubts });
              const concerned = [...new Set([...list.map(({ record }) => record), ...made.plan.moves.map(({ record }) => record)])];
              const number = await noteIdentity(tx, concerned);
              return { saved, number, decided: await decisionStamp(tx) };
            });
            await thread.call('keep');
            known = result.number;
            if (result.decided !== stamp) {
              stamp = result.decided;
              await thread.call('decide', await decisionsInForce(store.db));
            }
            linked += list.length;
            times.push(made.milliseconds);
            if (times.length > 1_000) times = times.slice(-1_000);
            tellSoon();
            return result.saved;
          } catch (error) {
            await thread.call('undo');
            if (decided.length > 0) await thread.call('decide', await decisionsInForce(store.db));
            if (error instanceof Overtaken && round < TRIES) continue;
            if (error instanceof Overtaken || error instanceof Busy || (error as { code?: string }).code === LOCK_NOT_AVAILABLE)
              return undefined;
            throw error;
          }
        }
      }),
    versions: async (records) => (thread ? thread.call('versions', records) : records.map(() => 0)),
    catchUp: () => alone(follow),
    async state() {
      const size = thread ? await thread.call('state') : { records: 0, megabytes: 0 };
      const sorted = times.toSorted((a, b) => a - b);
      return {
        state: thread ? 'ready' : building ? 'building' : 'off',
        records: size.records,
        megabytes: size.megabytes,
        builtAt: thread && builtAt ? builtAt.toISOString() : null,
        buildSeconds: thread ? Math.round(buildSeconds * 10) / 10 : null,
        linked,
        median: sorted[sorted.length >> 1] ?? null,
        p99: sorted[Math.floor(sorted.length * 0.99)] ?? null,
      };
    },
    async end() {
      clearTimeout(telling);
      stopping.abort(new Error('The server is stopping'));
      await last;
      await building?.catch(() => {});
      await thread?.end();
      thread = undefined;
      building = undefined;
      stopping = new AbortController();
      indexes.delete(store);
    },
  };
  return index;
}

const TELL_MS = 300;
const LOCK_NOT_AVAILABLE = '55P03';

const modelsStamp = (models: Awaited<ReturnType<typeof modelsInForce>>) =>
  Object.values(models)
    .map(({ id, threshold }) => `${id} ${threshold}`)
    .join(' ');
