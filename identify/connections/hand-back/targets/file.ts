// A file, in a folder or on an SFTP server: written aside, then given its name, so that nobody ever reads half of it. A copy stays
// for whoever wants to download the last one.
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, normalize, posix, relative, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { fail } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { ID } from '../fields.ts';
import type { ListRow } from '../read-list.ts';
import type { Shape, Target, Writer } from './target.ts';
import type { Secrets } from '../../credentials/credentials.ts';
import { openSftp } from './sftp.ts';

type FileTarget = Extract<Target, { kind: 'folder' | 'sftp' }>;
type Own = Pick<Context, 'config' | 'warehouse' | 'settings'>;

/** The copy of the last file of a hand-back. */
export const lastFile = ({ config }: Pick<Context, 'config'>, id: string, format: string): string =>
  join(config.dataFolder, 'hand-back-files', id, `last.${format}`);

/**
 * The folder a target names: a relative one is made under the data folder; an absolute one must be there, and not where we keep
 * what is ours.
 *
 * @throws VIN_HAND_BACK_FOLDER
 */
export async function folderOf({ config }: Pick<Context, 'config'>, folder: string): Promise<string> {
  const root = join(config.dataFolder, 'hand-back');
  const inside = (path: string, of: string) => {
    const way = relative(of, path);
    return way === '' || (!way.startsWith('..') && !isAbsolute(way));
  };
  const path = isAbsolute(folder) ? normalize(folder) : resolve(root, folder);
  const ours = inside(path, root);
  if (isAbsolute(folder) ? inside(path, config.dataFolder) && !ours : !ours) throw fail('VIN_HAND_BACK_FOLDER', { root });
  if (ours) await mkdir(path, { recursive: true, mode: 0o700 });
  if (!(await stat(path).catch(() => undefined))?.isDirectory()) throw fail('VIN_HAND_BACK_FOLDER', { root });
  return path;
}

export async function openFile(context: Own, handBack: string, target: FileTarget, secrets: Secrets, shape: Shape): Promise<Writer> {
  const { timeZone } = await context.settings.get();
  const fileName = `${named(target.fileName, shape.at, timeZone)}.${target.format}`;
  const work = join(context.config.dataFolder, 'hand-back-files', handBack);
  await mkdir(work, { recursive: true, mode: 0o700 });
  const rowsFile = join(work, `${shape.runId}.rows`);
  const madeFile = join(work, `${shape.runId}.made`);
  const columns = [ID.column, ...(shape.changes ? ['change'] : []), ...shape.fields.map(({ column }) => column)];
  const out = createWriteStream(rowsFile, { mode: 0o600 });
  const failed = new Promise<never>((_, reject) => out.on('error', reject));
  failed.catch(() => {});
  const put = async (text: string) => {
    if (!out.write(text)) await Promise.race([new Promise<void>((done) => out.once('drain', () => done())), failed]);
  };
  const line =
    target.format === 'csv'
      ? csvLine
      : (values: readonly (string | number | null)[]) =>
          `${JSON.stringify(Object.fromEntries(columns.map((name, n) => [name, values[n] ?? null])))}\n`;
  if (target.format === 'csv') await put(csvLine(columns));
  return {
    write: (rows: readonly ListRow[]) =>
      put(rows.map(({ id, cells }) => line([id, ...(shape.changes ? ['upsert'] : []), ...cells])).join('')),
    remove: (ids) => put(ids.map((id) => line([id, 'remove', ...shape.fields.map(() => null)])).join('')),
    async finish() {
      out.end();
      await Promise.race([finished(out), failed]);
      if (target.format === 'parquet') await asParquet(context, rowsFile, madeFile, shape);
      else await rename(rowsFile, madeFile);
      const { size } = await stat(madeFile);
      if (target.kind === 'folder') await intoFolder(madeFile, join(await folderOf(context, target.folder), fileName));
      else await upload(target, secrets, madeFile, fileName);
      await rename(madeFile, lastFile(context, handBack, target.format));
      return { bytes: size, fileName };
    },
    async close() {
      out.destroy();
      await Promise.all([rm(rowsFile, { force: true }), rm(madeFile, { force: true })]);
    },
  };
}

/** Beside its place first: the folder may be on another disk, where a rename is a copy that can be seen half done. */
async function intoFolder(from: string, to: string): Promise<void> {
  const draft = join(dirname(to), `.${basename(to)}.part`);
  try {
    await copyFile(from, draft);
    await rename(draft, to);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
}

async function upload(target: Extract<Target, { kind: 'sftp' }>, secrets: Secrets, from: string, fileName: string): Promise<void> {
  const { client, end } = await openSftp(target, secrets);
  try {
    const draft = posix.join(target.folder, `.${fileName}.part`);
    await client.put(createReadStream(from), draft);
    // Takes the place of a file of that name in one step, where the server can.
    await client.posixRename(draft, posix.join(target.folder, fileName));
  } finally {
    await end();
  }
}

/** `{date}` and `{time}` by the clock of the business. */
function named(template: string, at: Date, timeZone: string): string {
  const [date, time] = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at).split(' ') as [
    string,
    string,
  ];
  return template.replaceAll('{date}', date).replaceAll('{time}', time.replaceAll(':', ''));
}

/** RFC 4180, for machines: commas, points, ISO dates, in every language. */
function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map((value) => (typeof value === 'string' && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : (value ?? ''))).join(',')}\r\n`;
}

const PARQUET = { text: 'Nullable(String)', number: 'Nullable(Float64)', integer: 'Nullable(Int64)', moment: 'Nullable(String)' } as const;

/** Through a table of the warehouse, which writes Parquet and holds no more than it must; gone afterwards, however it ends. */
async function asParquet({ warehouse }: Own, from: string, to: string, { fields, changes, runId }: Shape): Promise<void> {
  const table = `hand_back_${runId.replaceAll('-', '')}`;
  const typed = [ID, ...(changes ? [{ column: 'change', type: 'text' as const }] : []), ...fields];
  const columns = typed.map(({ column, type }) => `\`${column}\` ${PARQUET[type]}`).join(', ');
  await warehouse.command(`drop table if exists ${table}`);
  try {
    await warehouse.command(`create table ${table} (${columns}) engine = MergeTree order by tuple()`);
    await warehouse.insertStream(table, createReadStream(from), 'JSONEachRow');
    const select = typed
      .map(({ column, type }) =>
        type === 'moment' ? `parseDateTime64BestEffortOrNull(\`${column}\`, 3, 'UTC') as \`${column}\`` : `\`${column}\``,
      )
      .join(', ');
    await pipeline(
      Readable.from(warehouse.bytes(`select ${select} from ${table}`, undefined, { format: 'Parquet', background: true })),
      createWriteStream(to, { mode: 0o600 }),
    );
  } finally {
    await warehouse.command(`drop table if exists ${table}`);
  }
}
