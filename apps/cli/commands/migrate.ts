import type { Config } from '@vinculo/config';
import type { Translate } from '@vinculo/languages';
import { readLock } from '@vinculo/postgres';
import { migrateStores, migrationsOfStores } from '@vinculo/server';

/** `vinculo migrate [--status]`: brings both stores up to this version, or says where they are. A running server has done it at its start. */
export async function migrateCommand(config: Config, t: Translate, { status }: { status: boolean }): Promise<number> {
  const running = await readLock(config);
  if (running) {
    console.error(t('cli:migrate.running', { pid: running.pid }));
    return 1;
  }
  if (status) {
    const list = await migrationsOfStores(config);
    for (const { store, name, state } of list) console.log(`${state.padEnd(8)} ${store.padEnd(10)} ${name}`);
    return list.every(({ state }) => state === 'applied') ? 0 : 1;
  }
  const applied = await migrateStores(config);
  for (const { store, name } of applied) console.log(`applied  ${store.padEnd(10)} ${name}`);
  console.log(t('cli:migrate.done', { count: applied.length }));
  return 0;
}
