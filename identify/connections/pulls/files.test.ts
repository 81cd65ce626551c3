import { mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SYSTEM } from '@vinculo/postgres';
import { type SftpServer, startSftpServer } from '@vinculo/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PullSettings } from '../api/pulls.ts';
import { openSftp } from './places/sftp.ts';
import { type PullBench, pullBench } from './pulls.fixture.ts';
import { acceptDrift, addConnection, rewindConnection } from './save-connection.ts';
import { hostKeyOf, tryPlace } from './trial.ts';

let server: SftpServer;
let bench: PullBench;
beforeAll(async () => {
  server = await startSftpServer();
}, 300_000);
afterAll(() => server?.stop());
beforeEach(async () => {
  bench = await pullBench();
});
afterEach(() => bench.close());

const HEAD = 'Código cliente;Nombre;Apellidos;Correo\n';
const columns = { 'Código cliente': 'key', Nombre: 'given_name', Apellidos: 'surname', Correo: 'email' };
const customers = (from: number, to: number) =>
  HEAD + Array.from({ length: to - from + 1 }, (_, i) => `${from + i};Ana;García ${from + i};ana${from + i}@example.com\n`).join('');
/** Written some time ago, so that nobody waits to see whether it is finished. */
async function lay(folder: string, name: string, content: string | Buffer, minutesAgo = 5): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, content);
  const at = new Date(Math.floor(Date.now() / 1000) * 1000 - minutesAgo * 60_000);
  await utimes(path, at, at);
}

