// Puts a board into a PDF and the PDF into a mail, for each who is to have it and may.
import { translator } from '@vinculo/languages';
import type { Context } from '@vinculo/http';
import { type Actor, newId, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { boardResults } from './board-results.ts';
import { type BoardView, findBoard } from './boards.ts';
import { boardDocument } from './document/board-document.ts';
import { nextTime } from './next-time.ts';
import type { ScheduleRow } from './schedules.ts';

/** What the job `board.send` is asked. */
export interface SendBoard {
  boardId: string;
  recipient: string;
  language: 'es' | 'en';
  /** Null: the recipient asked for it now. */
  scheduleId: string | null;
  sender: string;
}

/** Asks for every mail that is due, each a job of its own, and says when the next is. Twice at once asks for each once. */
export async function askDue(context: Context): Promise<{ mails: number }> {
  const { store, jobs, settings } = context;
  const { timeZone } = await settings.get();
  return store.transaction(SYSTEM, async (tx) => {
    const { rows } = await sql<ScheduleRow & { sender: string | null }>`
      select s.*, p.name as sender from board_schedule s
        join board b on b.id = s.board_id and b.deleted_at is null
        left join person p on p.id::text = s.owner
       where not s.paused and s.next_at <= now() for update of s skip locked`.execute(tx);
    let mails = 0;
    for (const row of rows) {
      const rhythm = { every: row.every, onDay: row.on_day, atHour: row.at_hour };
      for (const recipient of row.recipients) {
        const input: SendBoard = {
          boardId: row.board_id,
          recipient,
          language: row.language,
          scheduleId: row.id,
          sender: row.sender ?? 'Vínculo',
        };
        await jobs.enqueue('board.send', input, { tx });
        mails++;
      }
      await sql`update board_schedule set next_at = ${nextTime(rhythm, timeZone, new Date())} where id = ${row.id}`.execute(tx);
    }
    return { mails };
  });
}

/** The board as the recipient may see it; said in the history either way. */
export async function sendBoard(
  context: Context,
  { boardId, recipient, language, scheduleId, sender }: SendBoard,
): Promise<{ state: 'sent' | 'refused' }> {
  const { store, mail, settings, config } = context;
  const { rows } = await sql<{ name: string; email: string; role: string }>`
    select name, email, role from person where id = ${recipient} and suspended_at is null`.execute(store.db);
  const person = rows[0];
  const reader: Actor = { kind: 'user', id: recipient, name: person?.name ?? '', permissions: new Set() };
  const board = person && person.role !== 'fulfilment' ? await findBoard(store, reader, boardId).catch(() => undefined) : undefined;
  if (!person || !board) {
    await sql`
      insert into board_sending (id, board_id, schedule_id, recipient, state, reason)
      values (${newId()}, ${boardId}, ${scheduleId}, ${recipient}, 'refused', ${person ? 'may_not' : 'gone'})`.execute(store.db);
    return { state: 'refused' };
  }
  const { file, period } = await boardFile(context, reader, board, language);
  const { companyName } = await settings.get();
  await store.transaction(SYSTEM, async (tx) => {
    const mailId = await mail.send(tx, {
      to: person.email,
      template: 'board',
      language,
      data: { link: `${config.publicUrl}/boards/${boardId}`, name: person.name, company: companyName, board: board.name, period, sender },
      attachments: [{ name: `${board.name.replaceAll(/[/\\:*?"<>|]/g, ' ')}.pdf`, contentType: 'application/pdf', content: file }],
    });
    await sql`
      insert into board_sending (id, board_id, schedule_id, recipient, mail_id, state)
      values (${newId()}, ${boardId}, ${scheduleId}, ${recipient}, ${mailId}, 'sent')`.execute(tx);
    await tx.emit('board.sent', { kind: 'board', id: boardId }, { name: board.name, to: person.name });
  });
  return { state: 'sent' };
}

/** The board with the filters it opens with, as a PDF. */
export async function boardFile(
  context: Pick<Context, 'store' | 'warehouse' | 'settings'>,
  reader: Actor,
  board: BoardView,
  language: 'es' | 'en',
  filters: BoardView['filters'] = board.filters,
): Promise<{ file: Buffer; period: string }> {
  const results = await boardResults(context, reader, { cards: board.cards, filters, language });
  const { companyName } = await context.settings.get();
  const t = translator(language);
  const period = results.asOf
    ? new Intl.DateTimeFormat(language === 'es' ? 'es-ES' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(results.asOf))
    : t('boards:advice.no_purchases');
  const file = await boardDocument({ board: { ...board, filters }, results, language, company: companyName, period });
  return { file, period };
}
