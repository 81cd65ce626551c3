// A process that takes a record in and dies before the warehouse knows of it, or when it knows half. Arguments: configuration as
// JSON, source, where to die (desk, warehouse), and the record to withdraw first, if any.
import type { Config } from '@vinculo/config';
import type { Context } from '@vinculo/http';
import { openPostgres, SYSTEM } from '@vinculo/postgres';
import { openWarehouse } from '@vinculo/warehouse';
import { contextOver } from '@vinculo/testing';
import { liveIndex } from './live-index.ts';
import { saveRecords } from './save-records.ts';
import { tellWarehouse } from '../identity/tell-warehouse.ts';
import { withdrawRecord } from './withdraw-record.ts';

const [config, source, where, withdrawn] = [JSON.parse(process.argv[2]!) as Config, process.argv[3]!, process.argv[4]!, process.argv[5]];
const die = () => process.kill(process.pid, 'SIGKILL');
const [store, warehouse] = [await openPostgres(config), await openWarehouse(config)];
const context = contextOver({ config, store, warehouse });
if (!(await liveIndex(context).ready(60_000))) throw new Error('There is no live index');
if (withdrawn) await withdrawRecord(context, SYSTEM, { id: source }, withdrawn);
const fields = { given_name: 'Zenobia', surname1: 'Urrutikoetxea', email: 'zenobia@correo.example', mobile: '655112233' };
const records = ['Z1', 'Z2'].map((key) => ({ key, fields }));
await saveRecords(context, SYSTEM, { source: { id: source, country: 'ES' }, records });
if (where === 'desk') die();
const dying: Context['warehouse'] = {
  ...warehouse,
  async insert(table, rows) {
    if (table === 'identity') die();
    await warehouse.insert(table, rows);
  },
};
await tellWarehouse({ store, warehouse: dying });
