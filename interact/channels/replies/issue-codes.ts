// Codes for a campaign: one for each customer of a segment or a choice, or so many for nobody in particular.
import { findCustomer } from '@vinculo/customer-file';
import { invalid, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import { type Actor, newId } from '@vinculo/postgres';
import { audience } from '@vinculo/segments';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { NewIssue, ReplyIssue } from '../api/replies.ts';
import { newCode } from './code.ts';
import { findIssue } from './list-issues.ts';
import { tellMailing } from './tell-replies.ts';

export interface IssueInput {
  issue: string;
  customers?: string[];
}

const AT_ONCE = 1_000;

/** @throws VIN_SEGMENT_NOT_FOUND, VIN_REQUEST_INVALID without an audience, or with two. */
export async function issueCodes(context: Context, actor: Actor, given: z.output<typeof NewIssue>): Promise<z.infer<typeof ReplyIssue>> {
  const { segment, customers, count } = given;
  if ([segment, customers, count].filter((one) => one !== undefined).length !== 1)
    throw invalid({
      es: 'elige para quién son los códigos: un segmento, unos clientes o cuántos sin nombre',
      en: 'choose whom the codes are for: a segment, customers, or how many without a name',
    });
  if (segment && (await audience.nameOf(context, segment)) === undefined) throw notFound('segment', segment);
  if (customers?.length === 1) await findCustomer(context.store, customers[0]!);
  const id = newId();
  const whom = segment ? { segment } : customers ? { customers: customers.length } : { count };
  await context.store.transaction(actor, async (tx) => {
    await sql`
      insert into reply_issue (id, name, campaign_key, campaign_name, coupon_key, audience, wanted, valid_until, created_by, author_name)
      values (${id}, ${given.name}, ${given.campaign.key}, ${given.campaign.name}, ${given.coupon}, ${JSON.stringify(whom)}::jsonb,
              ${count ?? customers?.length ?? null}, ${given.validUntil}, ${actor.id}, ${actor.name})`.execute(tx);
    await tx.emit('reply.codes_issued', { kind: 'reply', id }, { name: given.name, campaign: given.campaign.key, coupon: given.coupon });
    const input: IssueInput = { issue: id, ...(customers ? { customers } : {}) };
    await context.jobs.enqueue('reply.issue', input, { actor, tx });
  });
  return findIssue(context.store, id);
}

/** Makes what is missing of a set, and tells of whom a coupon was sent to. Killed, it goes on where it was: nobody gets two. */
export async function makeCodes(
  context: Context,
  { issue: id, customers }: IssueInput,
  job: Pick<JobHandle, 'signal' | 'progress'>,
): Promise<{ codes: number }> {
  const { store } = context;
  const { rows } = await sql<{ audience: { segment?: string; count?: number }; state: string }>`
    select audience, state from reply_issue where id = ${id}`.execute(store.db);
  const issue = rows[0];
  if (!issue) throw notFound('reply', id);
  let seen = 0;
  const report = async (some: number, total?: number) => {
    job.signal.throwIfAborted();
    seen += some;
    await job.progress({ done: seen, ...(total === undefined ? {} : { total }), phase: 'write' });
  };
  if (issue.audience.count !== undefined) {
    for (let from = 0; from < issue.audience.count; from += AT_ONCE) {
      const some = Math.min(AT_ONCE, issue.audience.count - from);
      await addCodes(
        context,
        id,
        Array.from({ length: some }, (_, n) => ({ n: from + n + 1, record: null })),
      );
      await report(some, issue.audience.count);
    }
  } else {
    const pages = issue.audience.segment ? audience.members(context, issue.audience.segment) : inPages(customers ?? []);
    for await (const page of pages) {
      for (const some of inPages(page)) {
        await addPersonal(context, id, some);
        await report(some.length, customers?.length);
      }
    }
  }
  const codes = await finish(context, id);
  await tellMailing(context, id);
  return { codes };
}

async function finish({ store }: Context, id: string): Promise<number> {
  const { rows } = await sql<{ codes: number }>`
    update reply_issue set state = 'ready', wanted = (select count(*) from reply_code where issue_id = ${id})
     where id = ${id} returning wanted as codes`.execute(store.db);
  return rows[0]!.codes;
}

/** The first record of each, as facts about a customer are kept; whoever has a code of this set keeps it. */
async function addPersonal(context: Context, id: string, customers: readonly string[]): Promise<void> {
  const { rows } = await sql<{ record: string }>`
    select distinct on (l.customer_id) r.id as record
      from link l join source_record r on r.id = l.record_id
     where l.customer_id = any(${customers}::uuid[]) and l.valid_to is null
       and not exists (
         select from reply_code c join link own on own.record_id = c.record_id and own.valid_to is null
          where c.issue_id = ${id} and own.customer_id = l.customer_id)
     order by l.customer_id, r.first_seen, r.id`.execute(context.store.db);
  const { rows: last } = await sql<{ n: number }>`select coalesce(max(n), 0) as n from reply_code where issue_id = ${id}`.execute(
    context.store.db,
  );
  await addCodes(
    context,
    id,
    rows.map(({ record }, n) => ({ n: last[0]!.n + n + 1, record })),
  );
}

/** A code that exists already, by a chance of one in millions, is made again. */
async function addCodes({ store }: Context, id: string, wanted: { n: number; record: string | null }[]): Promise<void> {
  let missing = wanted;
  while (missing.length > 0) {
    const rows = missing.map((one) => ({ ...one, code: newCode() }));
    await sql`
      insert into reply_code (code, issue_id, record_id, n)
      select code, ${id}, record, n from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(code text, record uuid, n integer)
      on conflict do nothing`.execute(store.db);
    const { rows: made } = await sql<{ n: number }>`
      select n from reply_code where issue_id = ${id} and n = any(${missing.map(({ n }) => n)}::integer[])`.execute(store.db);
    const there = new Set(made.map(({ n }) => n));
    missing = missing.filter(({ n }) => !there.has(n));
  }
}

function* inPages<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += AT_ONCE) yield all.slice(from, from + AT_ONCE);
}
