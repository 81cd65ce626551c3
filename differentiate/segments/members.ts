// The customers of a segment, a page at a time, and as a file. Who they are is in the warehouse, what they are called on the desk.
import { exportColumns, exportCustomers, listCustomers, membersOf } from '@vinculo/customer-file';
import { fail } from '@vinculo/errors';
import type { Language } from '@vinculo/languages';
import type { Actor } from '@vinculo/postgres';
import type { z } from 'zod';
import type { MembersQuery } from './api.ts';
import { audience } from './audience.ts';
import type { Segments } from './environment.ts';
import { findRow } from './segment-row.ts';

type Query = z.output<typeof MembersQuery>;

/** One page of the members: the list of customers with the segment as its filter. */
export async function listMembers({ context }: Segments, actor: Actor, id: string, query: Query) {
  await findRow(context.store.db, id);
  if (query.sort === '-revenue' && !actor.permissions.has('value.read')) throw fail('VIN_ACCESS_DENIED', { permission: 'value.read' });
  return listCustomers(context.store, actor, query, await membersOf(context, { membership: audience }, id));
}

/** The members as a file, in id order, with the columns and words of the list of customers. */
export async function exportMembers({ context }: Segments, actor: Actor, segment: string, format: 'csv' | 'jsonl', language: Language) {
  await findRow(context.store.db, segment);
  const { timeZone } = await context.settings.get();
  return exportCustomers(context.store, actor, {
    filter: {},
    among: audience.members(context, segment),
    columns: exportColumns(actor),
    format,
    language,
    timeZone,
  });
}