describe.each(['folder', 'sftp'] as const)('files of a %s', (kind) => {
  let folder: string;
  let settings: (changes?: { pattern?: string; after?: 'keep' | 'move' }) => PullSettings;
  let secrets: Record<string, string>;
  beforeEach(async () => {
    const root = kind === 'sftp' ? server.folder : join(bench.context.config.dataFolder, 'inbox');
    folder = join(root, `ventas ${Math.random().toString(36).slice(2)}`);
    await mkdir(folder, { recursive: true });
    secrets = kind === 'sftp' ? { privateKey: server.privateKey, passphrase: server.passphrase } : {};
    settings = (changes = {}) => {
      const files = { folder, pattern: 'clientes*.csv', after: 'keep' as const, moveTo: 'importados', ...changes };
      const { host, port, user, hostKey } = server;
      return kind === 'sftp' ? { kind, host, port, user, hostKey, ...files } : { kind, ...files };
    };
  });
  const add = (changes = {}) => bench.add(settings(changes), { importKind: 'customers', columns, secrets });

  it('are tried with the newest that fits', async () => {
    await expect(tryPlace(bench.context, SYSTEM, { settings: settings(), secrets })).rejects.toMatchObject({
      code: 'VIN_CONNECTION_NO_FILES',
    });
    await lay(folder, 'clientes-1.csv', customers(1, 30), 10);
    await lay(folder, 'clientes-2.csv', customers(31, 33));
    await lay(folder, 'otra cosa.txt', 'x');
    const trial = await tryPlace(bench.context, SYSTEM, { settings: settings(), secrets });
    expect(trial).toMatchObject({ columns: [{ name: 'Código cliente' }, { name: 'Nombre' }, { name: 'Apellidos' }, { name: 'Correo' }] });
    expect(trial.rows[0]).toEqual(['31', 'Ana', 'García 31', 'ana31@example.com']);
    expect(trial.files.map(({ name }) => name)).toEqual(['clientes-1.csv', 'clientes-2.csv']);
    if (kind === 'sftp') expect(trial.hostKey).toBe(server.hostKey);
  });

  it('are taken once each, the oldest first; the same content under another name is not taken again', async () => {
    await lay(folder, 'clientes-b.csv', customers(1, 10), 20);
    await lay(folder, 'clientes-a.csv', customers(11, 20), 10);
    const id = await add();
    const first = await bench.run(id);
    expect(first).toMatchObject({ state: 'done', rowsNew: 20 });
    expect(first.imports.map(({ fileName }) => fileName)).toEqual(['clientes-b.csv', 'clientes-a.csv']);
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsRead: 0, imports: [] });

    await lay(folder, 'clientes-copia.csv', customers(1, 10), 3);
    expect(await bench.run(id)).toMatchObject({ state: 'done', imports: [] });
    await lay(folder, 'clientes-a.csv', customers(11, 22), 2);
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsNew: 2, rowsSame: 10 });
    expect(await readdir(folder)).toHaveLength(3);
  });

  it('are moved when that is wished, also beside one of the same name', async () => {
    await lay(folder, 'clientes.csv', customers(1, 3));
    const id = await add({ after: 'move' });
    await bench.run(id);
    expect(await readdir(folder)).toEqual(['importados']);
    await lay(folder, 'clientes.csv', customers(4, 5));
    expect(await bench.run(id)).toMatchObject({ rowsNew: 2 });
    expect(await readdir(folder)).toEqual(['importados']);
    expect((await readdir(join(folder, 'importados'))).toSorted((a, b) => a.length - b.length)).toEqual([
      'clientes.csv',
      expect.stringMatching(/^\d{8}T\d{6}Z-clientes\.csv$/),
    ]);
  });

  it('that cannot be taken do not keep the others from it, and are tried again', async () => {
    await lay(folder, 'clientes-1.csv', 'Código cliente;Nombre\n1;Ana\n', 30);
    await lay(folder, 'clientes-2.csv', customers(2, 4), 20);
    const id = await add();
    expect(await bench.run(id)).toMatchObject({
      state: 'failed',
      rowsNew: 3,
      error: { code: 'VIN_CONNECTION_COLUMN_GONE', message: expect.stringContaining('«Apellidos», «Correo»') },
    });
    await lay(folder, 'clientes-1.csv', customers(1, 1), 1);
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsNew: 1 });
  });

  it('that are still being written wait for the next run', async () => {
    await lay(folder, 'clientes-lento.csv', customers(1, 2), 0);
    const id = await add();
    // Written on for as long as the run takes to begin and to look twice.
    const over = new AbortController();
    const running = bench.run(id).finally(() => over.abort());
    for (let n = 3; !over.signal.aborted; n++) {
      await lay(folder, 'clientes-lento.csv', customers(1, n), -n);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await running).toMatchObject({ state: 'done', imports: [] });
    const finished = join(folder, 'clientes-lento.csv');
    await lay(folder, 'clientes-lento.csv', customers(1, 40), 5);
    expect(await readdir(folder)).toContain(finished.split('/').at(-1));
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsNew: 40 });
  });

  it('with a new column are taken without it, and the warning stays until somebody looks', async () => {
    await lay(folder, 'clientes-1.csv', HEAD.replace('\n', ';Talla\n') + '1;Ana;García;ana@example.com;XL\n');
    const id = await add();
    expect(await bench.run(id)).toMatchObject({ state: 'done', rowsNew: 1, drift: { appeared: ['Talla'], vanished: [], changed: [] } });
    expect((await bench.connection(id)).drift).toMatchObject({ appeared: ['Talla'] });
    await acceptDrift(bench.context, SYSTEM, id);
    expect(await bench.connection(id)).toMatchObject({ drift: null, columns: { ...columns, Talla: null } });
  });

  it('are read again from the first when that is wished, and nothing is doubled', async () => {
    await lay(folder, 'clientes-1.csv', customers(1, 5));
    const id = await add();
    await bench.run(id);
    await rewindConnection(bench.context, SYSTEM, id);
    expect(await bench.run(id)).toMatchObject({ rowsRead: 5, rowsNew: 0, rowsSame: 5 });
  });
});

