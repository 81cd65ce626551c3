import { fail } from '@vinculo/errors';
import type { Store } from '@vinculo/postgres';

/** How long a key is believed without asking again: what another process revoked ends here within this time, what this one did at once. */
const BELIEVED_MS = 5_000;
const MOST_BELIEVED = 10_000;
const USE_NOTED_MS = 60_000;
/** As add-write-key.ts makes them: nothing else is worth a question. */
const WRITE_KEY = /^vk_[0-9A-Za-z]{32}$/;

/** A key as the door needs it. */
export interface KnownKey {
  id: string;
  sourceId: string;
  key: string;
  name: string;
  origins: string[];
  expiresAt: Date | null;
  revokedAt: Date | null;
}

export interface KnownKeys {
  /** @throws VIN_EVENT_KEY_MISSING, VIN_EVENT_KEY_UNKNOWN, VIN_EVENT_KEY_REVOKED, VIN_EVENT_KEY_EXPIRED: 400 */
  use(key: string | undefined): Promise<KnownKey>;
  /** Notes that a key was used, at most once a minute. */
  used(key: KnownKey): void;
  forget(): void;
}

const ofStores = new WeakMap<Store, KnownKeys>();

/** The write keys of a store, remembered in this process. */
export function knownKeys(store: Store): KnownKeys {
  let keys = ofStores.get(store);
  if (!keys) ofStores.set(store, (keys = rememberKeys(store)));
  return keys;
}

function rememberKeys(store: Store): KnownKeys {
  const believed = new Map<string, { found: Promise<KnownKey | undefined>; until: number }>();
  const noted = new Map<string, number>();

  function find(key: string): Promise<KnownKey | undefined> {
    const known = believed.get(key);
    if (known && known.until > Date.now()) return known.found;
    if (believed.size >= MOST_BELIEVED) believed.clear();
    const found = ask(store, key);
    believed.set(key, { found, until: Date.now() + BELIEVED_MS });
    found.catch(() => believed.delete(key));
    return found;
  }

  return {
    async use(key) {
      if (key === undefined) throw fail('VIN_EVENT_KEY_MISSING');
      const found = WRITE_KEY.test(key) ? await find(key) : undefined;
      if (!found) throw fail('VIN_EVENT_KEY_UNKNOWN', { key: key.slice(0, 50) });
      const { name, revokedAt, expiresAt } = found;
      if (revokedAt) throw fail('VIN_EVENT_KEY_REVOKED', { name, at: day(revokedAt) });
      if (expiresAt && expiresAt.getTime() <= Date.now()) throw fail('VIN_EVENT_KEY_EXPIRED', { name, at: day(expiresAt) });
      return found;
    },
    used({ id }) {
      const now = Date.now();
      if ((noted.get(id) ?? 0) > now - USE_NOTED_MS) return;
      noted.set(id, now);
      store.pool
        .query(
          "update write_key set last_used_at = now() where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')",
          [id],
        )
        .catch(() => noted.delete(id));
    },
    forget: () => believed.clear(),
  };
}

async function ask(store: Store, key: string): Promise<KnownKey | undefined> {
  const { rows } = await store.pool.query<KnownKey>({
    name: 'write-key',
    text: `select id, source_id as "sourceId", key, name, origins, expires_at as "expiresAt", revoked_at as "revokedAt"
             from write_key where key = $1`,
    values: [key],
  });
  return rows[0];
}

const day = (at: Date) => at.toISOString().slice(0, 10);
