import { findSource } from '@vinculo/customer-file';
import { fail } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { z } from 'zod';
import type { HookPreview, HookPreviewRequest } from '../api/hooks.ts';
import { checkMapping } from './keep-hook.ts';
import { readMessage } from './read-message.ts';

const SHOWN = 20;

/** What a sample would become. Nothing is kept. @throws VIN_HOOK_MAPPING, VIN_HOOK_BODY, VIN_SOURCE_NOT_FOUND */
export async function previewMessage(
  { store, settings }: Pick<Context, 'store' | 'settings'>,
  { mapping, sourceId, sample }: z.output<typeof HookPreviewRequest>,
): Promise<z.infer<typeof HookPreview>> {
  checkMapping(mapping);
  const source = await findSource(store, sourceId);
  const { currency } = await settings.get();
  let body: unknown;
  try {
    body = JSON.parse(sample);
  } catch (error) {
    throw fail('VIN_HOOK_BODY', { detail: (error as Error).message.slice(0, 200) });
  }
  const things = readMessage(body, mapping, { source: source.id, currency, receivedAt: new Date() });
  return {
    count: things.length,
    things: things.slice(0, SHOWN).map(({ ignored, record, purchases, contact, reasons }) => ({
      ignored,
      customer: record,
      purchases: purchases.slice(0, SHOWN).map(inWords),
      contact: contact && inWords(contact),
      reasons: reasons.slice(0, SHOWN),
    })),
  };
}

const INSIDE = new Set(['record_id', 'source_id', 'line_id', 'contact_id']);

/** What a fact says, without the ids that only stores know. */
const inWords = (fact: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fact).flatMap(([name, value]) =>
      INSIDE.has(name) || value === null || value === '' ? [] : [[name, value instanceof Date ? value.toISOString() : String(value)]],
    ),
  );