describe('a folder of this machine', () => {
  const files = (folder: string): PullSettings => ({ kind: 'folder', folder, pattern: '*', after: 'keep', moveTo: 'importados' });

  it('is read only where the one who runs the server allows it', async () => {
    const { dataFolder } = bench.context.config;
    await mkdir(join(dataFolder, 'inbox'), { recursive: true });
    for (const folder of [
      '/etc',
      dataFolder,
      join(dataFolder, 'inbox/..'),
      `${dataFolder}/inbox/../uploads`,
      'inbox',
      join(dataFolder, 'inbox2'),
    ]) {
      await expect(tryPlace(bench.context, SYSTEM, { settings: files(folder), secrets: {} })).rejects.toMatchObject({
        code: 'VIN_CONNECTION_FOLDER',
      });
    }
    await expect(tryPlace(bench.context, SYSTEM, { settings: files(join(dataFolder, 'inbox/no')), secrets: {} })).rejects.toMatchObject({
      code: 'VIN_CONNECTION_FOLDER_MISSING',
    });
    bench.context.config.pullFolders = [join(dataFolder, 'erp')];
    await mkdir(join(dataFolder, 'erp/hoy'), { recursive: true });
    await lay(join(dataFolder, 'erp/hoy'), 'clientes.csv', customers(1, 2));
    expect((await tryPlace(bench.context, SYSTEM, { settings: files(join(dataFolder, 'erp/hoy')), secrets: {} })).files).toHaveLength(1);
    bench.context.config.pullFolders = [];
  });

  it('leads nowhere through links', async () => {
    const { dataFolder } = bench.context.config;
    const inbox = join(dataFolder, 'inbox');
    await mkdir(inbox, { recursive: true });
    await symlink('/etc', join(inbox, 'enlace'));
    await symlink('/etc/passwd', join(inbox, 'clientes.csv'));
    await expect(tryPlace(bench.context, SYSTEM, { settings: files(join(inbox, 'enlace')), secrets: {} })).rejects.toMatchObject({
      code: 'VIN_CONNECTION_FOLDER',
    });
    await expect(tryPlace(bench.context, SYSTEM, { settings: files(inbox), secrets: {} })).rejects.toMatchObject({
      code: 'VIN_CONNECTION_NO_FILES',
    });
  });
});

describe('an SFTP server', () => {
  const settings = (changes = {}): PullSettings => {
    const { host, port, user, hostKey, folder } = server;
    return { kind: 'sftp', host, port, user, hostKey, folder, pattern: '*.csv', after: 'keep', moveTo: 'importados', ...changes };
  };
  const secrets = () => ({ privateKey: server.privateKey, passphrase: server.passphrase });

  it.each([
    ['VIN_CONNECTION_DENIED', {}, { passphrase: '', privateKey: '', password: 'otra' }],
    ['VIN_CONNECTION_UNREACHABLE', { port: 1 }, {}],
    ['VIN_CONNECTION_FOLDER_MISSING', { folder: '/no/hay' }, {}],
    ['VIN_CONNECTION_HOST_KEY', { hostKey: 'SHA256:otra' }, {}],
  ])('says %s of %o', async (code, changes, other) => {
    await expect(
      tryPlace(bench.context, SYSTEM, { settings: settings(changes), secrets: { ...secrets(), ...other } }),
    ).rejects.toMatchObject({ code });
  });

  it('shows its key to who asks, before anything is sent to it', async () => {
    expect(await hostKeyOf(server)).toBe(server.hostKey);
    await expect(hostKeyOf({ host: server.host, port: 1 })).rejects.toMatchObject({ code: 'VIN_CONNECTION_UNREACHABLE' });
  });

  it('is not kept before its key was seen', async () => {
    const input = {
      name: 'SFTP',
      settings: settings({ hostKey: undefined }),
      secrets: secrets(),
      sourceId: bench.sourceId,
      importKind: 'customers' as const,
    };
    const rest = { columns, options: {}, schedule: { every: 'never' as const }, enabled: true, alertAfter: 3, alertTo: [] };
    await expect(addConnection(bench.context, SYSTEM, { ...input, ...rest })).rejects.toMatchObject({ code: 'VIN_REQUEST_INVALID' });
  });

  it('whose connection ends while a file that was read is being closed, ends nothing else', async () => {
    await lay(server.folder, 'leido.txt', customers(1, 50));
    const place = await openSftp(settings() as Parameters<typeof openSftp>[0], secrets());
    try {
      const file = await place.open('leido.txt');
      let length = 0;
      for await (const piece of file) length += (piece as Buffer).length;
      expect(length).toBeGreaterThan(1_000);
      // What the library does with an answer that does not come any more: a matter of milliseconds.
      expect(() => file.emit('error', new Error('No response from server'))).not.toThrow();
    } finally {
      await place.close();
    }
  });

  it('that shows another key than before gets no files and no password', async () => {
    await lay(server.folder, 'clientes-z.csv', customers(1, 2));
    const id = await bench.add(settings(), { importKind: 'customers', columns, secrets: secrets() });
    expect(await bench.run(id)).toMatchObject({ state: 'done' });
    await server.changeKey();
    expect(await bench.run(id)).toMatchObject({ state: 'failed', error: { code: 'VIN_CONNECTION_HOST_KEY' } });
  });
});
