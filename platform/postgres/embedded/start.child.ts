// A process that owns an embedded server, for start.test.ts to kill. Prints one JSON line once it has committed a row.
import { loadConfig } from '@vinculo/config';
import { sql } from 'kysely';
import { SYSTEM } from '../actor.ts';
import { openPostgres } from '../open-postgres.ts';

const store = await openPostgres(loadConfig({ VINCULO_DATA_FOLDER: process.argv[2] }));
await sql`create table if not exists kept (n integer)`.execute(store.db);
await store.transaction(SYSTEM, (tx) => sql`insert into kept select coalesce(max(n), 0) + 1 from kept`.execute(tx));
const { rows } = await sql<{
  postmaster: number;
}>`select split_part(pg_read_file('postmaster.pid'), E'\n', 1)::integer as postmaster`.execute(store.db);
process.stdout.write(`${JSON.stringify({ pid: process.pid, postmaster: rows[0]!.postmaster, url: store.url })}\n`);
setInterval(() => {}, 1_000);
