// A file of purchases on top of what is there, so that a scoring finds something new.
import { join } from 'node:path';
import { tillColumns, tillMapping } from '../../examples/generator/purchase-columns.ts';
import { tillFormat } from '../../examples/generator/manifest.ts';
import { tableFile } from '../../examples/generator/table-file.ts';
import type { Api } from '../customer-file/api.ts';

/** Imports so many purchases of the till, each of a customer nobody knew; resolves when the import has ended. */
export async function importPurchases(client: Api, folder: string, purchases: number): Promise<void> {
  const file = join(folder, 'compras.csv');
  const table = tableFile(file, tillFormat, tillColumns);
  for (let n = 0; n < purchases; n++) {
    const cells: Record<string, string> = {
      Línea: `new-${n}`,
      Ticket: `new-${n}`,
      'Nº tarjeta': `${n}`,
      Artículo: `p${n % 500}`,
      Cantidad: '1',
      Importe: '12,50',
      Fecha: '30/10/2026 10:00',
      Canal: 'store',
      Tienda: 't1',
    };
    table.cells(tillColumns.map((name) => cells[name] ?? ''));
  }
  table.close();
  await client.importFile(file, { source: 'till', kind: 'purchases', mapping: tillMapping, options: tillFormat });
}
