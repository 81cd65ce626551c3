// A customer file on real stores with the tables of channels, and customers typed into it.
import { feature as customerFile, enterCustomer, recordOfCustomer } from '@vinculo/customer-file';
import { type Context, feature as http } from '@vinculo/http';
import { type Actor, SYSTEM } from '@vinculo/postgres';
import { contextOver, testStores } from '@vinculo/testing';

export interface TestChannels {
  context: Context;
  /** A person typed by hand. */
  person(given: string, surname: string, more?: { mobile?: string; email?: string }): Promise<{ customer: string; record: string }>;
  close(): Promise<void>;
}

const MINE = new URL('./migrations/', import.meta.url);

/** Whoever serves it defines `identity.unify` as idle: `serve(file, parts, { idle: ['identity.unify'] })`. */
export async function testChannels(): Promise<TestChannels> {
  const stores = await testStores({
    migrations: [
      { name: http.name, folder: http.migrations! },
      { name: customerFile.name, folder: customerFile.migrations! },
      { name: 'channels', folder: MINE },
    ],
    warehouseMigrations: [{ name: customerFile.name, folder: customerFile.warehouse! }],
  });
  const context = contextOver(stores);
  return {
    context,
    async person(given, surname, more = {}) {
      const typed = { kind: 'person' as const, given_name: given, surname1: surname, ...more };
      const { customerId } = await enterCustomer(context, SYSTEM, typed, 'es');
      const { record } = await recordOfCustomer(context.store, customerId);
      return { customer: customerId, record };
    },
    close: () => stores.close(),
  };
}

/** Somebody of the company, with the rights given. */
export const somebody = (id: string, ...permissions: string[]): Actor => ({
  kind: 'user',
  id,
  name: `${id} Pérez`,
  permissions: new Set(permissions),
});
