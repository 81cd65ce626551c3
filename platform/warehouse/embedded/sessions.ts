import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Session } from 'chdb';
import { DATABASE, memoryLimits, type QueryOptions, SETTINGS } from '../warehouse.ts';
import { parameterAssignments, quoted } from './parameters.ts';

/** A connection of the engine: one query at a time, several connections side by side over the same data. */
export interface Lane {
  session: Session;
  /** What the engine calls it, to find its query. */
  name: string;
  /** Settings of the query before, which the next one must not inherit. */
  changed: Set<string>;
}

export interface Sessions {
  borrow(): Promise<Lane>;
  /** @param whole false when its query failed or was left before its end. */
  giveBack(lane: Lane, whole: boolean): Promise<void>;
  /** Stops the query that runs on the lane; nothing happens when none does. */
  kill(lane: Lane): Promise<void>;
  /** The statement to run before the query: its settings, those of earlier ones taken back, its parameters. Empty when none is needed. */
  preparation(lane: Lane, sql: string, params?: Record<string, unknown>, settings?: QueryOptions['settings']): string;
  close(): void;
}

/** Opens the engine over the folder. One process at a time may do that. */
export async function openSessions(folder: string, memoryMb: number): Promise<Sessions> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const configuration = join(folder, '..', 'configuration.xml');
  await writeFile(configuration, serverConfiguration(memoryMb), { mode: 0o600 });
  const baseline: Record<string, string | number | boolean> = {
    ...SETTINGS,
    ...memoryLimits(memoryMb),
    // All queries together get no more than one alone.
    max_memory_usage_for_user: memoryMb * 1024 * 1024,
    // By default the engine uses one processor only, unless each thread has a free GiB of the little memory it is given here.
    max_threads_min_free_memory_per_thread: 0,
    // Likewise what is inserted: sorted, pressed and written by two, where each would have had to have four free GiB.
    max_insert_threads: 2,
    max_insert_threads_min_free_memory_per_thread: 0,
    // Parameters are part of the text.
    max_query_size: 64 * 1024 * 1024,
  };

  const all: Session[] = [];
  const idle: Lane[] = [];
  const open = (name: string): Session => {
    const settings = Object.entries({ ...baseline, log_comment: name }).map(([key, value]) => `--${key}=${value}`);
    const session = new Session(folder, { connectionArgs: [`--config-file=${configuration}`, ...settings] });
    all.push(session);
    return session;
  };
  const control = open('vinculo-control');
  await control.queryAsync(`create database if not exists ${DATABASE}`);

  return {
    async borrow() {
      const free = idle.pop();
      if (free) return free;
      const name = `vinculo-${all.length}`;
      const session = open(name);
      await session.queryAsync(`use ${DATABASE}`);
      return { session, name, changed: new Set() };
    },
    async giveBack(lane, whole) {
      // The engine keeps what a query that was cut off held, memory included, until its session does something else.
      if (!whole) await lane.session.queryAsync('select 1');
      idle.push(lane);
    },
    async kill({ name }) {
      await control.queryAsync(`kill query where Settings['log_comment'] = '${name}' async`);
    },
    preparation(lane, sql, params = {}, settings = {}) {
      // DEFAULT is the engine's own, not what the connection was opened with.
      const back = [...lane.changed].filter((name) => !(name in settings)).map((name) => assignment(name, baseline[name]));
      const own = Object.entries(settings).map(([name, value]) => assignment(name, value));
      lane.changed = new Set(Object.keys(settings));
      const all = [...back, ...own, ...parameterAssignments(sql, params)];
      return all.length === 0 ? '' : `set ${all.join(', ')}`;
    },
    close() {
      for (const session of all) session.close();
    },
  };
}

function assignment(name: string, value: string | number | boolean | undefined): string {
  if (!/^\w+$/.test(name)) throw new TypeError(`"${name}" is not the name of a setting`);
  return `${name} = ${value === undefined ? 'DEFAULT' : typeof value === 'string' ? quoted(value) : Number(value)}`;
}

/** What can only be said when the engine starts. The caches would by themselves take several GiB. */
function serverConfiguration(memoryMb: number): string {
  const cache = Math.round(Math.min(256, memoryMb / 8) * 1024 * 1024);
  return `<clickhouse>
  <max_server_memory_usage>${memoryMb * 1024 * 1024}</max_server_memory_usage>
  <mark_cache_size>${cache}</mark_cache_size>
  <index_mark_cache_size>${cache}</index_mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <vector_similarity_index_cache_size>0</vector_similarity_index_cache_size>
  <query_condition_cache_size>${Math.round(cache / 8)}</query_condition_cache_size>
</clickhouse>
`;
}
