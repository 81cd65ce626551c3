import { setTimeout as sleep } from 'node:timers/promises';
import type { VinculoError } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { ImapFlow } from 'imapflow';
import { sql } from 'kysely';
import { asFailure, openFolder, openImap } from './imap-client.ts';
import { accessTo, findMailbox, type MailboxRow } from './mailbox-row.ts';
import { readMailbox } from './read-mailbox.ts';

/** The server says when there is news; now and then it is asked all the same. */
const ASK_MS = 3 * 60_000;
/** After an error that may pass: doubled each time. */
const FIRST_WAIT_MS = 4_000;
const LONGEST_WAIT_MS = 10 * 60_000;
/** After a refused password. Servers lock an account that is tried too often, so after these nobody tries until somebody changes it. */
const REFUSED_WAITS_MS = [15 * 60_000, 60 * 60_000, 4 * 60 * 60_000];

/** Reads a mailbox as mails come, until `signal` says stop; errors are noted and tried again, each time later. */
export async function watchMailbox(context: Context, id: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const mailbox = await findMailbox(context.store.db, id);
    const wait = waitOf(mailbox);
    if (wait === undefined) return;
    await sleep(wait, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    try {
      await session(context, mailbox, signal);
    } catch (error) {
      if (signal.aborted) return;
      await noteFailure(context, mailbox, asFailure(error, mailbox));
    }
  }
}

/** Milliseconds until the next try; undefined when there is none before somebody changes the settings. */
function waitOf({ state, next_try_at }: MailboxRow): number | undefined {
  if (state === 'refused' && !next_try_at) return undefined;
  return next_try_at ? Math.max(0, next_try_at.getTime() - Date.now()) : 0;
}

async function session(context: Context, mailbox: MailboxRow, signal: AbortSignal): Promise<void> {
  const client = await openImap(accessTo(context, mailbox));
  const leave = () => client.close();
  signal.addEventListener('abort', leave);
  try {
    if (mailbox.after === 'move') await client.mailboxCreate(mailbox.move_to);
    await openFolder(client, mailbox.folder);
    const news = newsOf(client);
    await noteState(context, mailbox.id, 'reading');
    for (;;) {
      await readMailbox(context, client, mailbox.id, signal);
      await noteState(context, mailbox.id, 'connected');
      await news.wait();
    }
  } finally {
    signal.removeEventListener('abort', leave);
    client.close();
  }
}

/** Waits for mails, by IDLE where the server can. @throws when the line is lost. */
function newsOf(client: ImapFlow) {
  let came = false;
  let wake: (() => void) | undefined;
  const awake = () => {
    came = true;
    wake?.();
  };
  client.on('exists', awake);
  client.on('close', awake);
  return {
    async wait() {
      if (!came && client.usable) {
        // Ends when the next command is sent.
        void client.idle().catch(() => {});
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ASK_MS);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = undefined;
      }
      if (!client.usable) throw Object.assign(new Error('The mail server closed the connection'), { code: 'ECONNRESET' });
      if (!came) await client.noop();
      came = false;
    },
  };
}

async function noteState({ store }: Context, id: string, state: 'reading' | 'connected'): Promise<void> {
  await sql`
    update mailbox set state = ${state}, error = null, failures = 0, next_try_at = null, connected_at = now() where id = ${id}`.execute(
    store.db,
  );
}

async function noteFailure({ store, log }: Context, { id, name }: MailboxRow, error: VinculoError): Promise<void> {
  const { failures } = await findMailbox(store.db, id);
  const refused = error.code === 'VIN_MAILBOX_REFUSED';
  const growing = Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures, 20), LONGEST_WAIT_MS) * (0.8 + Math.random() * 0.4);
  const wait = refused ? REFUSED_WAITS_MS[failures] : growing;
  const next = wait === undefined ? null : new Date(Date.now() + wait);
  log.warn({ mailbox: name, code: error.code, reason: error.message, next }, 'A mailbox could not be read');
  await sql`
    update mailbox
       set state = ${refused ? 'refused' : 'failing'}, error = ${JSON.stringify({ code: error.code, params: error.params })}::jsonb, failures = failures + 1,
           next_try_at = ${next}
     where id = ${id}`.execute(store.db);
}
