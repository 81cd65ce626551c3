import { type Store, SYSTEM, type Transaction } from '@vinculo/postgres';
import type { Warehouse } from '@vinculo/warehouse';
import { sql } from 'kysely';
import { MATCH_FIELDS } from '../../records/normalise-record.ts';
import { type CommitFigures, markCommitted } from '../import-run.ts';
import { ImportStopped } from '../import-stopped.ts';

export interface CustomerCommit {
  store: Store;
  warehouse: Warehouse;
  importId: string;
  sourceId: string;
  staging: string;
  /** Milliseconds since 1970 when the import began. */
  began: number;
  signal: AbortSignal;
  progress(done: number, of: number): Promise<void>;
}

const COLUMNS = ['id', 'source_id', 'key', 'kind', 'raw', 'traits', 'hash', 'import_id', 'first_seen', 'changed_at'];

/**
 * Writes the records of an import to the desk in one transaction, with its figures: either the file is in or it is not.
 * A record that comes twice in the file is taken as its last row says.
 *
 * @throws ImportStopped if it was cancelled in the meantime.
 */
export async function commitCustomers(commit: CustomerCommit): Promise<CommitFigures> {
  const { store, warehouse, staging, importId, sourceId, began, signal } = commit;
  const counted = await countKeys(warehouse, staging);
  const at = new Date(began).toISOString();
  const rows = warehouse.bytes(
    `select toString(id), {sourceId:String}, key, kind, raw, traits, hash, {importId:String}, {at:String}, {at:String}
       from ${staging} ${onlyLast(staging, counted)}`,
    { sourceId, importId, at },
    { format: 'TabSeparated', signal },
  );

  return store.transaction(SYSTEM, async (tx) => {
    // One row is looked for, and most often there is one: not worth starting workers for.
    await sql`set local max_parallel_workers_per_gather = 0`.execute(tx);
    const { rows: there } = await sql`select 1 from source_record where source_id = ${sourceId} limit 1`.execute(tx);
    const lines = counting(rows, signal, (done) => commit.progress(done, counted.keys));
    const figures =
      there.length === 0
        ? { added: await store.copyIn(tx, 'source_record', COLUMNS, lines), changed: 0, same: 0 }
        : await merge(tx, () => store.copyIn(tx, 'incoming_record', COLUMNS, lines));
    // A row repeated word for word is the same; one that says something else about the same key is a change, unless in the
    // end the whole file is what there was: the same file again changes nothing.
    const replaced = counted.contents - counted.keys;
    figures[figures.added + figures.changed > 0 ? 'changed' : 'same'] += replaced;
    figures.same += counted.rows - counted.contents;
    if (!(await markCommitted(tx, importId, figures))) throw new ImportStopped();
    return figures;
  });
}

async function merge(tx: Transaction, copy: () => Promise<number>): Promise<CommitFigures> {
  await sql`create temporary table incoming_record (like source_record including defaults) on commit drop`.execute(tx);
  const keys = await copy();
  await sql`analyze incoming_record`.execute(tx);
  const { rows } = await sql<{ added: number; changed: number }>`
    select count(*) filter (where r.id is null) as added, count(*) filter (where r.hash <> i.hash) as changed
      from incoming_record i left join source_record r on r.id = i.id`.execute(tx);
  const { added, changed } = rows[0]!;
  if (added + changed > 0) {
    await sql`
      insert into source_record (id, source_id, key, kind, raw, traits, hash, import_id, first_seen, changed_at)
      select i.id, i.source_id, i.key, i.kind, i.raw, i.traits, i.hash, i.import_id, i.first_seen, i.changed_at
        from incoming_record i left join source_record r on r.id = i.id
       where r.id is null or r.hash <> i.hash
      on conflict (id) do update
        set kind = excluded.kind, raw = excluded.raw, traits = excluded.traits, hash = excluded.hash, import_id = excluded.import_id,
            changed_at = excluded.changed_at`.execute(tx);
  }
  return { added, changed, same: keys - added - changed };
}

/**
 * Tells the warehouse what linkage compares, for the records whose traits are not those it has. Doing it again after a kill
 * writes nothing twice.
 */
export async function writeMatchRecords({ warehouse, staging, sourceId, began }: CustomerCommit): Promise<void> {
  const counted = await countKeys(warehouse, staging);
  const last = onlyLast(staging, counted);
  await warehouse.command(
    `insert into match_record (record_id, source_id, key, kind, ${MATCH_FIELDS.join(', ')}, traits, changed_at, filled, invalid, version)
     select s.id, {sourceId:UUID}, s.key, s.kind, ${MATCH_FIELDS.map((field) => `s.${field}`).join(', ')}, s.traits,
            fromUnixTimestamp64Milli({began:Int64}), s.filled, s.invalid, {began:UInt64}
       from (select * from ${staging} ${last}) s
       left any join (select record_id, 1 as known, cityHash64(kind, traits) as hash from match_record final where source_id = {sourceId:UUID}) m
         on m.record_id = s.id
      where not (m.known and m.hash = cityHash64(s.kind, s.traits))`,
    { sourceId, began },
    { settings: { join_use_nulls: 0 } },
  );
}

interface Counted {
  rows: number;
  keys: number;
  /** Distinct pairs of key and content. */
  contents: number;
}

async function countKeys(warehouse: Warehouse, staging: string): Promise<Counted> {
  const [counted] = await warehouse.rows<Counted>(
    `select count() as rows, uniqExact(id) as keys, uniqExact(id, hash) as contents from ${staging}`,
    {},
    { background: true },
  );
  return counted!;
}

/** Leaves out the rows that a later row of the same key replaces. */
function onlyLast(staging: string, { rows, keys }: Counted): string {
  if (rows === keys) return '';
  return `where row not in (select arrayJoin(arrayPopBack(arraySort(groupArray(row)))) from ${staging} group by id having count() > 1)`;
}

/** Passes lines on, telling how many have passed. */
async function* counting(
  chunks: AsyncIterable<Buffer>,
  signal: AbortSignal,
  told: (rows: number) => Promise<void>,
): AsyncGenerator<Buffer> {
  let rows = 0;
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    for (let i = chunk.indexOf(10); i !== -1; i = chunk.indexOf(10, i + 1)) rows++;
    yield chunk;
    await told(rows);
  }
}
