import type { Context } from '@vinculo/http';
import { foldText } from '@vinculo/normalise';
import { copyText, newId, SYSTEM, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import { FORMED_COLUMNS, type FormedFigures } from './household-table.ts';
import { householdSurnames } from './name-household.ts';
import type { Stopwatch } from './update-households.ts';

export interface WriteTask {
  scope: 'all' | 'changed';
  /** The people judged, when not everybody. */
  judged?: readonly string[];
  formed: FormedFigures & { redirects: readonly { from: string; into: string }[] };
  lines(): Promise<Uint8Array | undefined>;
  clock: Stopwatch;
}

export interface WrittenHouseholds {
  created: number;
  changed: number;
  dissolved: number;
}

/** More changes than this are told in one event instead of one each. */
const MOST_EVENTS = 200;

/**
 * Writes households that were formed, in one transaction: memberships that no longer hold are closed, new ones opened, those that hold
 * keep their date. Households that were touched, or whose people have changed, are named and addressed anew.
 */
export async function writeHouseholds({ store }: Context, task: WriteTask): Promise<WrittenHouseholds> {
  return store.transaction(SYSTEM, async (tx) => {
    await lockHouseholds(tx);
    await sql`create temp table formed (customer_id uuid, household_id uuid, probability real, tied_to uuid, reasons text[]) on commit drop`.execute(
      tx,
    );
    await store.copyIn(tx, 'formed', FORMED_COLUMNS, pieces(task.lines));
    await sql`create temp table judged (customer_id uuid) on commit drop`.execute(tx);
    if (task.judged) await sql`insert into judged select unnest(${task.judged}::uuid[])`.execute(tx);
    await sql`create temp table touched (id uuid primary key, created boolean) on commit drop`.execute(tx);
    await sql`analyze formed`.execute(tx);
    await moveMembers(tx, task);
    await sql`analyze touched`.execute(tx);
    // Whole tables that were just filled are read next: without figures of them Postgres would read them row by row.
    if (task.scope === 'all') await sql`analyze household_member`.execute(tx);
    task.clock.lap('members');

    await buildHouseholds(store, tx);
    await dissolveEmpty(tx, task.formed.redirects);
    task.clock.lap('households');
    const { rows } = await sql<WrittenHouseholds>`
      select count(*) filter (where t.created)::int as created,
             count(*) filter (where not t.created and h.dissolved_at is null)::int as changed,
             count(*) filter (where h.dissolved_at is not null)::int as dissolved
        from touched t join household h on h.id = t.id`.execute(tx);
    const written = rows[0]!;
    await tell(tx, written);
    const figures = {
      people: task.formed.people,
      households: task.formed.households,
      members: task.formed.members,
      ...written,
      seconds: task.clock.laps,
    };
    await sql`insert into household_forming (id, scope, figures) values (${newId()}, ${task.scope}, ${JSON.stringify(figures)})`.execute(
      tx,
    );
    return written;
  });
}

/** Households are formed, and decided about, by one at a time. Held until the transaction ends. */
export async function lockHouseholds(tx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('households'))`.execute(tx);
}

async function moveMembers(tx: Transaction, { scope }: WriteTask): Promise<void> {
  const within = scope === 'all' ? sql`` : sql`and m.customer_id in (select customer_id from judged)`;
  await sql`
    insert into touched (id, created)
    select f.household_id, bool_and(h.id is null)
      from formed f
      left join household_member m on m.customer_id = f.customer_id and m.household_id = f.household_id and m.left_at is null
      left join household h on h.id = f.household_id
      left join customer c on c.id = f.customer_id
     where m.customer_id is null or h.id is null or c.changed_at > h.changed_at
     group by f.household_id`.execute(tx);
  await sql`
    with gone as (
      update household_member m set left_at = now()
       where m.left_at is null ${within}
         and not exists (select from formed f where f.customer_id = m.customer_id and f.household_id = m.household_id)
      returning household_id
    )
    insert into touched (id, created) select distinct household_id, false from gone on conflict do nothing`.execute(tx);
  await sql`
    insert into touched (id, created)
    select distinct f.household_id, false from formed f join household_member m on m.customer_id = f.customer_id and m.left_at is null
     where ('decided' = any(f.reasons)) <> ('decided' = any(m.reasons))
    on conflict do nothing`.execute(tx);
  await sql`
    update household_member m set probability = f.probability, tied_to = f.tied_to, reasons = f.reasons
      from formed f
     where m.customer_id = f.customer_id and m.left_at is null
       and (m.probability, m.tied_to, m.reasons) is distinct from (f.probability, f.tied_to, f.reasons)`.execute(tx);
  await sql`
    insert into household_member (household_id, customer_id, probability, tied_to, reasons)
    select f.household_id, f.customer_id, f.probability, f.tied_to, f.reasons
      from formed f
     where not exists (select from household_member m where m.customer_id = f.customer_id and m.left_at is null)`.execute(tx);
}

interface MemberRow {
  household_id: string;
  id: string;
  display_name: string;
  surname1: string | null;
  surname2: string | null;
  birth_date: string | null;
  street: string | null;
  address_rest: string | null;
  postcode: string | null;
  city: string | null;
  province: string | null;
  probability: number;
}

const PAGE = 5_000;
const COLUMNS = [
  'id',
  'surnames',
  'sort_name',
  'members',
  'street',
  'address_rest',
  'postcode',
  'city',
  'province',
  'weakest',
  'search',
] as const;

/** Names and addresses of the touched households, page by page, so that a million take no more memory than a few. */
async function buildHouseholds(store: Context['store'], tx: Transaction): Promise<void> {
  await sql`
    create temp table built (id uuid, surnames text, sort_name text, members integer, street text, address_rest text, postcode text, city text,
                             province text, weakest real, search tsvector) on commit drop`.execute(tx);
  for (let after: string | null = null; ; ) {
    const { rows: page }: { rows: { id: string }[] } = await sql<{ id: string }>`
      select id from touched where ${after}::uuid is null or id > ${after}::uuid order by id limit ${PAGE}`.execute(tx);
    if (page.length === 0) break;
    after = page.at(-1)!.id;
    const golden = (field: string) => sql`c.golden #>> ${[field, 'value']}::text[]`;
    const { rows } = await sql<MemberRow>`
      select m.household_id, c.id, c.display_name, ${golden('surname1')} as surname1, ${golden('surname2')} as surname2, c.birth_date::text,
             ${golden('street')} as street, ${golden('address_rest')} as address_rest, ${golden('postcode')} as postcode, c.city, c.province, m.probability
        from household_member m join customer c on c.id = m.customer_id
       where m.household_id = any(${page.map(({ id }) => id)}::uuid[]) and m.left_at is null
       order by m.household_id, c.birth_date nulls last, c.id`.execute(tx);
    const households = new Map<string, MemberRow[]>();
    for (const row of rows) (households.get(row.household_id) ?? households.set(row.household_id, []).get(row.household_id)!).push(row);
    if (households.size > 0)
      await store.copyIn(tx, 'built', [...COLUMNS], once([...households].map(([id, members]) => builtLine(id, members)).join('')));
  }
  await sql`
    insert into household (id, surnames, sort_name, members, street, address_rest, postcode, city, province, weakest, search)
    select * from built
    on conflict (id) do update set
      surnames = excluded.surnames, sort_name = excluded.sort_name, members = excluded.members, street = excluded.street,
      address_rest = excluded.address_rest, postcode = excluded.postcode, city = excluded.city, province = excluded.province,
      weakest = excluded.weakest, search = excluded.search, changed_at = now(), dissolved_at = null, became = null`.execute(tx);
  await sumScores(tx, sql`h.id in (select id from touched)`);
  await sql`
    update household h set confirmed = decided.all
      from (select m.household_id as id, bool_and('decided' = any(m.reasons)) as all from household_member m
             where m.left_at is null and m.household_id in (select id from touched) group by m.household_id) decided
     where h.id = decided.id and h.confirmed is distinct from decided.all`.execute(tx);
}

