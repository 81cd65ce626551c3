import { allowed, choice } from './consent.ts';
import { knownDevice } from './device.ts';
import type { Settings } from './settings.ts';

/** Who the visitor is, as far as a page may know. */
export type Profile = { known: false } | { known: true; givenName: string };

const STRANGER: Profile = { known: false };

/** Asks only for who agreed to be greeted; anybody else is a stranger, and so is everybody when the server does not answer. */
export async function recognise(settings: Settings): Promise<Profile> {
  const anonymousId = allowed(settings) && (choice() || {}).personalise === true && knownDevice();
  if (!anonymousId) return STRANGER;
  const body = JSON.stringify({ writeKey: settings.key, anonymousId });
  try {
    const reply = await fetch(`${settings.server}/v1/recognise`, { method: 'POST', body, credentials: 'omit' });
    return reply.ok ? ((await reply.json()) as Profile) : STRANGER;
  } catch {
    return STRANGER;
  }
}
