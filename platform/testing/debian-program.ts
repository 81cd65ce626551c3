import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { childEnvironment } from '@vinculo/config';

export interface DebianProgram {
  /** What is looked for in the path, or by its place: `mariadbd`. */
  name: string;
  /** Where Debian puts it when it is not in everybody's path. */
  places: readonly string[];
  /** Debian's packages that bring it. */
  packages: readonly string[];
  /** What needs it: "The tests of connections to MariaDB". */
  needed: string;
}

/**
 * Path of a program that a test needs; installs Debian's package where we are root on a Debian.
 *
 * @throws Error that says exactly what to install.
 */
export function debianProgram({ name, places, packages, needed }: DebianProgram): string {
  const found = () => {
    const look = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    return look.status === 0 ? look.stdout.trim() : places.find((place) => existsSync(place));
  };
  const here = found();
  if (here) return here;
  const installed = installPackages(packages) && found();
  if (installed) return installed;
  throw new Error(
    `${needed} need ${name}. Install it ("apt-get install ${packages.join(' ')}" on Debian and Ubuntu, as root) and run again.`,
  );
}

/** Installs packages where we are root on a Debian. @returns false where we are not. */
export function installPackages(packages: readonly string[]): boolean {
  if (process.getuid?.() !== 0 || spawnSync('sh', ['-c', 'command -v apt-get']).status !== 0) return false;
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'],
    env: childEnvironment({ DEBIAN_FRONTEND: 'noninteractive' }),
  };
  execFileSync('apt-get', ['update', '-qq'], quiet);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
  return true;
}
