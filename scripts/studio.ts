// What the pictures of the guides are taken with: a server of the product, and a browser signed in to it.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { chromium as playwright, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, chromium } from './chromium.ts';

export const IMAGES = fileURLToPath(new URL('../docs/guides/images/', import.meta.url));
const LOCALES = { es: 'es-ES', en: 'en-GB' } as const;
export const BIN = fileURLToPath(new URL('../apps/cli/bin/vinculo.js', import.meta.url));
const SIZES = { 1440: { width: 1440, height: 900 }, 390: { width: 390, height: 844 } } as const;

export type Width = keyof typeof SIZES;
export type Language = 'es' | 'en';
export interface Account {
  email: string;
  password: string;
}

/** Runs `vinculo <args>` on the data folder until it says where it answers, and `work` meanwhile. */
export async function whileServing(
  args: string[],
  dataFolder: string,
  work: (url: string) => Promise<void>,
  environment: Record<string, string> = {},
): Promise<void> {
  const server = spawn(process.execPath, [BIN, ...args], {
    env: { ...process.env, ...environment, VINCULO_DATA_FOLDER: dataFolder, VINCULO_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await work(await addressOf(server));
  } finally {
    // One that never began has ended already, and will not say so again.
    if (server.exitCode === null && server.kill('SIGTERM')) await new Promise((resolve) => server.once('exit', resolve));
  }
}

export interface Studio {
  language: Language;
  /** A page of somebody signed in, on a screen this wide. */
  signedIn(url: string, account: Account, width: Width): Promise<Page>;
}

/** A browser of somebody who reads this language. Fields of dates speak the browser's own, where it has brought that language. */
export async function withBrowser(language: Language, work: (studio: Studio) => Promise<void>): Promise<void> {
  const locale = LOCALES[language];
  const browser = await playwright.launch({
    executablePath: chromium(),
    args: [...CHROMIUM_FLAGS, `--lang=${locale}`],
    env: { ...process.env, LANGUAGE: locale.replace('-', '_') },
  });
  const signedIn: Studio['signedIn'] = async (url, account, width) => {
    const context = await browser.newContext({
      baseURL: url,
      viewport: SIZES[width],
      locale,
      deviceScaleFactor: width === 390 ? 2 : 1,
    });
    // A machine with other work to do is slow, not broken.
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();
    await page.request.post('/api/auth/sign-in/email', { data: account, headers: { origin: url } });
    await page.request.patch('/api/v1/me', { data: { language, theme: 'light' }, headers: { origin: url } });
    return page;
  };
  try {
    await work({ language, signedIn });
  } finally {
    await browser.close();
  }
}

/** Once the page is there and its charts have drawn themselves. A page that never came must not become a picture of nothing. */
export async function arrived(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle').catch(() => {});
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      // The demo also says where its shop is; the console always answers on this machine's own address.
      const address = /https?:\/\/(127\.0\.0\.1|\[::1\]):\d+/.exec(out);
      if (address) resolve(address[0]);
    });
    child.once('exit', (code) => reject(new Error(`vinculo ended with ${code}:\n${out}`)));
  });
}
