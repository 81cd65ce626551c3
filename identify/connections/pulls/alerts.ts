// Mails to the people whom a connection names: when it keeps failing, when it works again, when its columns change.
import { sentence, VinculoError } from '@vinculo/errors';
import { translator } from '@vinculo/languages';
import type { Context } from '@vinculo/http';
import type { MailTemplate } from '@vinculo/mail';
import type { Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { Drift } from '../api/pulls.ts';
import type { ConnectionRow } from './connection-row.ts';

type Told = Pick<ConnectionRow, 'id' | 'name' | 'alert_to'>;

export async function tellFailing(
  context: Context,
  tx: Transaction,
  connection: Told,
  failures: number,
  error: StoredError,
): Promise<void> {
  await tell(context, tx, connection, 'connection-failing', (language) => ({
    failures,
    reason: sentence(error.code, error.params, language),
  }));
}

export async function tellRecovered(context: Context, tx: Transaction, connection: Told): Promise<void> {
  await tell(context, tx, connection, 'connection-recovered', () => ({}));
}

export async function tellDrift(context: Context, tx: Transaction, connection: Told, drift: Drift): Promise<void> {
  await tx.emit('connection.drifted', { kind: 'connection', id: connection.id }, { name: connection.name, ...changesOf(drift) });
  await tell(context, tx, connection, 'connection-drifted', (language) => ({ changes: driftInWords(drift, language) }));
}

const changesOf = ({ appeared, vanished, changed }: Drift) => ({ appeared, vanished, changed: changed.map(({ column }) => column) });

function driftInWords({ appeared, vanished, changed }: Drift, language: 'es' | 'en'): string {
  const t = translator(language);
  const list = (names: string[]) => names.join(', ');
  return [
    ...(vanished.length > 0 ? [t('connections:drift.vanished', { count: vanished.length, columns: list(vanished) })] : []),
    ...(changed.length > 0
      ? [
          t('connections:drift.changed', {
            count: changed.length,
            columns: list(changed.map(({ column, from, to }) => `${column} (${from} → ${to})`)),
          }),
        ]
      : []),
    ...(appeared.length > 0 ? [t('connections:drift.appeared', { count: appeared.length, columns: list(appeared) })] : []),
  ].join(' ');
}

async function tell(
  { store, mail, settings, config }: Context,
  tx: Transaction,
  { id, name, alert_to: to }: Told,
  template: MailTemplate,
  words: (language: 'es' | 'en') => Record<string, string | number>,
): Promise<void> {
  if (to.length === 0) return;
  const { companyName, language } = await settings.get();
  const { rows } = await sql<{ name: string; email: string; language: 'es' | 'en' | null }>`
    select name, email, language from person where id = any(${to}::uuid[]) and suspended_at is null`.execute(store.db);
  for (const person of rows) {
    const speaks = person.language ?? language;
    await mail.send(tx, {
      to: person.email,
      template,
      language: speaks,
      data: {
        link: `${config.publicUrl}/connections/${id}`,
        name: person.name,
        company: companyName || 'Vínculo',
        connection: name,
        ...words(speaks),
      },
    });
  }
}

export interface StoredError {
  code: string;
  params: Record<string, unknown>;
}

/** An error as it is kept: of one that is not ours only the fact, because its words were written for nobody. */
export function asStored(error: unknown, reference: string): StoredError {
  if (error instanceof VinculoError) return { code: error.code, params: error.params };
  return { code: 'VIN_INTERNAL', params: { reference } };
}
