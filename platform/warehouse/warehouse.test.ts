import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { testStores } from '@vinculo/testing';
import { describe, expect, it } from 'vitest';
import { warehouseSuite } from './warehouse.suite.ts';

const embedded = () => testStores({ config: { clickhouseUrl: undefined, warehouseMemoryMb: 512 } });

describe('the embedded warehouse', () => {
  warehouseSuite(embedded);
});

describe('files of this machine', () => {
  it('are read by the embedded engine itself', async () => {
    const { config, warehouse, close } = await embedded();
    const file = join(config.dataFolder, 'lines.csv.gz');
    await writeFile(file, gzipSync('id;importe\n1;"1,50"\n2;3\n'));
    const sql = `select * from file({file:String}, 'CSVWithNames', 'id UInt32, importe String')`;
    expect(await warehouse.rows(sql, { file }, { settings: { format_csv_delimiter: ';' } })).toEqual([
      { id: 1, importe: '1,50' },
      { id: 2, importe: '3' },
    ]);
    await close();
  });
});
