import { access, constants } from 'node:fs/promises';
import { fail, VinculoError } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Secrets } from '../../credentials/credentials.ts';
import { scrub } from '../../pulls/places/place-error.ts';
import { folderOf, openFile } from './file.ts';
import { connectMysql, openMysqlTable } from './mysql.ts';
import { connectPostgres, openPostgresTable } from './postgres.ts';
import { openSftp } from './sftp.ts';
import type { Shape, Target, Writer } from './target.ts';

type Own = Pick<Context, 'config' | 'warehouse' | 'settings'>;

/** A writer for the target. Whatever its driver says is told without secrets, as VIN_HAND_BACK_TARGET. */
export async function openTarget(context: Own, handBack: string, target: Target, secrets: Secrets, shape: Shape): Promise<Writer> {
  const told = <T>(work: () => Promise<T>) => inWords(secrets, work);
  const writer = await told(() => {
    if (target.kind !== 'database') return openFile(context, handBack, target, secrets, shape);
    return target.engine === 'postgres' ? openPostgresTable(target, secrets, shape) : openMysqlTable(target, secrets, shape);
  });
  return {
    write: (rows) => told(() => writer.write(rows)),
    remove: (ids) => told(() => writer.remove(ids)),
    finish: () => told(() => writer.finish()),
    close: () => writer.close(),
  };
}

/** Whether it can be reached and written to. @returns the key that an SFTP server shows. */
export function tryTarget(context: Own, target: Target, secrets: Secrets): Promise<{ hostKey: string | null }> {
  return inWords(secrets, async () => {
    if (target.kind === 'folder') await access(await folderOf(context, target.folder), constants.W_OK);
    else if (target.kind === 'sftp') {
      const { hostKey, end } = await openSftp(target, secrets);
      await end();
      return { hostKey };
    } else if (target.engine === 'postgres') {
      const client = await connectPostgres(target, secrets);
      await client.query('select 1').finally(() => client.end());
    } else {
      const connection = await connectMysql(target, secrets);
      await connection.query('select 1').finally(() => connection.end());
    }
    return { hostKey: null };
  });
}

async function inWords<T>(secrets: Secrets, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VinculoError) throw error;
    const { message = '', code } = error as { message?: string; code?: string };
    const { errors: [first] = [] } = error as { errors?: { message: string }[] };
    throw fail('VIN_HAND_BACK_TARGET', { detail: scrub([code, message || first?.message].filter(Boolean).join(': '), secrets) });
  }
}
