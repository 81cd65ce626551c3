// A browser for the browser tests and the screenshots: the system's own, or Debian's package where we may install it.
import { execFileSync, spawnSync } from 'node:child_process';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]; // prettier-ignore

function found(): string | undefined {
  for (const name of NAMES) {
    const look = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    if (look.status === 0) return look.stdout.trim();
  }
  return undefined;
}

/**
 * Path of a Chromium on this machine; installs Debian's package where we are root on a Debian.
 *
 * @throws Error that says exactly what to install.
 */
export function chromium(): string {
  const here = found();
  if (here) return here;
  const root = process.getuid?.() === 0;
  const apt = spawnSync('sh', ['-c', 'command -v apt-get']).status === 0;
  if (root && apt) {
    console.log('Installing Chromium from Debian for the browser tests…');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    });
    const installed = found();
    if (installed) return installed;
  }
  throw new Error('The browser tests need Chromium. Install it ("apt-get install chromium" on Debian and Ubuntu, as root) and run again.');
}
