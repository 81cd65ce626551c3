import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openWarehouse, type Warehouse } from '@vinculo/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestFile } from '../identity/identity.fixture.ts';
import { applyRelink } from './apply-relink.ts';
import { previewRelink } from './preview-relink.ts';
import { daring, draft, identityOf, DAUGHTERS, PEOPLE, published, smallFile } from './relink.fixture.ts';
import { relinkById } from './relink-rows.ts';
import { undoRelink } from './undo-relink.ts';

let file: TestFile;
let reopened: Warehouse | undefined;
let id: string;
let before: string;
beforeAll(async () => {
  file = await smallFile();
  before = await identityOf(file);
  id = await draft(file, daring());
  await previewRelink(file.context, id);
});
afterAll(async () => {
  await reopened?.close();
  await file?.close();
});

/** Lets another process do it and die in that phase; then the stores are ours again. */
async function dieIn(what: 'apply' | 'undo', phase: string): Promise<void> {
  await file.context.warehouse.close();
  const script = fileURLToPath(new URL('./relink-killed.fixture.ts', import.meta.url));
  const args = ['--import', 'tsx', script, JSON.stringify(file.context.config), what, id, phase];
  const [, signal] = await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit');
  expect(signal).toBe('SIGKILL');
  file.context.warehouse = reopened = await openWarehouse(file.context.config);
}

const state = async () => (await relinkById(file.context.store.db, id)).state;
const owners = async () => new Set((await file.customers()).values()).size;

describe('a change of settings, killed', () => {
  it('while it writes leaves everything as it was', async () => {
    await dieIn('apply', 'golden');
    expect(await state()).toBe('previewed');
    expect(await identityOf(file)).toBe(before);
  });

  it('between the desk and the warehouse is whole, and the job taken up again tells the warehouse', async () => {
    await dieIn('apply', 'publish');
    expect(await state()).toBe('applied');
    expect(await owners()).toBe(PEOPLE);
    await applyRelink(file.context, id);
    expect(await published(file)).toEqual(await file.customers());
  });

  it('while it is undone stays applied, and the undo taken up again brings all back', async () => {
    await dieIn('undo', 'golden');
    expect(await state()).toBe('applied');
    expect(await owners()).toBe(PEOPLE);
    await dieIn('undo', 'publish');
    expect(await state()).toBe('undone');
    await undoRelink(file.context, id);
    expect(await identityOf(file)).toBe(before);
    expect(await owners()).toBe(PEOPLE + DAUGHTERS);
    expect(await published(file)).toEqual(await file.customers());
  });
});
