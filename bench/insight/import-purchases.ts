// A file of purchases on top of what is there, so that a scoring finds something new.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tillMapping } from '../../examples/generator/purchase-columns.ts';
import { tillFormat } from '../../examples/generator/manifest.ts';
import type { Api } from '../customer-file/api.ts';

/** Columns as the tills of the example write them. */
const HEADER = Object.keys(tillMapping);

/** Imports so many purchases of the till; resolves when the import has ended. */
export async function importPurchases(client: Api, folder: string, purchases: number): Promise<void> {
  const rows = Array.from({ length: purchases }, (_, n) => {
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
    return HEADER.map((name) => cells[name] ?? '').join(';');
  });
  const file = join(folder, 'compras.csv');
  writeFileSync(file, Buffer.from(`${HEADER.join(';')}\n${rows.join('\n')}\n`, 'latin1'));
  await client.importFile(file, { source: 'till', kind: 'purchases', mapping: tillMapping, options: tillFormat });
}
