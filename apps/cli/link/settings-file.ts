import { readFile, writeFile } from 'node:fs/promises';
import { type Settings, settingsSchema } from '@vinculo/matching';
import { z } from 'zod';
import { LinkError } from './link-error.ts';
import { columnsMade } from './prepared-columns.ts';

/** Reads settings, checks their form and that the records have the columns they name. */
export async function readSettings(path: string, columns: readonly string[], language: 'es' | 'en'): Promise<Settings> {
  const parsed = settingsSchema.safeParse(json(await textOf(path), path), { error: z.locales[language]().localeError });
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path: at, message }) => `  ${pathText(at)}: ${message}`);
    throw new LinkError('settingsInvalid', { file: path, problems: problems.join('\n') });
  }
  const known = new Set(columns);
  const check = ({ column, at }: Named): void => {
    if (!known.has(column)) throw new LinkError('settingsColumn', { file: path, at, column, columns: columns.join(', ') });
  };
  parsed.data.prepare.forEach((step, k) => {
    list(step.from, `prepare[${k}].from`).forEach(check);
    for (const column of columnsMade(step)) known.add(column);
  });
  columnsNamed(parsed.data).forEach(check);
  return parsed.data;
}

/** Writes settings so that a person can change them: `--settings` takes them back. */
export async function saveSettings(path: string, settings: Settings): Promise<void> {
  try {
    await writeFile(path, `${JSON.stringify(settings, null, 2)}\n`);
  } catch (error) {
    throw new LinkError('outAccess', { file: path, reason: (error as Error).message });
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new LinkError(code === 'ENOENT' ? 'noFile' : code === 'EISDIR' ? 'isFolder' : 'noAccess', { file: path });
  }
}

function json(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new LinkError('settingsNotJson', { file, reason: (error as Error).message });
  }
}

/** `fields[2].columns[0]` */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || '(settings)';
}

interface Named {
  column: string;
  /** The path of the place that names it. */
  at: string;
}

const list = (columns: readonly string[], at: string): Named[] => columns.map((column, k) => ({ column, at: `${at}[${k}]` }));

/** Every column that is compared, blocks or constrains. */
function columnsNamed({ fields, blocking, rules, constraints }: Settings): Named[] {
  const { conflictingIds, mustAgree, apart, atMostOnePerSource } = constraints;
  return [
    ...fields.flatMap(({ columns }, f) => list(columns, `fields[${f}].columns`)),
    ...blocking.flatMap(({ keys }, b) =>
      keys.flatMap(({ column }, k) => {
        const at = `blocking[${b}].keys[${k}].column`;
        return typeof column === 'string' ? [{ column, at }] : list(column, at);
      }),
    ),
    ...rules.flatMap(({ equal }, r) => list(equal, `rules[${r}].equal`)),
    ...list(conflictingIds, 'constraints.conflictingIds'),
    ...list(mustAgree, 'constraints.mustAgree'),
    ...apart.flatMap(({ unlessEqual }, a) => list(unlessEqual, `constraints.apart[${a}].unlessEqual`)),
    ...(atMostOnePerSource === undefined ? [] : [{ column: atMostOnePerSource, at: 'constraints.atMostOnePerSource' }]),
  ];
}
