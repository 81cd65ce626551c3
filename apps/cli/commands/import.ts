import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Config } from '@vinculo/config';
import type { Translate } from '@vinculo/languages';
import { withServer } from '../connect.ts';
import { progressLine } from '../progress-line.ts';
import { NotUnderstood, runImport } from '../run-import.ts';
import { waitForQuiet } from '../wait-for-quiet.ts';

export interface ImportFlags {
  source: string;
  kind?: string;
  mapping?: string;
  country?: string;
}

/** What a mapping file says: `{ "columns": { "Apellido 1": "surname1" }, "kind": …, "options": … }`, or only the columns. */
interface MappingFile {
  columns: Record<string, string | null>;
  kind?: string;
  options?: Record<string, unknown>;
}

/** `vinculo import FILE --source NAME`: exit code 0 when the file was taken in, even where rows were rejected; 1 otherwise. */
export async function importCommand(config: Config, t: Translate, files: string[], flags: ImportFlags): Promise<number> {
  const mapping = flags.mapping ? await readMapping(flags.mapping, t) : undefined;
  return withServer(config, async (client) => {
    const line = progressLine(config.language);
    let failed = 0;
    for (const path of files) {
      const done = await runImport(client, t, line, {
        path,
        label: basename(path),
        source: { name: flags.source, label: flags.source, country: flags.country ?? config.country },
        kind: flags.kind ?? mapping?.kind,
        columns: mapping?.columns,
        options: mapping?.options,
      });
      if (done.state !== 'done') {
        failed++;
        line.end(t('cli:import.failed', { file: basename(path), reason: done.error?.message ?? done.state }));
        continue;
      }
      line.end(
        t('cli:import.done', {
          file: basename(path),
          read: done.rowsRead,
          added: done.rowsNew,
          changed: done.rowsChanged,
          same: done.rowsSame,
        }),
      );
      if (done.rowsRejected) console.log(t('cli:import.rejected', { count: done.rowsRejected, url: `${client.url}/imports/${done.id}` }));
    }
    await waitForQuiet(client, t, line);
    return failed ? 1 : 0;
  });
}

/** @throws NotUnderstood */
async function readMapping(path: string, t: Translate): Promise<MappingFile> {
  const parsed = asObject(await readFile(path, 'utf8')) as MappingFile | MappingFile['columns'] | undefined;
  if (!parsed) throw new NotUnderstood(t('cli:import.badMapping', { file: path }));
  return 'columns' in parsed && typeof parsed.columns === 'object' && parsed.columns !== null
    ? (parsed as MappingFile)
    : { columns: parsed as MappingFile['columns'] };
}

function asObject(text: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
