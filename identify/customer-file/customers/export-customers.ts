import { type RawBuilder, sql } from 'kysely';
import { type Language, translator } from '@vinculo/languages';
import type { Actor, Store } from '@vinculo/postgres';
import { type CustomerListRow, listColumns, toCustomerRow } from './customer-row.ts';
import { conditions, type Filter } from './filter.ts';
import { sourceLabels } from '../identity/find-customer.ts';
import { searchWords } from './search-words.ts';
import { seesWorth } from './worth.ts';

const PAGE = 2_000;

/** Every column the list can show, by its heading in the `customers` catalogue: the same words on the screen and in the file. */
const HEADINGS = {
  id: 'id',
  name: 'name',
  kind: 'kind',
  email: 'email',
  phone: 'phone',
  city: 'city',
  province: 'province',
  records: 'records',
  sources: 'sources',
  changedAt: 'changed',
  revenue: 'revenue',
  margin: 'margin',
  orders: 'orders',
  lastPurchaseAt: 'lastPurchase',
  rfmGroup: 'group',
  decile: 'decile',
  profit: 'profit',
  tier: 'tier',
  lifetimeValue: 'lifetimeValue',
  stage: 'stage',
  churnRisk: 'churnRisk',
  loyaltyType: 'loyaltyType',
} as const;

const WORTH: readonly string[] = [
  'revenue',
  'margin',
  'rfmGroup',
  'decile',
  'profit',
  'tier',
  'lifetimeValue',
  'stage',
  'churnRisk',
  'loyaltyType',
];

export type ExportColumn = keyof typeof HEADINGS;
export const EXPORT_COLUMNS = Object.keys(HEADINGS) as ExportColumn[];
/** The columns a reader may have. */
export const exportColumns = (actor: Actor) => EXPORT_COLUMNS.filter((column) => seesWorth(actor) || !WORTH.includes(column));
export const isExportColumn = (column: string): column is ExportColumn => Object.hasOwn(HEADINGS, column);

interface Export {
  filter: Filter;
  /** Only these customers, page by page in id order, instead of those of a filter. */
  among?: AsyncIterable<readonly string[]> | Iterable<readonly string[]>;
  columns: readonly ExportColumn[];
  format: 'csv' | 'jsonl';
  language: Language;
  /** Days in a CSV are days there. */
  timeZone: string;
}

type Value = string | number | string[] | null;

/**
 * The customers of a list as a file, page after page in id order, so that nothing is held in memory. JSON lines are for
 * machines: the names and values of the API. CSV is for people: headings and values in their words, days where the company
 * is, a byte order mark and, in Spanish, semicolons and decimal commas: what a spreadsheet in that language opens unasked.
 */
export async function* exportCustomers(
  store: Store,
  actor: Actor,
  { filter, among, columns, format, language, timeZone }: Export,
): AsyncGenerator<string> {
  const { query: words } = filter.search ? await searchWords(store, filter.search) : { query: undefined };
  const t = translator(language);
  const separator = language === 'es' ? ';' : ',';
  if (format === 'csv')
    yield `\uFEFF${columns.map((column) => cell(t(`customers:column.${HEADINGS[column]}`), separator)).join(separator)}\r\n`;
  if (filter.search && !words) return;

  const labels = await sourceLabels(store);
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }); // 2026-03-01
  const inWords: Partial<Record<ExportColumn, (value: string) => string>> = {
    kind: (kind) => t(`customers:kind.${kind}`),
    rfmGroup: (group) => t(`value:group.${group}`),
    tier: (tier) => t(`value:tier.${tier}`),
    stage: (stage) => t(`value:stage.${stage}`),
    loyaltyType: (type) => t(`value:loyalty.${type}`),
    changedAt: (at) => day.format(new Date(at)),
    lastPurchaseAt: (at) => day.format(new Date(at)),
  };
  const shown = (column: ExportColumn, value: Value) =>
    cell(typeof value === 'string' ? (inWords[column]?.(value) ?? value) : Array.isArray(value) ? value.join(' | ') : value, separator);

  for await (const rows of pages(store, conditions(filter, words), among)) {
    yield rows
      .map((row) => {
        const { score, ...customer } = toCustomerRow(row, actor);
        const flat: Partial<Record<ExportColumn, Value>> = {
          ...customer,
          ...score,
          sources: customer.sources.map((id) => labels.get(id) ?? id),
        };
        if (format === 'jsonl') return `${JSON.stringify(Object.fromEntries(columns.map((column) => [column, flat[column] ?? null])))}\n`;
        return `${columns.map((column) => shown(column, flat[column] ?? null)).join(separator)}\r\n`;
      })
      .join('');
  }
}

async function* pages(store: Store, filtered: RawBuilder<unknown>, among: Export['among']): AsyncGenerator<CustomerListRow[]> {
  const read = async (more: RawBuilder<unknown>) => {
    const { rows } = await sql<CustomerListRow>`
      select ${listColumns}, null as sort_value
        from customer c left join customer_score s on s.customer_id = c.id
       where ${filtered} and ${more}
       order by c.id limit ${PAGE}`.execute(store.db);
    return rows;
  };
  if (among) {
    for await (const ids of among) {
      for (let from = 0; from < ids.length; from += PAGE) yield await read(sql`c.id = any(${ids.slice(from, from + PAGE)}::uuid[])`);
    }
    return;
  }
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await read(sql`c.id > ${after}::uuid`);
    if (rows.length === 0) return;
    after = rows.at(-1)!.id;
    yield rows;
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
