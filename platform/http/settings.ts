import { sql } from 'kysely';
import type { Config } from '@vinculo/config';
import type { Actor, Store } from '@vinculo/postgres';
import { type CompanySettings, companySettings } from './api.ts';

/** The company's own choices. Until someone saves them they are the configuration's defaults. */
export interface Settings {
  /** Never older than five seconds, also when another process changed them. */
  get(): Promise<CompanySettings>;
  put(actor: Actor, change: Partial<CompanySettings>): Promise<CompanySettings>;
}

const FRESH_MS = 5_000;

export function createSettings(store: Store, config: Config): Settings {
  const defaults: CompanySettings = {
    companyName: '',
    timeZone: config.timeZone,
    currency: config.currency,
    country: config.country,
    language: config.language,
  };
  let kept: { value: CompanySettings; at: number } | undefined;

  const read = async (from: Parameters<ReturnType<typeof sql>['execute']>[0]) => {
    const { rows } = await sql<{ value: Partial<CompanySettings> }>`select value from settings where key = 'company'`.execute(from);
    return companySettings.parse({ ...defaults, ...rows[0]?.value });
  };

  return {
    async get() {
      if (!kept || Date.now() - kept.at > FRESH_MS) kept = { value: await read(store.db), at: Date.now() };
      return kept.value;
    },
    async put(actor, change) {
      const value = await store.transaction(actor, async (tx) => {
        // One writer at a time, so that two people changing different fields both keep theirs.
        await sql`select pg_advisory_xact_lock(hashtext('settings.company'))`.execute(tx);
        const before = await read(tx);
        const after = { ...before, ...change };
        const changed = Object.fromEntries(Object.entries(after).filter(([name, now]) => before[name as keyof CompanySettings] !== now));
        if (Object.keys(changed).length === 0) return before;
        const by = { kind: actor.kind, id: actor.id, name: actor.name };
        await sql`
          insert into settings (key, value, updated_by) values ('company', ${JSON.stringify(after)}, ${JSON.stringify(by)})
          on conflict (key) do update set value = excluded.value, updated_at = now(), updated_by = excluded.updated_by`.execute(tx);
        await tx.emit('setting.changed', { kind: 'setting', id: 'company' }, { changed });
        return after;
      });
      kept = { value, at: Date.now() };
      return value;
    },
  };
}