/** What the households' people have bought, all together. */
export async function sumScores(tx: Transaction, which: ReturnType<typeof sql>): Promise<void> {
  await sql`
    update household h set revenue = s.revenue, margin = s.margin, orders = s.orders
      from (select m.household_id as id, sum(c.revenue) as revenue, sum(c.margin) as margin, sum(c.orders)::int as orders
              from household_member m left join customer_score c on c.customer_id = m.customer_id
             where m.left_at is null group by m.household_id) s
     where s.id = h.id and ${which} and (h.revenue, h.margin, h.orders) is distinct from (s.revenue, s.margin, s.orders)`.execute(tx);
}

function builtLine(id: string, members: readonly MemberRow[]): string {
  const surnames =
    householdSurnames(members.map((m) => ({ surname1: m.surname1 ?? '', surname2: m.surname2 ?? '', birthDate: m.birth_date ?? '' }))) ||
    members[0]!.display_name;
  const home = commonAddress(members);
  const words = new Set(
    foldText([surnames, ...members.map((m) => m.display_name), home?.street, home?.postcode, home?.city].filter(Boolean).join(' ')).split(
      ' ',
    ),
  );
  words.delete('');
  const search = [...words].map((word) => `'${word.replace(/['\\]/g, '$&$&')}'`).join(' ');
  const weakest = Math.min(...members.map((m) => m.probability));
  return `${[
    id,
    surnames,
    foldText(surnames),
    members.length,
    home?.street,
    home?.address_rest,
    home?.postcode,
    home?.city,
    home?.province,
    weakest,
    search,
  ]
    .map((value) => copyText(value ?? null))
    .join('\t')}\n`;
}

