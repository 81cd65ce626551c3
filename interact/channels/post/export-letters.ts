import { maskEmail, seesPersonal } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import { type Language, translator } from '@vinculo/languages';
import type { Actor } from '@vinculo/postgres';
import { type Filter, lettersOf, shownAddress } from './list-letters.ts';

const AT_ONCE = 1_000;

/** The register as CSV, the newest first, piece by piece. Cells that a spreadsheet would take for formulas are made text. */
export async function* exportLetters(context: Context, actor: Actor, filter: Filter, language: Language): AsyncGenerator<string> {
  const t = translator(language);
  const { timeZone } = await context.settings.get();
  const moment = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const open = seesPersonal(actor);
  // What a spreadsheet of that language opens unasked.
  const separator = language === 'es' ? ';' : ',';
  const columns = ['number', 'receivedAt', 'kind', 'direction', 'form', 'sender', 'address', 'topic', 'customer', 'state'];
  const line = (cells: readonly string[]) => `${cells.map((cell) => cellOf(cell, separator)).join(separator)}\r\n`;
  yield `\ufeff${line(columns.map((name) => t(`channels:post.column.${name}`)))}`;
  let after: [string, string] | undefined;
  for (;;) {
    const rows = await lettersOf(context, filter, AT_ONCE, after);
    if (rows.length > 0)
      yield rows
        .map((row) =>
          line([
            row.number ?? '',
            moment.format(row.received_at),
            t(`channels:post.kind.${row.kind}`),
            t(`channels:post.direction.${row.direction}`),
            row.form ? t(`channels:post.form.${row.form}`) : '',
            row.sender_name.includes('@') && !open ? maskEmail(row.sender_name) : row.sender_name,
            shownAddress(row.sender_address, open),
            row.topic,
            row.customer_name ?? '',
            t(`channels:post.state.${row.state}`),
          ]),
        )
        .join('');
    const last = rows.at(-1);
    if (rows.length < AT_ONCE || !last) return;
    after = [last.received_at.toISOString(), last.entry_id];
  }
}

function cellOf(value: string, separator: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /["\r\n]/.test(safe) || safe.includes(separator) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
