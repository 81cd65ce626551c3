import type { Context } from '@vinculo/http';
import { type Language, translator } from '@vinculo/languages';
import type { Actor } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ContactFilter } from '../api/contacts.ts';
import { csv } from '../csv.ts';
import { COLUMNS, type ContactEntry, ENTRIES, toContactRow } from './contact-row.ts';
import { conditions } from './filter.ts';

const PAGE = 1_000;
const HEADINGS = [
  'when',
  'kind',
  'direction',
  'customer',
  'phone',
  'topic',
  'outcome',
  'note',
  'minutes',
  'place',
  'author',
  'followUp',
  'followUpNote',
  'id',
];

/** The contacts of a list as CSV, newest first, page after page so that nothing is held in memory. Times are those of the company. */
export async function exportContacts(
  context: Context,
  actor: Actor,
  filter: z.output<typeof ContactFilter>,
  language: Language,
): Promise<AsyncGenerator<string>> {
  const { timeZone } = await context.settings.get();
  const t = translator(language);
  // 2026-03-01 09:30
  const at = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const headings = HEADINGS.map((name) => t(`channels:log.column.${name}`));
  return csv(
    language,
    headings,
    rows(context, actor, filter, timeZone, (row) => {
      const seen = toContactRow(row, actor);
      return [
        at.format(row.occurred_at),
        t(`channels:log.kind.${seen.kind}`),
        t(`channels:log.direction.${seen.direction}`),
        seen.customer?.name ?? '',
        seen.phone,
        seen.topic,
        seen.outcome,
        seen.body,
        seen.minutes,
        seen.place,
        seen.author,
        seen.followUp?.on ?? '',
        seen.followUp?.note ?? '',
        seen.id,
      ];
    }),
  );
}

async function* rows<T>(
  { store }: Context,
  actor: Actor,
  filter: z.output<typeof ContactFilter>,
  timeZone: string,
  as: (row: ContactEntry) => T,
): AsyncGenerator<T[]> {
  let after: { at: string; id: string } | undefined;
  for (;;) {
    const beyond = after ? sql`(e.occurred_at, e.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`;
    const { rows: page } = await sql<ContactEntry & { at: string }>`
      select ${COLUMNS}, e.occurred_at::text as at from ${ENTRIES}
       where ${conditions(filter, actor, timeZone)} and ${beyond} order by e.occurred_at desc, e.id desc limit ${PAGE}`.execute(store.db);
    if (page.length > 0) yield page.map(as);
    if (page.length < PAGE) return;
    after = page.at(-1)!;
  }
}
