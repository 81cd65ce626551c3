// The product as its users have it: the command started as a process of its own on an empty folder, and a browser before it.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '@vinculo/config';
import { type BrowserContext, type BrowserContextOptions, chromium as playwright, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { type Api, api } from '../bench/customer-file/api.ts';
import { CHROMIUM_FLAGS, chromium } from '../scripts/chromium.ts';

const BIN = fileURLToPath(new URL('../apps/cli/bin/vinculo.js', import.meta.url));
/** Longest an expectation may take to come true on a busy machine. */
const PATIENCE_MS = 20_000;

export const LAPTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
export const OWNER = { name: 'Ana Prueba', email: 'ana@example.com', password: 'una frase bien larga', companyName: 'Tienda de Ana' };

export interface World {
  url: string;
  /** With every permission, for what a test needs but does not test. */
  api: Api;
  /** A scratch file's path. */
  path(name: string): string;
  /** A browser of somebody who is not signed in; closed when the test ends. */
  visitor(options?: BrowserContextOptions): Promise<Page>;
  /** The owner, signed in; made at the first call. */
  owner(options?: BrowserContextOptions): Promise<Page>;
  /** The same for many tests, where they would all load the same things; closed with the world. */
  ownerForLong(options?: BrowserContextOptions): Promise<Page>;
  /** Another page with the sessions of `page`, for another screen size or language. */
  again(page: Page, options: BrowserContextOptions): Promise<Page>;
  stop(): Promise<void>;
}

/** An expectation that has time to come true: `await until(() => list.count()).toBe(3)`. */
export const until = <T>(read: () => T | Promise<T>, message?: string) =>
  expect.poll(read, { timeout: PATIENCE_MS, interval: 50, message });

export async function startWorld(): Promise<World> {
  const executablePath = chromium();
  const folder = mkdtempSync(join(tmpdir(), 'vinculo-e2e-'));
  // What vitest sets for its own is not what a user has: with NODE_ENV=test the console would be built for developers.
  const own = { VINCULO_DATA_FOLDER: join(folder, 'data'), VINCULO_PORT: '0', VINCULO_LOG_LEVEL: 'warn', VINCULO_LANGUAGE: 'es' };
  const { NODE_ENV: _, VITEST: __, ...env } = childEnvironment(own);
  const server = spawn(process.execPath, [BIN, 'start'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [url, browser] = await Promise.all([addressOf(server), playwright.launch({ executablePath, args: CHROMIUM_FLAGS })]);
  const key = readFileSync(join(folder, 'data', 'cli.key'), 'utf8').trim();
  let owner: Awaited<ReturnType<BrowserContext['storageState']>> | undefined;

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      baseURL: url,
      viewport: LAPTOP,
      locale: 'es-ES',
      timezoneId: 'Europe/Madrid',
      colorScheme: 'light',
      // Half-faded things have no contrast to measure.
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    troubles.set(page, watch(page));
    return page;
  }
  async function openForTest(options?: BrowserContextOptions): Promise<Page> {
    const page = await open(options);
    onTestFinished(() => page.context().close());
    showIfFailed(page);
    return page;
  }
  async function asOwner(): Promise<BrowserContextOptions> {
    if (!owner) {
      const context = await browser.newContext({ baseURL: url });
      const made = await context.request.post('/api/v1/setup', { data: { ...OWNER, language: 'es' }, headers: { origin: url } });
      if (!made.ok()) throw new Error(`The owner could not be made: ${await made.text()}`);
      owner = await context.storageState();
      await context.close();
    }
    return { storageState: owner };
  }

  return {
    url,
    api: api(url, key),
    path: (name) => join(folder, name),
    visitor: openForTest,
    owner: async (options) => openForTest({ ...options, ...(await asOwner()) }),
    ownerForLong: async (options) => open({ ...options, ...(await asOwner()) }),
    again: async (page, options) => openForTest({ ...options, storageState: await page.context().storageState() }),
    async stop() {
      await browser.close();
      const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    server.stdout!.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const address = /Vínculo listo en (https?:\/\/\S+)/.exec(out)?.[1];
      if (address) resolve(address);
    });
    server.once('exit', (code) => reject(new Error(`vinculo start ended with ${code}:\n${out}`)));
  });
}

const troubles = new WeakMap<Page, string[]>();

/** What went wrong behind the face of this page: console errors, exceptions, requests refused or failed. Taking them empties the list. */
export const takeTroubles = (page: Page): string[] => troubles.get(page)!.splice(0);

function watch(page: Page): string[] {
  const list: string[] = [];
  page.on('pageerror', (error) => list.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    // Chromium repeats every refused request in the console; the request itself says more.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) list.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) list.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    // A reading the console no longer needs is taken back; that is not a failure.
    const why = request.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') list.push(`${why} ${request.url()}`);
  });
  return list;
}

/** If the test fails, a picture of this page and what went wrong behind it. */
export function showIfFailed(page: Page): void {
  onTestFinished(async ({ task }) => {
    if (task.result?.state !== 'fail' || page.isClosed()) return;
    const picture = join(tmpdir(), `vinculo-${task.id}-${Date.now()}.png`);
    await page.screenshot({ path: picture });
    console.error([`${page.url()} as it stood: ${picture}`, ...(troubles.get(page) ?? [])].join('\n'));
  });
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeRun {
  violations: { id: string; impact: string; help: string; nodes: { target: unknown[]; failureSummary: string }[] }[];
}

/** What axe finds serious or critical: `rule: help (where; why)`. With `rules`, only those. */
export async function axe(page: Page, rules?: string[]): Promise<string[]> {
  const options = { resultTypes: ['violations'], ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}) };
  if (!(await page.evaluate<boolean>(`'axe' in globalThis`))) await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeRun>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help} (${target.join(' ')}; ${failureSummary.replace(/\s+/g, ' ')})`),
    );
}

/** How many pixels the page, or the part of it that scrolls, is wider than its place; 0 is right. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate<number>(`Math.max(
    ...[document.documentElement, ...document.querySelectorAll('main, main > *')].map((part) => part.scrollWidth - part.clientWidth)
  )`);
