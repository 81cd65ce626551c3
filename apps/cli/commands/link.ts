import { constants, mkdtempSync, rmSync, statSync } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { Config } from '@vinculo/config';
import type { Translate } from '@vinculo/languages';
import { LinkError } from '../link/link-error.ts';
import { linkInThread } from '../link/link-in-thread.ts';
import type { InputFile, LinkTask } from '../link/link-task.ts';
import { reportText } from '../link/print-report.ts';
import { progressLine } from '../progress-line.ts';

export interface LinkFlags {
  out: string;
  id?: string;
  header: boolean;
  settings?: string;
  saveSettings?: string;
  truth?: string;
  explain?: string[];
  json: boolean;
  quiet: boolean;
}

/** Exit codes: done; what nobody foresaw; something the person can put right; stopped by Ctrl C. */
const DONE = 0;
const FAILED = 1;
const REFUSED = 2;
const STOPPED = 130;

/** `vinculo link FILE… --out FILE`: which records of these files are one person or company. Needs no server and no store. */
export async function linkCommand(
  config: Pick<Config, 'language' | 'logLevel'>,
  t: Translate,
  paths: string[],
  flags: LinkFlags,
): Promise<number> {
  const out = resolve(flags.out);
  const draft = `${out}.${process.pid}.part`;
  let folder: string | undefined;
  const cleanUp = (): void => {
    if (folder) rmSync(folder, { recursive: true, force: true });
    rmSync(draft, { force: true });
  };
  const before = versionOf(out);
  // The threads die with the process; what is half done goes before them. Without its draft the file can no longer change.
  const stop = (): void => {
    cleanUp();
    process.stderr.write(`\n${t(versionOf(out) === before ? 'link:stopped' : 'link:stoppedWritten', { file: flags.out })}\n`);
    process.exit(STOPPED);
  };
  // Before there is anything to clean up: a signal in between would leave it behind.
  process.once('SIGINT', stop).once('SIGTERM', stop);
  folder = mkdtempSync(join(tmpdir(), 'vinculo-link-'));
  const line = progressLine(config.language, process.stderr);
  const watched = !flags.quiet && Boolean(process.stderr.isTTY);
  try {
    const files = inputFiles(paths);
    await checkOut(out, flags.out, files);
    const task: LinkTask = {
      files,
      draft,
      out,
      folder,
      header: flags.header,
      ...(flags.id === undefined ? {} : { id: flags.id }),
      ...(flags.settings === undefined ? {} : { settings: resolve(flags.settings) }),
      ...(flags.saveSettings === undefined ? {} : { saveSettings: resolve(flags.saveSettings) }),
      ...(flags.truth === undefined ? {} : { truth: flags.truth }),
      ...(flags.explain === undefined ? {} : { explain: twoIds(flags.explain) }),
    };
    const report = await linkInThread({ task, language: config.language }, ({ phase, done, total }) => {
      if (watched) line.show(t(`link:doing.${phase}`), done, total || null);
    });
    if (watched) process.stderr.write('\r\x1b[2K');
    const shown = { ...report, out: flags.out };
    if (flags.json) process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    else if (!flags.quiet) process.stdout.write(`${reportText(shown, t, config.language)}\n`);
    return DONE;
  } catch (error) {
    if (watched) process.stderr.write('\r\x1b[2K');
    if (error instanceof LinkError) {
      process.stderr.write(`${t(`link:error.${error.reason}`, error.params)}\n`);
      return REFUSED;
    }
    process.stderr.write(`${t('link:error.unforeseen', { reason: error instanceof Error ? error.message : String(error) })}\n`);
    if (config.logLevel === 'debug' || config.logLevel === 'trace') console.error(error);
    return FAILED;
  } finally {
    cleanUp();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** Labels are the names of the files without their endings, or the paths where two are called alike. */
function inputFiles(paths: readonly string[]): InputFile[] {
  const short = paths.map((path) =>
    basename(path)
      .replace(/\.gz$/i, '')
      .replace(/\.(csv|tsv|txt|jsonl|ndjson|json|parquet|xlsx)$/i, ''),
  );
  return paths.map((shown, k) => {
    const path = resolve(shown);
    if (paths.some((other, j) => j < k && resolve(other) === path)) throw new LinkError('sameFile', { file: shown });
    return { path, shown, label: short.filter((name) => name === short[k]).length > 1 ? shown : short[k]! };
  });
}

/** Which file stands at a path: another after a draft has taken its place. Undefined where there is none. */
function versionOf(path: string): string | undefined {
  const there = statSync(path, { bigint: true, throwIfNoEntry: false });
  return there && `${there.dev} ${there.ino} ${there.mtimeNs}`;
}

/** Before a minute of work: can it be written at all? */
async function checkOut(out: string, shown: string, files: readonly InputFile[]): Promise<void> {
  const there = await stat(out).catch(() => undefined);
  if (there?.isDirectory()) throw new LinkError('outIsFolder', { file: shown });
  const folder = dirname(out);
  const parent = await stat(folder).catch(() => undefined);
  if (!parent?.isDirectory()) throw new LinkError('outFolder', { file: shown, folder });
  await access(folder, constants.W_OK).catch((error: Error) => {
    throw new LinkError('outAccess', { file: shown, reason: error.message });
  });
  if (!there) return;
  const real = await realpath(out);
  for (const { path, shown: input } of files) {
    if ((await realpath(path).catch(() => path)) === real) throw new LinkError('outIsInput', { file: input });
  }
}

function twoIds(ids: readonly string[]): [string, string] {
  const [left, right] = ids;
  if (ids.length !== 2 || left === undefined || right === undefined) throw new LinkError('explainTwo', { given: ids.length });
  return [left, right];
}
