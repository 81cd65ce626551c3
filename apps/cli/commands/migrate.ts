import type { Config } from '@vinculo/config';
import type { Translate } from '@vinculo/languages';
import { readLock } from '@vinculo/postgres';
import { type MigrationState, migrateStores, migrationsOfStores } from '@vinculo/server';
import { createClient } from '../client.ts';

/** `vinculo migrate [--status]`: brings both stores up to this version, or says where they are. A running server has done it at its start. */
export async function migrateCommand(config: Config, t: Translate, { status }: { status: boolean }): Promise<number> {
  const running = await readLock(config);
  if (status) {
    if (running && !running.url) return refuse(t, running.pid); // Only works, or is still starting: nobody to ask.
    const list = running?.url ? await askServer(config, running.url) : await migrationsOfStores(config);
    for (const { store, name, state } of list) console.log(`${state.padEnd(8)} ${store.padEnd(10)} ${name}`);
    return list.every(({ state }) => state === 'applied') ? 0 : 1;
  }
  if (running) return refuse(t, running.pid);
  const applied = await migrateStores(config);
  for (const { store, name } of applied) console.log(`applied  ${store.padEnd(10)} ${name}`);
  console.log(t('cli:migrate.done', { count: applied.length }));
  return 0;
}

async function askServer(config: Config, url: string): Promise<MigrationState[]> {
  const client = await createClient(config, url);
  return (await client.get<{ items: MigrationState[] }>('/migrations')).items;
}

function refuse(t: Translate, pid: number): number {
  console.error(t('cli:migrate.running', { pid }));
  return 1;
}
