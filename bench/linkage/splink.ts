// Splink on the same records, where Python has it. Our settings for it are in splink/settings.py.
import { execFileSync, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface SplinkReport {
  version: string;
  rows: number;
  pairs: number;
  seconds: { u: number; train: number; predict: number; cluster: number; total: number };
  megabytes: number;
  at95: SplinkAccuracy;
  best: SplinkAccuracy;
}

export interface SplinkAccuracy {
  threshold: number;
  edge: number;
  pairwise: number;
  bcubed: number;
}

const python = process.env.VINCULO_PYTHON ?? 'python3';
const script = join(dirname(fileURLToPath(import.meta.url)), 'splink', 'link.py');

/** Why Splink cannot run here; undefined if it can. */
export function splinkMissing(): string | undefined {
  const { status, error } = spawnSync(python, ['-c', 'import splink'], { stdio: 'ignore' });
  if (error) return `there is no ${python}; VINCULO_PYTHON names another`;
  return status === 0 ? undefined : `${python} has no splink: pip install splink, or name another Python in VINCULO_PYTHON`;
}

/** Links a CSV with `unique_id`, the columns that the settings name, and `entity`. */
export function runSplink(csv: string, settings: string): SplinkReport {
  return JSON.parse(execFileSync(python, [script, csv, settings], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
}
