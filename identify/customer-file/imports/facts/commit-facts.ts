import type { Warehouse } from '@vinculo/warehouse';
import type { CommitFigures } from '../import-run.ts';
import { FACT_KINDS, type FactKind, type FactKindName } from './fact-kinds.ts';
import { fieldsOf, type Reading } from './fields.ts';
import { completeProducts } from './complete-products.ts';
import { countReplaced, dropReplaced } from './replaced-facts.ts';
import { contentHashSql } from './staging.ts';

/** About as many rows as one statement handles without keeping others waiting. */
const SLICE_ROWS = 500_000;

/** The facts of one import, ready to be compared with those that are there and written. */
export interface FactCommit {
  warehouse: Warehouse;
  importId: string;
  staging: string;
  kind: FactKindName;
  reading: Reading;
  /** Milliseconds since 1970 when the import began: of two imports of a row the later one wins. */
  began: number;
  signal: AbortSignal;
}

/**
 * How many rows are new, changed or as they were. A row that comes twice in the file counts once as what it is; its other
 * appearances are the same where they say the same, and changes where they do not (the last one wins).
 */
export async function compareFacts(commit: FactCommit): Promise<CommitFigures> {
  const { warehouse, kind, signal } = commit;
  await numberRepeats(commit);
  const rows = await rowsOf(commit);
  const { key, table } = factTable(kind);
  const figures: CommitFigures = { added: 0, changed: 0, same: 0, removed: 0 };
  const there = await hasFacts(commit);
  for (const slice of await slices(commit)) {
    const [counted] = await warehouse.rows<{ rows: number; keys: number; contents: number; known: number; same: number }>(
      `select sum(f.rows) as rows, count() as keys, sum(f.contents) as contents, countIf(t.known) as known, countIf(t.known and t.hash = f.last) as same
         from (select ${key}, count() as rows, uniqExact(hash) as contents, argMax(hash, row) as last
                 from ${rows} where not wrong and ${slice('')} group by ${key}) f
         left any join (${there ? known(commit, table, slice('')) : nothing(key)}) t on ${key.map((name) => `t.${name} = f.${name}`).join(' and ')}`,
      {},
      { signal, background: true, settings: { join_use_nulls: 0 } },
    );
    if (!counted) continue;
    figures.added += counted.keys - counted.known;
    figures.changed += counted.known - counted.same + (counted.contents - counted.keys);
    figures.same += counted.same + (counted.rows - counted.contents);
  }
  if (there) figures.removed = await countReplaced(commit, rows, await slices(commit));
  return figures;
}

/** Writes what is new or changed. Doing it again after a kill gives the same rows, so nothing is doubled. */
export async function writeFacts(commit: FactCommit, progress: (done: number, of: number) => Promise<void>): Promise<void> {
  const { warehouse, importId, kind, began } = commit;
  const { key, table, columns } = factTable(kind);
  const there = await hasFacts(commit);
  const rows = await rowsOf(commit);
  const all = await slices(commit);
  const names = columns.map(({ name }) => name);
  for (const [i, slice] of all.entries()) {
    await progress(i, all.length);
    // No signal here: half a commit is worse than a cancel that comes a second late.
    await warehouse.command(
      `insert into ${table} (${names.join(', ')}, import_id, version)
       select ${names.map((name) => (isNullable(kind, name) ? `f.${name}` : `assumeNotNull(f.${name})`)).join(', ')},
              {importId:UUID}, {began:UInt64} * 1048576 + f.row
         from ${rows} f
         ${there ? `left any join (${known(commit, table, slice(''))}) t on ${key.map((name) => `t.${name} = f.${name}`).join(' and ')}` : ''}
        where not f.wrong and ${slice('f.')} ${there ? 'and not (t.known and t.hash = f.hash)' : ''}`,
      { importId, began },
      { settings: { join_use_nulls: 0 } },
    );
  }
  if (there) await dropReplaced(commit, rows, all);
  await completeProducts(commit);
  await progress(all.length, all.length);
}

function factTable(kind: FactKindName): { key: string[]; table: string; columns: { name: string }[] } {
  const { key, table, columns }: FactKind = FACT_KINDS[kind];
  if (table === undefined) throw new TypeError(`${kind} are not kept in the warehouse`);
  return {
    key,
    table,
    columns: columns(
      fieldsOf({ sourceId: '', decimal: '.', dateOrder: 'ymd', timeZone: 'UTC', currency: '', whole: true, columns: new Map() }),
    ),
  };
}

