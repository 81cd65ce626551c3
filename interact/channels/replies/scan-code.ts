import type { Context } from '@vinculo/http';
import { type Actor, newId, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Reply } from '../api/replies.ts';
import { type BatchRow, nextSheet } from './batches.ts';
import { looksRight, readCode } from './code.ts';
import { findReply } from './reply-row.ts';
import { tellAtOnce } from './tell-replies.ts';

interface Known {
  issue_id: string;
  record_id: string | null;
  valid_until: string | null;
}

/**
 * Takes a coupon in by its code. Whose it is has redeemed it at once; what does not count is kept, too, with why: used before, or in the
 * tray to be looked at.
 *
 * @throws VIN_REPLY_NOT_FOUND, VIN_REPLY_CONFLICT for a batch that is closed.
 */
export async function scanCode(context: Context, actor: Actor, batch: string, typed: string): Promise<z.infer<typeof Reply>> {
  const code = readCode(typed);
  const id = newId();
  await context.store.transaction(actor, async (tx) => {
    const sheet = await nextSheet(tx, batch, 'coupons');
    const { rows } = await sql<Known>`
      select c.issue_id, c.record_id, i.valid_until from reply_code c join reply_issue i on i.id = c.issue_id where c.code = ${code}`.execute(
      tx,
    );
    const outcome = judge(code, rows[0], sheet.batch);
    await keep(tx, { id, batch, n: sheet.n, code, outcome, known: rows[0] });
  });
  await tellAtOnce(context);
  return findReply(context.store.db, actor, id);
}

type Outcome = 'ok' | 'unknown' | 'misread' | 'nobody' | 'expired';

function judge(code: string, known: Known | undefined, { received_on }: BatchRow): Outcome {
  if (!known) return looksRight(code) ? 'unknown' : 'misread';
  if (known.valid_until !== null && received_on > known.valid_until) return 'expired';
  return known.record_id === null ? 'nobody' : 'ok';
}

interface Kept {
  id: string;
  batch: string;
  n: number;
  code: string;
  outcome: Outcome;
  known: Known | undefined;
}

/** A code that counts already cannot count again, whoever is first: the index decides. */
async function keep(tx: Transaction, { id, batch, n, code, outcome, known }: Kept): Promise<void> {
  const write = (what: Outcome | 'used', earlier: string | null) =>
    sql`
    insert into reply (id, batch_id, n, code, outcome, issue_id, record_id, earlier, created_by)
    values (${id}, ${batch}, ${n}, ${code}, ${what}, ${known?.issue_id ?? null}, ${known?.record_id ?? null}, ${earlier}, ${tx.actor.id})
    on conflict do nothing returning id`.execute(tx);
  const before = async () => {
    const { rows } = await sql<{ id: string }>`
      select id from reply where code = ${code} and outcome = 'ok' and undone_at is null`.execute(tx);
    return rows[0]?.id;
  };
  const earlier = known ? await before() : undefined;
  if (earlier) await write('used', earlier);
  else if ((await write(outcome, null)).rows.length === 0) await write('used', (await before()) ?? null);
}
