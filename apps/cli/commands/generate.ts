import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeLoad } from '@vinculo/generator';
import type { Translate } from '@vinculo/languages';
import { progressLine } from '../progress-line.ts';

export interface GenerateFlags {
  customers: number;
  purchases: number;
  out: string;
  seed: number;
}

/** `vinculo generate`: invented customers and purchases on disk, the same for the same seed. */
export async function generateCommand(language: string, t: Translate, flags: GenerateFlags): Promise<number> {
  const folder = resolve(flags.out);
  await mkdir(folder, { recursive: true });
  const line = progressLine(language);
  const manifest = await writeLoad(folder, {
    customers: flags.customers,
    purchases: flags.purchases,
    seed: flags.seed,
    onProgress: ({ file, rows, of }) => line.show(file, rows, of || null),
  });
  line.end(t('cli:generate.done', { folder, customers: flags.customers, purchases: flags.purchases }));
  for (const { file, source, kind, rows } of manifest) console.log(`  ${file}  ${source} · ${kind} · ${rows}`);
  return 0;
}