/** The address most of the members have; among equals the one with more of it known. */
function commonAddress(members: readonly MemberRow[]): MemberRow | undefined {
  const votes = new Map<string, { row: MemberRow; votes: number }>();
  for (const row of members) {
    if (!row.street) continue;
    const key = foldText(`${row.street} ${row.postcode ?? row.city ?? ''}`);
    const known = votes.get(key);
    if (!known) votes.set(key, { row, votes: 1 });
    else {
      known.votes++;
      if (filled(row) > filled(known.row)) known.row = row;
    }
  }
  return [...votes.values()].toSorted((x, y) => y.votes - x.votes || filled(y.row) - filled(x.row))[0]?.row;
}

const filled = (row: MemberRow) => [row.address_rest, row.postcode, row.city].filter(Boolean).length;

async function dissolveEmpty(tx: Transaction, redirects: readonly { from: string; into: string }[]): Promise<void> {
  await sql`
    update household h set dissolved_at = now(), changed_at = now(), members = 0, revenue = null, margin = null, orders = null,
           became = (select into_id from unnest(${redirects.map(({ from }) => from)}::uuid[], ${redirects.map(({ into }) => into)}::uuid[]) as r(from_id, into_id)
                      where r.from_id = h.id)
     where h.id in (select id from touched) and h.dissolved_at is null
       and not exists (select from household_member m where m.household_id = h.id and m.left_at is null)`.execute(tx);
}

async function tell(tx: Transaction, { created, changed, dissolved }: WrittenHouseholds): Promise<void> {
  if (created + changed + dissolved > MOST_EVENTS) {
    await tx.emit('households.formed', { kind: 'household', id: 'all' }, { created, changed, dissolved });
    return;
  }
  const { rows } = await sql<{ id: string; created: boolean; members: number }>`
    select t.id, t.created, h.members from touched t join household h on h.id = t.id`.execute(tx);
  for (const { id, created: isNew, members } of rows)
    await tx.emit(isNew ? 'household.created' : 'household.changed', { kind: 'household', id }, { members });
}

async function* pieces(take: () => Promise<Uint8Array | undefined>): AsyncGenerator<Buffer> {
  for (let piece = await take(); piece !== undefined; piece = await take()) yield Buffer.from(piece);
}

async function* once(lines: string): AsyncGenerator<string> {
  yield lines;
}
