// Worlds made by every model with parameters of every size, each fitted by its own model and by another.
import { performance } from 'node:perf_hooks';
import { simulatedWorlds } from '@vinculo/value';
import { figure } from '../harness/figure.ts';
import type { BenchOptions } from './main.ts';

export function worlds({ quick }: BenchOptions): void {
  const count = quick ? 100 : 1000;
  const began = performance.now();
  let fits = 0;
  let failed = 0;
  for (const { name, failure } of simulatedWorlds(count, 7)) {
    fits++;
    if (failure === undefined) continue;
    failed++;
    console.log(`${name}: ${failure}`);
  }
  figure(`${count.toLocaleString('en')} simulated worlds: fits that failed, of ${fits.toLocaleString('en')}`, failed, 0, '');
  figure(`${count.toLocaleString('en')} simulated worlds: a fit on average`, (performance.now() - began) / fits, undefined, 'ms');
}
