// Boards that leave by mail: when, to whom, and how somebody stops receiving one.
import type { z } from 'zod';
import { fail, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { type Actor, newId, type Store, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { NewSchedule, Schedule, Sending } from '../api/boards.ts';
import { findBoard } from './boards.ts';
import { nextTime } from './next-time.ts';

type View = z.infer<typeof Schedule>;

export interface ScheduleRow {
  id: string;
  board_id: string;
  every: View['every'];
  on_day: number;
  at_hour: number;
  language: View['language'];
  recipients: string[];
  paused: boolean;
  owner: string;
  next_at: Date;
}
interface Person {
  id: string;
  name: string;
  email: string;
}

/** Who signs in here and may see the worth that boards show: everybody whose role is not about parcels alone. */
export async function possibleRecipients({ db }: Store): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select id, name, email from person where suspended_at is null and role <> 'fulfilment' order by lower(name), id limit 1000`.execute(db);
  return rows;
}

export async function listSchedules(store: Store, actor: Actor, boardId: string): Promise<View[]> {
  await findBoard(store, actor, boardId);
  const { rows } = await sql<ScheduleRow>`select * from board_schedule where board_id = ${boardId} order by next_at, id`.execute(store.db);
  return views(store, actor, rows);
}

async function views({ db }: Pick<Store, 'db'>, actor: Actor, rows: readonly ScheduleRow[]): Promise<View[]> {
  const ids = rows.flatMap(({ recipients }) => recipients);
  const { rows: people } =
    await sql<Person>`select id, name, email from person where id = any(${ids}::uuid[]) order by lower(name), id`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    boardId: row.board_id,
    every: row.every,
    onDay: row.on_day,
    atHour: row.at_hour,
    language: row.language,
    recipients: people.filter(({ id }) => row.recipients.includes(id)).map((person) => ({ ...person, me: person.id === actor.id })),
    paused: row.paused,
    nextAt: row.next_at.toISOString(),
  }));
}

export async function addSchedule(
  { store, settings }: Pick<Context, 'store' | 'settings'>,
  actor: Actor,
  boardId: string,
  input: z.infer<typeof NewSchedule>,
): Promise<View> {
  const board = await findBoard(store, actor, boardId);
  const { timeZone } = await settings.get();
  return store.transaction(actor, async (tx) => {
    const { rows } = await sql<ScheduleRow>`
      insert into board_schedule (id, board_id, every, on_day, at_hour, language, recipients, paused, owner, next_at)
      values (${newId()}, ${boardId}, ${input.every}, ${input.onDay}, ${input.atHour}, ${input.language}, ${input.recipients}::uuid[],
              ${input.paused}, ${actor.id}, ${nextTime(input, timeZone, new Date())}) returning *`.execute(tx);
    await tx.emit(
      'board.scheduled',
      { kind: 'board', id: boardId },
      { name: board.name, every: input.every, recipients: input.recipients.length },
    );
    return (await views({ db: tx as never }, actor, rows))[0]!;
  });
}

export async function changeSchedule(
  { store, settings }: Pick<Context, 'store' | 'settings'>,
  actor: Actor,
  id: string,
  input: z.infer<typeof NewSchedule>,
): Promise<View> {
  const { timeZone } = await settings.get();
  return store.transaction(actor, async (tx) => {
    const before = await own(tx, actor, id);
    const { rows } = await sql<ScheduleRow>`
      update board_schedule set every = ${input.every}, on_day = ${input.onDay}, at_hour = ${input.atHour}, language = ${input.language},
             recipients = ${input.recipients}::uuid[], paused = ${input.paused}, changed_at = now(), next_at = ${nextTime(input, timeZone, new Date())}
       where id = ${id} returning *`.execute(tx);
    await tx.emit(
      'board.scheduled',
      { kind: 'board', id: before.board_id },
      { every: input.every, recipients: input.recipients.length, paused: input.paused },
    );
    return (await views({ db: tx as never }, actor, rows))[0]!;
  });
}

export async function removeSchedule(store: Store, actor: Actor, id: string): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { board_id: board } = await own(tx, actor, id);
    await sql`delete from board_schedule where id = ${id}`.execute(tx);
    await tx.emit('board.unscheduled', { kind: 'board', id: board }, {});
  });
}

/** Whoever receives it may stop that; nobody else is asked. */
export async function stopReceiving(store: Store, actor: Actor, id: string): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ board_id: string }>`
      update board_schedule set recipients = array_remove(recipients, ${actor.id}::uuid), changed_at = now()
       where id = ${id} and ${actor.id}::uuid = any(recipients) returning board_id`.execute(tx);
    if (!rows[0]) throw notFound('schedule', id);
    await tx.emit('board.unsubscribed', { kind: 'board', id: rows[0].board_id }, {});
  });
}

async function own(tx: Transaction, actor: Actor, id: string): Promise<ScheduleRow> {
  const { rows } = await sql<ScheduleRow>`select * from board_schedule where id = ${id} for update`.execute(tx);
  if (!rows[0]) throw notFound('schedule', id);
  if (rows[0].owner !== actor.id && !actor.permissions.has('settings.write'))
    throw fail('VIN_ACCESS_DENIED', { permission: 'settings.write' });
  return rows[0];
}

/** What left of a board, the latest first. */
export async function listSendings(store: Store, actor: Actor, boardId: string): Promise<z.infer<typeof Sending>[]> {
  await findBoard(store, actor, boardId);
  const { rows } = await sql<{
    id: string;
    name: string | null;
    state: 'sent' | 'refused';
    mail: string | null;
    reason: string;
    schedule_id: string | null;
    sent_at: Date;
  }>`
    select s.id, p.name, s.state, m.state as mail, s.reason, s.schedule_id, s.sent_at
      from board_sending s
      left join person p on p.id = s.recipient
      left join mail m on m.id = s.mail_id
     where s.board_id = ${boardId} order by s.sent_at desc, s.id limit 50`.execute(store.db);
  return rows.map((row) => ({
    id: row.id,
    recipient: row.name ?? '–',
    // The mail's own word is newer, for as long as it is kept.
    state: row.state === 'refused' ? 'refused' : ((row.mail as 'sent' | 'queued' | 'kept' | 'failed' | null) ?? 'sent'),
    reason: row.reason,
    bySchedule: row.schedule_id !== null,
    sentAt: row.sent_at.toISOString(),
  }));
}
