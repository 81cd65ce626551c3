// Whose a letter is, as people say: what the tray asks.
import { recordOfCustomer } from '@vinculo/customer-file';
import { fail } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Actor, Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Assign, Stranger } from '../api/letters.ts';
import { tellAtOnce } from '../entries/tell-entries.ts';
import { findLetter, type WholeLetter } from './letter-row.ts';
import { placeSender } from './senders.ts';

/**
 * Gives a letter to a customer. Remembered, so are the sender's others that wait and those that come.
 *
 * @returns how many letters it moved.
 * @throws VIN_LETTER_NOT_FOUND, VIN_CUSTOMER_NOT_FOUND
 */
export async function assignLetter(
  context: Context,
  actor: Actor,
  id: string,
  { customerId, remember }: z.output<typeof Assign>,
): Promise<number> {
  const { record } = await recordOfCustomer(context.store, customerId);
  const letters = await context.store.transaction(actor, async (tx) => {
    const letter = await findLetter(tx, id, sql`for update`);
    const ids = [id];
    if (remember && letter.sender_address !== '') {
      await rememberSender(tx, letter.sender_address, 'customer', record, id);
      ids.push(...(await waitingOf(tx, letter)));
    }
    await give(tx, ids, record);
    await tx.emit('letter.assigned', { kind: 'letter', id }, { record, customer: customerId, letters: ids.length, remember });
    return ids.length;
  });
  await tellAtOnce(context);
  return letters;
}

/**
 * Says that a letter is no customer's: it leaves the tray.
 *
 * @throws VIN_LETTER_NOT_FOUND; VIN_LETTER_DOMAIN for a domain where everybody has an address.
 */
export async function strangeLetter(context: Context, actor: Actor, id: string, { scope }: z.output<typeof Stranger>): Promise<number> {
  const letters = await context.store.transaction(actor, async (tx) => {
    const letter = await findLetter(tx, id, sql`for update`);
    const ids = [id];
    if (scope !== 'once' && letter.sender_address !== '') {
      const domain = letter.sender_address.slice(letter.sender_address.lastIndexOf('@'));
      if (scope === 'domain' && EVERYBODYS.test(domain)) throw fail('VIN_LETTER_DOMAIN', { domain });
      await rememberSender(tx, scope === 'domain' ? domain : letter.sender_address, 'stranger', null, id);
      ids.push(...(await waitingOf(tx, letter, scope === 'domain' ? domain : undefined)));
    }
    await sql`
      update letter set state = 'stranger', why = '', decided_by = ${tx.actor.name}, decided_at = now() where entry_id = any(${ids}::uuid[])`.execute(
      tx,
    );
    await keep(tx, ids, null);
    await tx.emit('letter.dismissed', { kind: 'letter', id }, { letters: ids.length, scope });
    return ids.length;
  });
  await tellAtOnce(context);
  return letters;
}

/** Takes back what was decided of a letter, for all it was decided of: they wait again, and the sender is not remembered. */
export async function returnLetter(context: Context, actor: Actor, id: string): Promise<number> {
  const letters = await context.store.transaction(actor, async (tx) => {
    const letter = await findLetter(tx, id, sql`for update`);
    const forgotten = await sql<{ decided_at: Date }>`delete from letter_sender where entry_id = ${id} returning decided_at`.execute(tx);
    // Those that came with it were decided in the same transaction, so at the same moment.
    const together = forgotten.rows[0]
      ? await sql<{ id: string }>`
          select entry_id as id from letter where decided_at = (select decided_at from letter where entry_id = ${id}) and entry_id <> ${id}`.execute(
          tx,
        )
      : { rows: [] };
    const ids = [id, ...together.rows.map((row) => row.id)];
    const { state, why } = await placeSender(tx, letter.sender_address);
    await sql`
      update letter set state = 'waiting', why = ${state === 'waiting' ? why : 'unknown'}, decided_by = null, decided_at = null
       where entry_id = any(${ids}::uuid[])`.execute(tx);
    await keep(tx, ids, null);
    await tx.emit('letter.returned', { kind: 'letter', id }, { letters: ids.length });
    return ids.length;
  });
  await tellAtOnce(context);
  return letters;
}

async function give(tx: Transaction, ids: readonly string[], record: string): Promise<void> {
  await sql`
    update letter set state = 'assigned', why = '', decided_by = ${tx.actor.name}, decided_at = now() where entry_id = any(${ids}::uuid[])`.execute(
    tx,
  );
  await keep(tx, ids, record);
}

/** Whose the contact is follows, whoever wrote it down: sorting the tray is not correcting what others wrote. */
async function keep(tx: Transaction, ids: readonly string[], record: string | null): Promise<void> {
  await sql`
    update contact_entry set record_id = ${record}, changed_at = now(), told_at = null, version = version + 1
     where id = any(${ids}::uuid[]) and record_id is distinct from ${record}::uuid`.execute(tx);
}

async function rememberSender(
  tx: Transaction,
  address: string,
  verdict: 'customer' | 'stranger',
  record: string | null,
  entry: string,
): Promise<void> {
  await sql`
    insert into letter_sender (address, verdict, record_id, entry_id, decided_by) values (${address}, ${verdict}, ${record}, ${entry}, ${tx.actor.name})
    on conflict (address) do update
      set verdict = excluded.verdict, record_id = excluded.record_id, entry_id = excluded.entry_id, decided_by = excluded.decided_by, decided_at = now()`.execute(
    tx,
  );
}

/** The others of the sender, or of the domain, that wait. */
async function waitingOf(tx: Transaction, letter: WholeLetter, domain?: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select entry_id as id from letter
     where state = 'waiting' and entry_id <> ${letter.entry_id}
       and ${domain ? sql`right(sender_address, ${domain.length}) = ${domain}` : sql`sender_address = ${letter.sender_address}`}
     order by entry_id for update`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Domains where anybody may have an address. */
const EVERYBODYS =
  /^@(gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|proton|protonmail|pm|telefonica|movistar|orange|terra|ono|jazztel|wanadoo|euskaltel|mail|zoho|fastmail|yandex|tutanota|hey)\.[a-z.]+$/;
