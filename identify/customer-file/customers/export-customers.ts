import { sql } from 'kysely';
import type { Actor, Store } from '@vinculo/postgres';
import { type CustomerListRow, listColumns, toCustomerRow } from './customer-row.ts';
import { conditions, type Filter } from './filter.ts';
import { searchWords } from './search-words.ts';

const PAGE = 2_000;

export const EXPORT_COLUMNS = [
  'id',
  'name',
  'kind',
  'email',
  'phone',
  'city',
  'province',
  'records',
  'revenue',
  'margin',
  'orders',
  'lastPurchaseAt',
  'rfmGroup',
  'decile',
] as const;
export type ExportColumn = (typeof EXPORT_COLUMNS)[number];

interface Export {
  filter: Filter;
  columns: readonly ExportColumn[];
  format: 'csv' | 'jsonl';
  language: 'es' | 'en';
}

/**
 * The customers of a list as a file, page after page in id order, so that nothing is held in memory. CSV carries a byte
 * order mark and, in Spanish, semicolons and decimal commas: what a spreadsheet in that language opens without asking.
 */
export async function* exportCustomers(store: Store, actor: Actor, { filter, columns, format, language }: Export): AsyncGenerator<string> {
  const { query: words } = filter.search ? await searchWords(store, filter.search) : { query: undefined };
  const separator = language === 'es' ? ';' : ',';
  if (format === 'csv') yield `\uFEFF${columns.join(separator)}\r\n`;
  if (filter.search && !words) return;

  let after: string | undefined;
  for (;;) {
    const { rows } = await sql<CustomerListRow>`
      select ${listColumns}, null as sort_value
        from customer c left join customer_score s on s.customer_id = c.id
       where ${conditions(filter, words)} ${after ? sql`and c.id > ${after}::uuid` : sql``}
       order by c.id limit ${PAGE}`.execute(store.db);
    if (rows.length === 0) return;
    after = rows.at(-1)!.id;
    yield rows
      .map((row) => {
        const customer = toCustomerRow(row, actor);
        const flat: Record<ExportColumn, string | number | null> = {
          ...customer,
          revenue: null,
          margin: null,
          orders: null,
          lastPurchaseAt: null,
          rfmGroup: null,
          decile: null,
          ...customer.score,
        };
        if (format === 'jsonl') return `${JSON.stringify(Object.fromEntries(columns.map((column) => [column, flat[column]])))}\n`;
        return `${columns.map((column) => cell(flat[column], separator)).join(separator)}\r\n`;
      })
      .join('');
    if (rows.length < PAGE) return;
  }
}

/** One CSV cell. Text that a spreadsheet would run as a formula is made plain text (OWASP, CSV injection). */
function cell(value: string | number | null, separator: string): string {
  if (value === null) return '';
  if (typeof value === 'number') return separator === ';' ? String(value).replace('.', ',') : String(value);
  const safe = /^[=+\-@\t\r]/.test(value) && !/^\+\d+$/.test(value) ? `'${value}` : value;
  return /["\r\n;,]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
