// lifetimes (C. Davidson-Pilon) on the same customers, where Python has it.
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface LifetimesReport {
  version: string;
  seconds: number;
  /** Says more than the clock where other work runs beside. */
  processorSeconds: number;
  /** Largest resident memory of its process. */
  megabytes: number;
  parameters: Record<string, number>;
}

export type LifetimesJob = 'bg_nbd' | 'pareto_nbd' | 'gamma_gamma' | 'expected';

const script = fileURLToPath(new URL('./lifetimes/fit.py', import.meta.url));

/** Why it cannot run here; undefined if it can. */
export function lifetimesMissing(python: string | undefined): string | undefined {
  if (python === undefined) return 'not asked for';
  const { status, error } = spawnSync(python, ['-c', 'import lifetimes'], { stdio: 'ignore' });
  if (error) return `there is no ${python}; VINCULO_PYTHON names another`;
  return status === 0 ? undefined : `${python} has no lifetimes: pip install lifetimes, or name another Python in VINCULO_PYTHON`;
}

/** @param file of columns x, tx, T, number of orders and their mean, as columns-file.ts writes them. */
export function runLifetimes(python: string, job: LifetimesJob, file: string): LifetimesReport {
  const out = execFileSync(python, ['-W', 'ignore', script, job, file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return JSON.parse(out) as LifetimesReport;
}
