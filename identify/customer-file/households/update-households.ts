import type { Context } from '@vinculo/http';
import { withLock } from '@vinculo/postgres';
import { sql } from 'kysely';
import { type Run, unattended } from '../identity/unify.ts';
import { owned, startThread } from '@vinculo/threads';
import { decisionsOfHouseholds } from './decisions.ts';
import { FEWEST } from './crowd.ts';
import { anyContactIn, FEW, givenNames, neighbourhood, peopleQuery, readAllHomes, readHomes, surnameShares } from './homes.ts';
import { type FormedFigures, householdTable } from './household-table.ts';
import type { HouseholdThread } from './households.worker.ts';
import { MOST_SHARING } from './score-tie.ts';
import { type WrittenHouseholds, writeHouseholds } from './write-households.ts';

export interface HouseholdFigures extends FormedFigures, WrittenHouseholds {
  scope: 'all' | 'changed';
  /** By phase. */
  seconds: Record<string, number>;
}

/** Forms the households of everybody, in a thread of its own. */
export function formAllHouseholds(context: Context, run: Run = unattended()): Promise<HouseholdFigures> {
  return oneAtATime(context, () => formAll(context, run));
}

/**
 * Forms anew the households that a change of these customers could concern, with the same result as forming those of everybody;
 * of everybody where that is most of them anyway, or where none have been formed.
 */
export function formChangedHouseholds(context: Context, customers: readonly string[], run: Run = unattended()): Promise<HouseholdFigures> {
  return oneAtATime(context, () => formChanged(context, customers, run));
}

/** From what is read to what is written nobody else forms: what people decided meanwhile is formed after, never overwritten. */
const oneAtATime = <T>({ store }: Context, work: () => Promise<T>) => withLock(store, 'households', work);

async function formAll(context: Context, run: Run): Promise<HouseholdFigures> {
  const { store, warehouse } = context;
  const clock = stopwatch();
  await run.progress({ done: 0, phase: 'read' });
  await readAllHomes(context, run.signal);
  const thread = startThread<HouseholdThread>(new URL('./households.worker.ts', import.meta.url), run.signal, () => {});
  try {
    for await (const bytes of warehouse.bytes(peopleQuery(false), {}, { format: 'RowBinary', signal: run.signal })) {
      await thread.call('addPeople', owned(bytes));
    }
    await thread.call('addGivenNames', await givenNames(context));
    const { rows } = await store.pool.query<{ packed: Buffer }>(MEMBERS);
    for (const { packed } of rows) await thread.call('addMembers', owned(packed));
    clock.lap('read');
    await run.progress({ done: 0, phase: 'link' });
    const formed = await thread.call('form', await decisionsOfHouseholds(store.db));
    clock.lap('link');
    await run.progress({ done: 0, phase: 'write' });
    const written = await writeHouseholds(context, { scope: 'all', formed, lines: () => thread.call('lines'), clock });
    return { ...formed, ...written, scope: 'all', seconds: clock.laps };
  } finally {
    await thread.end();
  }
}

async function formChanged(context: Context, customers: readonly string[], run: Run): Promise<HouseholdFigures> {
  const { store, warehouse } = context;
  if (customers.length > FEW / 4 || !(await formedBefore(context))) return formAll(context, run);
  const clock = stopwatch();
  const decisions = await decisionsOfHouseholds(store.db);
  const matesOf = async (some: readonly string[]) => {
    const { rows } = await sql<{ customer_id: string }>`
      select distinct o.customer_id from household_member m join household_member o on o.household_id = m.household_id and o.left_at is null
       where m.customer_id = any(${some}::uuid[]) and m.left_at is null`.execute(store.db);
    const among = new Set(some);
    const decided = decisions.flatMap(({ a, b }) => (among.has(a) ? [b] : among.has(b) ? [a] : []));
    return [...rows.map((row) => row.customer_id), ...decided];
  };
  // With the old homes, and then with the new: who is left behind is concerned too.
  const before = await neighbourhood(context, customers, matesOf);
  await readHomes(context, customers);
  const around = before && (await neighbourhood(context, before, matesOf));
  if (!around) return formAll(context, run);

  const table = householdTable(around.length);
  for await (const bytes of warehouse.bytes(peopleQuery(true), { customers: around }, { format: 'RowBinary', signal: run.signal }))
    table.addPeople(bytes);
  table.addGivenNames(await givenNames(context, around));
  const { rows } = await store.pool.query<{ packed: Buffer }>(MEMBERS_OF, [around]);
  for (const { packed } of rows) table.addMembers(packed);
  table.forgetContacts(await switchboards(context, around));
  const { people, carriers } = await surnameShares(context, table.surnames());
  clock.lap('read');
  const formed = table.form(decisions, (surname) => (carriers.get(surname) ?? 0) / Math.max(people, FEWEST));
  clock.lap('link');
  const written = await writeHouseholds(context, { scope: 'changed', judged: around, formed, lines: async () => table.lines(), clock });
  return { ...formed, ...written, scope: 'changed', seconds: clock.laps };
}

/** Whose household each person is of; and for who is of none, the last one, where it is gone: what comes together again is what it was. */
const membersOf = (some: string) => `
  select string_agg(uuid_send(customer_id) || uuid_send(household_id), ''::bytea) as packed
    from (
      select customer_id, household_id, row_number() over () / 20000 as part
        from (
          select customer_id, household_id from household_member where left_at is null ${some}
          union all
          (select distinct on (m.customer_id) m.customer_id, m.household_id
             from household h join household_member m on m.household_id = h.id
            where h.dissolved_at is not null and m.left_at is not null ${some}
              and not exists (select from household_member now where now.customer_id = m.customer_id and now.left_at is null)
            order by m.customer_id, m.left_at desc)
        ) there
    ) m
   group by part`;
const MEMBERS = membersOf('');
const MEMBERS_OF = membersOf('and customer_id = any($1::uuid[])');

/** Phones and e-mails of these people that too many others have. */
async function switchboards({ warehouse }: Context, customers: readonly string[]): Promise<number[]> {
  const rows = await warehouse.rows<{ contact: number }>(
    `with theirs as (select arrayJoin(contacts) as c from home final where alive and customer_id in {customers:Array(UUID)} and c != 0)
     select toFloat64(c) as contact from (select arrayJoin(arrayDistinct(contacts)) as c from home final where alive and ${anyContactIn('theirs')})
      where c in (select c from theirs) group by c having count() > ${MOST_SHARING}`,
    { customers },
  );
  return rows.map((row) => row.contact);
}

async function formedBefore({ store }: Context): Promise<boolean> {
  const { rows } = await sql<{ before: boolean }>`select exists (select from household_forming where scope = 'all') as before`.execute(
    store.db,
  );
  return rows[0]!.before;
}

export interface Stopwatch {
  laps: Record<string, number>;
  lap(phase: string): void;
}

function stopwatch(): Stopwatch {
  const laps: Record<string, number> = {};
  let last = performance.now();
  return {
    laps,
    lap(phase) {
      const now = performance.now();
      laps[phase] = Math.round((laps[phase] ?? 0) * 1000 + now - last) / 1000;
      last = now;
    },
  };
}
