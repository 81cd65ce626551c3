// What customers are worth: fits, forecasts and how good they are. `npm run bench -- value [--quick] [--no-lifetimes]` prints one line a
// figure and exits 1 if any is short. Data: VINCULO_DATA, default ../shared/data. lifetimes: VINCULO_PYTHON, default python3.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { churn } from './churn.ts';
import { customerBase } from './customer-base.ts';
import { groups } from './groups.ts';
import { holdOut } from './hold-out.ts';
import { million } from './million.ts';
import { uplift } from './uplift.ts';
import { worlds } from './worlds.ts';

export interface BenchOptions {
  /** Folder of the public data sets. */
  data: string;
  quick: boolean;
  /** Python to compare with; undefined where it is not asked for. */
  python: string | undefined;
}

/** Each measures its own figures, one after the other. */
const MODULES: readonly ((options: BenchOptions) => void | Promise<void>)[] = [
  customerBase,
  million,
  worlds,
  holdOut,
  churn,
  uplift,
  groups,
];

const here = dirname(fileURLToPath(import.meta.url));
const options: BenchOptions = {
  data: process.env.VINCULO_DATA ?? join(here, '..', '..', '..', 'shared', 'data'),
  quick: process.argv.includes('--quick'),
  python: process.argv.includes('--no-lifetimes') ? undefined : (process.env.VINCULO_PYTHON ?? 'python3'),
};
for (const measure of MODULES) await measure(options);
