// What of an applied change can be put back, as far as later changes allow.
import { type Kysely, sql } from 'kysely';
import type { Restore } from '../identity/plan-restore.ts';
import type { UndoneFigures, UndoObstacle } from './relink-rows.ts';

interface LinkRow {
  record: string;
  /** The customer the change gave it, and the one it had before. */
  to: string;
  former: string;
  reason: string;
  rule: string;
  now: string | null;
}

interface Transfer {
  from: string;
  to: string;
  links: LinkRow[];
  because?: UndoObstacle;
}

type Conflict = UndoneFigures['conflicts'][number];

/**
 * The links that come back and the transfers that cannot. A transfer (records that went from one customer to another) comes back
 * whole or not at all: not when a record of it has moved on, when the customer it came from has become another meanwhile, or when
 * people have decided since that it is right.
 *
 * @param at the moment of the change: valid_from of the links it opened.
 */
export async function restorable(db: Kysely<unknown>, at: string): Promise<{ restores: Restore[]; conflicts: Conflict[] }> {
  const links = await linksOf(db, at);
  const transfers = new Map<string, Transfer>();
  const reasonsOnly: LinkRow[] = [];
  for (const link of links) {
    if (link.former === link.to) {
      if (link.now === link.to) reasonsOnly.push(link);
      continue;
    }
    // Somebody has put this one back already.
    if (link.now === link.former) continue;
    const key = `${link.former} ${link.to}`;
    const transfer = transfers.get(key) ?? { from: link.former, to: link.to, links: [] };
    transfers.set(key, transfer);
    transfer.links.push(link);
    if (link.now !== link.to) transfer.because = 'moved';
  }
  await refuseMerged(db, at, transfers);
  await refuseDecided(db, transfers);
  const all = [...transfers.values()];
  return {
    restores: [...all.filter(({ because }) => !because).flatMap((transfer) => transfer.links), ...reasonsOnly].map(
      ({ record, former, reason, rule }) => ({ record, to: former, reason, rule }),
    ),
    conflicts: all.flatMap(({ from, to, links: { length: records }, because }) => (because ? [{ from, to, records, because }] : [])),
  };
}

async function linksOf(db: Kysely<unknown>, at: string): Promise<LinkRow[]> {
  const { rows } = await sql<LinkRow>`
    select n.record_id as record, n.customer_id as "to", f.customer_id as former, f.reason, coalesce(f.evidence ->> 'rule', '') as rule,
           c.customer_id as now
      from link n
      join link f on f.record_id = n.record_id and f.valid_to = ${at}::timestamptz
      left join link c on c.record_id = n.record_id and c.valid_to is null
     where n.valid_from = ${at}::timestamptz
     order by n.record_id`.execute(db);
  return rows;
}

/** A customer that led nowhere, or only to where this change made it lead, can have its records back. */
async function refuseMerged(db: Kysely<unknown>, at: string, transfers: Map<string, Transfer>): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select c.id from customer c
     where c.id = any(${[...new Set([...transfers.values()].map(({ from }) => from))]}::uuid[]) and c.merged_into is not null
       and not exists (select from identity_change i
                        where i.changed_at = ${at}::timestamptz and i.kind = 'merged' and i.other_id = c.id and i.customer_id = c.merged_into)`.execute(
    db,
  );
  const elsewhere = new Set(rows.map(({ id }) => id));
  for (const transfer of transfers.values()) if (elsewhere.has(transfer.from)) transfer.because ??= 'merged';
}

interface Decided {
  a: string;
  b: string;
  same: boolean;
  now_a: string;
  now_b: string;
}

/** What people say today holds: nothing comes back that would part what they joined, or join what they parted. */
async function refuseDecided(db: Kysely<unknown>, transfers: Map<string, Transfer>): Promise<void> {
  const { rows } = await sql<Decided>`
    select d.record_a as a, d.record_b as b, d.same, a.customer_id as now_a, b.customer_id as now_b
      from decision d
      join link a on a.record_id = d.record_a and a.valid_to is null
      join link b on b.record_id = d.record_b and b.valid_to is null
     where d.undone_at is null`.execute(db);
  const transferOf = new Map<string, Transfer>();
  for (const transfer of transfers.values()) for (const { record } of transfer.links) transferOf.set(record, transfer);
  const after = (record: string, now: string) => {
    const transfer = transferOf.get(record);
    return transfer && !transfer.because ? transfer.from : now;
  };
  // One refused may make another break what people said, so until none does.
  for (let again = true; again; ) {
    again = false;
    for (const { a, b, same, now_a, now_b } of rows) {
      const together = after(a, now_a) === after(b, now_b);
      if (together === same || (now_a === now_b) === together) continue;
      for (const record of [a, b]) {
        const transfer = transferOf.get(record);
        if (!transfer || transfer.because) continue;
        transfer.because = 'decided';
        again = true;
      }
    }
  }
}
