// What coupons tell the warehouse: whom one was sent to, who answered with it, and what was taken back.
import { manualSource, removeFacts, tellFacts, writeFacts } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import { lockKey, recordId, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';

const AT_ONCE = 500;

/** The response that a coupon brought back is, in the facts of campaigns. */
const REDEEMED = 'coupon';

/** One contact for a code, from its printing to its return. */
const contactOf = (issue: string, code: string) => recordId(issue, code);

interface Sent {
  code: string;
  record: string;
  campaign: string;
  sent: Date;
}

const contactFact = (source: string, issue: string, { code, record, campaign, sent }: Sent, at: Date | null) => ({
  record_id: record,
  contact_id: contactOf(issue, code),
  source_id: source,
  campaign_key: campaign,
  occurred_at: sent,
  channel: 'post',
  response: at ? REDEEMED : '',
  responded_at: at,
});

/** Every personal code of a set is a contact of its campaign. What was answered meanwhile stays answered. Again, it changes nothing. */
export async function tellMailing(context: Context, issue: string): Promise<void> {
  const { store, warehouse } = context;
  const source = await manualSource(context, SYSTEM);
  const { rows: issues } = await sql<{ campaign_key: string; campaign_name: string }>`
    select campaign_key, campaign_name from reply_issue where id = ${issue}`.execute(store.db);
  await nameCampaign(context, issues[0]!.campaign_key, issues[0]!.campaign_name);
  let after = 0;
  for (;;) {
    const { rows } = await sql<Sent & { n: number }>`
      select c.n, c.code, c.record_id as record, i.campaign_key as campaign, i.created_at as sent
        from reply_code c join reply_issue i on i.id = c.issue_id
       where c.issue_id = ${issue} and c.record_id is not null and c.n > ${after}
         and not exists (select from reply r where r.code = c.code and r.outcome = 'ok')
       order by c.n limit ${AT_ONCE}`.execute(store.db);
    if (rows.length === 0) return;
    await writeFacts(warehouse, { campaign_contact: rows.map((row) => contactFact(source.id, issue, row, null)) }, rows[0]!.sent);
    await store.transaction(SYSTEM, (tx) =>
      tellFacts(
        tx,
        rows.map(({ record }) => record),
        ['campaign_contact'],
      ),
    );
    after = rows.at(-1)!.n;
  }
}

/** A campaign that a file told of keeps the name it has there. */
async function nameCampaign({ warehouse }: Context, key: string, name: string): Promise<void> {
  const known = await warehouse.rows('select 1 from campaign where campaign_key = {key:String} limit 1', { key });
  if (known.length > 0) return;
  const none = '00000000-0000-0000-0000-000000000000';
  await warehouse.insert('campaign', [
    { campaign_key: key, name, kind: 'coupon', starts_on: null, ends_on: null, import_id: none, version: '1' },
  ]);
}

interface Row {
  id: string;
  version: number;
  code: string;
  outcome: string;
  undone: boolean;
  issue: string | null;
  record: string | null;
  campaign: string | null;
  coupon: string | null;
  sent: Date | null;
  /** Whose the code was when it was printed. */
  owner: string | null;
  at: Date;
  /** Under which record it was told before. */
  former: string | null;
}

/** Tells of every coupon the warehouse was not told of: redeemed and answered, or neither any more. @returns how many. */
export async function tellReplies(context: Context): Promise<number> {
  const source = await manualSource(context, SYSTEM);
  let told = 0;
  for (;;) {
    const some = await tellSome(context, source.id);
    told += some;
    if (some < AT_ONCE) return told;
  }
}

/** For a request: what the warehouse cannot be told now, it is told a minute later. */
export async function tellAtOnce(context: Context): Promise<void> {
  await tellReplies(context).catch((error) =>
    context.log.warn({ err: error }, 'The warehouse could not be told of coupons; trying again soon'),
  );
}

async function tellSome({ store, warehouse }: Context, source: string): Promise<number> {
  return store.transaction(SYSTEM, async (tx) => {
    await sql`select pg_advisory_xact_lock(${lockKey('tell replies')}::bigint)`.execute(tx);
    const { rows } = await sql<Row>`
      select r.id, r.version, r.code, r.outcome, r.undone_at is not null as undone, r.issue_id as issue, r.record_id as record,
             i.campaign_key as campaign, i.coupon_key as coupon, i.created_at as sent, c.record_id as owner, r.created_at as at,
             r.detail ->> 'told' as former
        from reply r left join reply_issue i on i.id = r.issue_id left join reply_code c on c.code = r.code
       where r.told_at is null order by r.created_at limit ${AT_ONCE}`.execute(tx);
    if (rows.length === 0) return 0;
    const counts = (row: Row) => row.outcome === 'ok' && !row.undone && row.issue !== null && row.record !== null;
    const good = rows.filter(counts);
    const gone = rows.filter((row) => row.former !== null && !counts(row));
    const contact = (row: Row, record: string, at: Date | null) =>
      contactFact(source, row.issue!, { code: row.code || row.id, record, campaign: row.campaign!, sent: row.sent! }, at);
    await writeFacts(
      warehouse,
      {
        redemption: good.map((row) => ({
          record_id: row.record!,
          redemption_id: row.id,
          source_id: source,
          coupon_key: row.coupon!,
          campaign_key: row.campaign!,
          order_key: '',
          redeemed_at: row.at,
        })),
        // Taken back, a personal coupon has still been sent.
        campaign_contact: [
          ...good.map((row) => contact(row, row.owner ?? row.record!, row.at)),
          ...gone.filter((row) => row.owner && row.issue).map((row) => contact(row, row.owner!, null)),
        ],
      },
      new Date(),
    );
    const formers = gone.map(({ former }) => former!);
    await removeFacts(
      warehouse,
      'redemption',
      formers,
      gone.map(({ id }) => id),
    );
    const sentToNobody = gone.filter((row) => !row.owner && row.issue);
    await removeFacts(
      warehouse,
      'campaign_contact',
      sentToNobody.map(({ former }) => former!),
      sentToNobody.map((row) => contactOf(row.issue!, row.code || row.id)),
    );
    await tellFacts(tx, [...good.map(({ record }) => record!), ...formers], ['redemption', 'campaign_contact']);
    await sql`
      update reply r
         set told_at = case when r.version = t.version then now() end,
             detail = case when t.record is null then r.detail - 'told' else r.detail || jsonb_build_object('told', t.record) end
        from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ version }) => version)}::integer[],
                    ${rows.map((row) => (counts(row) ? row.record : null))}::uuid[]) as t(id, version, record)
       where r.id = t.id`.execute(tx);
    return rows.length;
  });
}
