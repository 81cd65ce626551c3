// Putting customers on a list and taking them off, by id or by what a pasted text or a file knows them by.
import { tellWarehouse } from '@vinculo/customer-file';
import { fail } from '@vinculo/errors';
import { type Actor, newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ListChanged, ListEntries, ListRemoved } from './api.ts';
import type { Segments } from './environment.ts';
import { recount } from './recount.ts';
import { findRow } from './segment-row.ts';

/** Lines shown of those nobody is known by. */
const SHOWN = 100;
const AT_ONCE = 10_000;

/** @throws VIN_SEGMENT_KIND for what is no list. */
async function listRow({ context }: Segments, id: string) {
  const row = await findRow(context.store.db, id);
  if (row.kind !== 'list')
    throw fail('VIN_SEGMENT_KIND', {
      detail: { es: 'Solo a una lista hecha a mano se le añaden clientes.', en: 'Customers are added to lists made by hand only.' },
    });
  return row;
}

export async function addToList(
  segments: Segments,
  actor: Actor,
  id: string,
  given: z.output<typeof ListEntries>,
): Promise<z.infer<typeof ListChanged>> {
  const { context } = segments;
  await listRow(segments, id);
  const looked = given.text === undefined ? NOBODY : await lookUp(segments, given.text);
  const ids = [...new Set([...(given.customers ?? []), ...looked.customers])];
  let added = 0;
  await context.store.transaction(actor, async (tx) => {
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const { rows } = await sql`
        insert into segment_entry (segment_id, customer_id, added_by)
        select ${id}, c.id, ${actor.name} from unnest(${ids.slice(from, from + AT_ONCE)}::uuid[]) as given(id) join customer c on c.id = given.id
        on conflict do nothing returning customer_id`.execute(tx);
      added += rows.length;
    }
    if (added > 0) await tx.emit('segment.list_added', { kind: 'segment', id }, { customers: added });
  });
  const { size } = (await recount(segments, id, 'list'))!;
  const { unknown, ambiguous } = looked;
  return {
    added,
    already: ids.length - added,
    unknown: unknown.slice(0, SHOWN),
    unknownCount: unknown.length,
    ambiguous: ambiguous.slice(0, SHOWN),
    ambiguousCount: ambiguous.length,
    size,
  };
}

/** Takes customers off, also those that were put on under an id that was merged into theirs. */
export async function takeFromList(
  segments: Segments,
  actor: Actor,
  id: string,
  customers: readonly string[],
): Promise<z.infer<typeof ListRemoved>> {
  const { context } = segments;
  await listRow(segments, id);
  const before = (await recount(segments, id, 'list'))!.size;
  await context.store.transaction(actor, async (tx) => {
    const { rows } = await sql`
      with recursive earlier(id) as (
        select unnest(${customers}::uuid[])
        union
        select c.id from customer c join earlier on c.merged_into = earlier.id
      )
      delete from segment_entry e using earlier where e.segment_id = ${id} and e.customer_id = earlier.id returning e.customer_id`.execute(
      tx,
    );
    if (rows.length > 0) await tx.emit('segment.list_removed', { kind: 'segment', id }, { customers: rows.length });
  });
  const { size } = (await recount(segments, id, 'list'))!;
  return { removed: before - size, size };
}

interface LookedUp {
  customers: string[];
  unknown: string[];
  ambiguous: string[];
}
const NOBODY: LookedUp = { customers: [], unknown: [], ambiguous: [] };

/**
 * Whose the lines are. Of a line with several columns each is tried, and the first that somebody is known by counts: an id of ours, a
 * customer number of any source, or an e-mail. A line that several customers are known by is nobody's: putting all of them in would be
 * wrong as often as not.
 */
async function lookUp({ context }: Segments, text: string): Promise<LookedUp> {
  const { warehouse } = context;
  await tellWarehouse(context);
  const lines = text.split(/\r?\n/).flatMap((line) => {
    const cells = line.split(/[;,\t|]/).map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .trim(),
    );
    return cells.some((cell) => cell !== '')
      ? [{ line: line.trim(), cells: cells.filter((cell) => cell !== '' && cell.length <= 400) }]
      : [];
  });
  const lookup = newId();
  const rows = lines.flatMap(({ cells }, line) => cells.map((cell) => ({ lookup_id: lookup, line, text: cell })));
  if (rows.length === 0) return NOBODY;
  try {
    await warehouse.insert('segment_lookup', rows, ['lookup_id', 'line', 'text']);
    const asked = `select text from segment_lookup where lookup_id = {lookup:UUID}`;
    const found = await warehouse.rows<{ line: number; customers: string[] }>(
      `select line, arrayMap(x -> toString(x), groupUniqArray(3)(customer_id)) as customers
         from (select line, text from segment_lookup where lookup_id = {lookup:UUID}) l
         join (
           select key as known, i.customer_id as customer_id from (select record_id, key from match_record final where key in (${asked})) m
             join (select record_id, customer_id from identity final) i on i.record_id = m.record_id
           union all
           select m.email, i.customer_id from (select record_id, email from match_record final where email != '' and email in (select lowerUTF8(text) from (${asked}))) m
             join (select record_id, customer_id from identity final) i on i.record_id = m.record_id
           union all
           select toString(customer_id), customer_id from customer_profile final where alive and customer_id in (select toUUIDOrZero(text) from (${asked}))
         ) k on k.known = l.text or k.known = lowerUTF8(l.text)
        group by line`,
      { lookup },
    );
    const byLine = new Map(found.map(({ line, customers }) => [line, customers]));
    const result: LookedUp = { customers: [], unknown: [], ambiguous: [] };
    lines.forEach(({ line }, n) => {
      const customers = byLine.get(n) ?? [];
      if (customers.length === 1) result.customers.push(customers[0]!);
      // The first line of a file is often its headings.
      else if (customers.length === 0 && !(n === 0 && lines.length > 1 && HEADINGS.test(line))) result.unknown.push(line);
      else if (customers.length > 1) result.ambiguous.push(line);
    });
    return result;
  } finally {
    await warehouse.command('delete from segment_lookup where lookup_id = {lookup:UUID}', { lookup });
  }
}
const HEADINGS = /^[^@\d]*$/;

/** Copies the members of a segment as they are now onto a list. */
export async function freeze({ context }: Segments, actor: Actor, list: string, from: string): Promise<void> {
  const { store, warehouse } = context;
  await store.transaction(actor, async (tx) => {
    await sql`create temporary table frozen (customer_id uuid) on commit drop`.execute(tx);
    const members = warehouse.bytes(
      'select toString(customer_id) from segment_member final where segment_id = {from:UUID} and inside',
      { from },
      { format: 'TabSeparated' },
    );
    await store.copyIn(tx, 'frozen', ['customer_id'], members);
    await sql`
      insert into segment_entry (segment_id, customer_id, added_by) select ${list}, customer_id, ${actor.name} from frozen on conflict do nothing`.execute(
      tx,
    );
  });
}