/** Columns of the fact tables that may be null. */
function isNullable(kind: FactKindName, column: string): boolean {
  return (
    ['list_amount', 'price', 'responded_at', 'starts_on', 'ends_on'].includes(column) ||
    (column === 'cost' && (kind === 'purchases' || kind === 'products'))
  );
}

/** The facts that are there, with the hash their values would have in staging. */
function known({ kind, reading }: FactCommit, table: string, slice: string): string {
  const { key, columns } = factTable(kind);
  const hash = contentHashSql(kind, columns);
  const mine = columns.some(({ name }) => name === 'source_id') ? `source_id = toUUID('${reading.sourceId}') and` : '';
  return `select ${key.join(', ')}, 1 as known, ${hash} as hash from ${table} final where ${mine} ${slice}`;
}

function nothing(key: string[]): string {
  return `select ${key.map((name) => `${name === 'record_id' || name.endsWith('_id') ? `toUUID('00000000-0000-0000-0000-000000000000')` : `''`} as ${name}`).join(', ')}, 0 as known, toUInt64(0) as hash where 0`;
}

async function hasFacts({ warehouse, kind, reading }: FactCommit): Promise<boolean> {
  const { table, columns } = factTable(kind);
  const where = columns.some(({ name }) => name === 'source_id') ? `where source_id = toUUID('${reading.sourceId}')` : '';
  return (await warehouse.rows(`select 1 from ${table} ${where} limit 1`)).length > 0;
}

/** Conditions that cut the rows into slices by their first key column. */
async function slices({ warehouse, staging, kind }: FactCommit): Promise<((prefix: string) => string)[]> {
  const [{ rows }] = (await warehouse.rows<{ rows: number }>(`select count() as rows from ${staging}`)) as [{ rows: number }];
  const count = Math.max(1, Math.ceil(rows / SLICE_ROWS));
  const first = factTable(kind).key[0]!;
  if (count === 1) return [() => 'true'];
  if (first !== 'record_id')
    return Array.from({ length: count }, (_, i) => (prefix: string) => `cityHash64(${prefix}${first}) % ${count} = ${i}`);
  // UUIDs are ordered by their second half, which begins with the variant 8 and goes on with random digits: ranges of
  // it are ranges of the fact table's own order.
  const bound = (i: number) =>
    i === count
      ? `'ffffffff-ffff-ffff-8fff-ffffffffffff'`
      : `'00000000-0000-0000-8${Math.floor((i * 4096) / count)
          .toString(16)
          .padStart(3, '0')}-000000000000'`;
  return Array.from({ length: count }, (_, i) => (prefix: string) => {
    const upper = i + 1 === count ? `${prefix}record_id <= toUUID(${bound(count)})` : `${prefix}record_id < toUUID(${bound(i + 1)})`;
    return `${prefix}record_id >= toUUID(${bound(i)}) and ${upper}`;
  });
}

/**
 * Rows whose id is made of their content are told apart by how often they have come before: two coffees on one receipt are
 * two coffees. Their numbers are kept beside the staging table, because few files have any.
 */
async function numberRepeats({ warehouse, staging, kind }: FactCommit): Promise<void> {
  const { contentKey } = FACT_KINDS[kind];
  const repeats = `${staging}_repeat`;
  await warehouse.command(`drop table if exists ${repeats}`);
  if (contentKey === undefined) return;
  await warehouse.command(`create table ${repeats} (row UInt64, times UInt32) engine = MergeTree order by row`);
  await warehouse.command(
    `insert into ${repeats}
     select row, times from (
       select row, row_number() over (partition by ${contentKey} order by row) - 1 as times from ${staging}
        where not wrong and not named and ${contentKey} in (
          select ${contentKey} from ${staging} where not wrong and not named group by ${contentKey} having count() > 1)
     ) where times > 0`,
    {},
    { settings: { max_bytes_before_external_group_by: 500_000_000, max_bytes_before_external_sort: 500_000_000 } },
  );
}

/** The staging rows under their final ids. */
async function rowsOf({ warehouse, staging, kind }: FactCommit): Promise<string> {
  const { contentKey } = FACT_KINDS[kind];
  if (contentKey === undefined) return staging;
  const repeated = await warehouse.rows(`select 1 from ${staging}_repeat limit 1`);
  if (repeated.length === 0) return staging;
  return `(select s.* replace (if(r.times = 0, s.${contentKey}, ${repeatedId(`s.${contentKey}`)}) as ${contentKey}) from ${staging} s left any join ${staging}_repeat r on r.row = s.row)`;
}

function repeatedId(id: string): string {
  return `reinterpretAsUUID(MD5(concat(toString(${id}), ' ', toString(r.times))))`;
}
