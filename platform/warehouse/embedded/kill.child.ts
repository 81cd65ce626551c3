// A process that inserts until kill.test.ts kills it: numbers upwards in batches, each batch printed once it is written.
import { loadConfig } from '@vinculo/config';
import { openWarehouse } from '../open-warehouse.ts';

const warehouse = await openWarehouse(loadConfig({ VINCULO_DATA_FOLDER: process.argv[2] }));
await warehouse.command('create table if not exists number (n UInt64) engine = MergeTree order by n');
for (let batch = 0; ; batch++) {
  await warehouse.command('insert into number select number + {from:UInt64} from numbers(100000)', { from: batch * 100_000 });
  process.stdout.write(`${batch}\n`);
}
