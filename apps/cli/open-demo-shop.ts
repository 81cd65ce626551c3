// The demo's shop: a page to visit as a customer does, and to see arrive in the console.
import { serveShop, type Shop } from '../../examples/demo-shop/serve.ts';
import type { Client } from './client.ts';

const SOURCE = { name: 'alacena', label: 'La Alacena (tienda de muestra)', country: 'ES', trust: 60 };
const KEY_NAME = 'La Alacena';

interface WriteKey {
  key: string;
  name: string;
  state: string;
}

/** Opens it, with a source and a key of its own that are made the first time. */
export async function openDemoShop(client: Client): Promise<Shop> {
  const { items: sources } = await client.get<{ items: { id: string; name: string }[] }>('/sources');
  const known = sources.find(({ name }) => name === SOURCE.name);
  const { id } = known ?? (await client.send<{ id: string }>('POST', '/sources', SOURCE));
  const { items: keys } = await client.get<{ items: WriteKey[] }>(`/sources/${id}/write-keys`);
  let key = keys.find(({ name, state }) => name === KEY_NAME && state === 'active')?.key;
  if (key === undefined) {
    // Its visitors are asked, and greeted if they agree. What people changed since stays.
    if (!known) await client.send('PATCH', `/sources/${id}/event-settings`, { consent: 'given', recognise: true });
    ({ key } = await client.send<WriteKey>('POST', `/sources/${id}/write-keys`, { name: KEY_NAME }));
  }
  return serveShop({ server: client.url, key, elsewhere: true });
}
