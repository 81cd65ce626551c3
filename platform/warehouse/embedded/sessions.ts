import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Session } from 'chdb';
import { DATABASE, type QueryOptions, SETTINGS } from '../warehouse.ts';

/** Connections of the engine. One runs one query at a time; several run side by side over the same data. */
export interface Sessions {
  /** Lends a session with these settings; the settings are taken back when `use` ends. */
  lend<T>(settings: QueryOptions['settings'], use: (session: Session) => Promise<T>): Promise<T>;
  /** Like {@link lend} for a result that is read over time: call `back` in the end. */
  borrow(settings: QueryOptions['settings']): Promise<{ session: Session; back(): Promise<void> }>;
  /** Stops the running query that begins with this mark. */
  kill(mark: string): Promise<void>;
  close(): void;
}

/** Put before a query so that {@link Sessions.kill} finds it. */
export function newMark(): string {
  return `/* vinculo:${randomUUID()} */`;
}

/** Opens the engine over the folder. One process at a time may do that. */
export async function openSessions(folder: string, memoryMb: number): Promise<Sessions> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const configuration = join(folder, '..', 'warehouse.xml');
  await writeFile(configuration, serverConfiguration(memoryMb), { mode: 0o600 });
  const memory = memoryMb * 1024 * 1024;
  const baseline: Record<string, string | number | boolean> = { ...SETTINGS, max_memory_usage: memory, max_memory_usage_for_user: memory };
  const connectionArgs = [`--config-file=${configuration}`, ...Object.entries(baseline).map(([name, value]) => `--${name}=${value}`)];

  const all: Session[] = [];
  const idle: Session[] = [];
  const open = async (): Promise<Session> => {
    const session = new Session(folder, { connectionArgs });
    all.push(session);
    await session.queryAsync(`use ${DATABASE}`);
    return session;
  };
  const first = new Session(folder, { connectionArgs });
  all.push(first);
  await first.queryAsync(`create database if not exists ${DATABASE}`);
  await first.queryAsync(`use ${DATABASE}`);
  const control = first;

  const borrow: Sessions['borrow'] = async (settings = {}) => {
    const session = idle.pop() ?? (await open());
    const names = Object.keys(settings);
    const back = async () => {
      // DEFAULT is the engine's own, not what the connection was opened with.
      for (const name of names) await set(session, name, baseline[name]);
      idle.push(session);
    };
    try {
      for (const name of names) await set(session, name, settings[name]);
    } catch (error) {
      await back();
      throw error;
    }
    return { session, back };
  };

  return {
    borrow,
    async lend(settings, use) {
      const { session, back } = await borrow(settings);
      try {
        return await use(session);
      } finally {
        await back();
      }
    },
    async kill(mark) {
      await control.queryAsync(`kill query where startsWith(query, '${mark}') async`);
    },
    close() {
      for (const session of all) session.close();
    },
  };
}

async function set(session: Session, name: string, value: string | number | boolean | undefined): Promise<void> {
  if (!/^\w+$/.test(name)) throw new TypeError(`"${name}" is not the name of a setting`);
  await session.queryAsync(`set ${name} = ${value === undefined ? 'DEFAULT' : literal(value)}`);
}

function literal(value: string | number | boolean): string {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  return String(Number(value));
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
