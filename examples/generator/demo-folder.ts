import type { FileOptions } from './manifest.ts';
import type { TableFile } from './table-file.ts';

/** What the writers of the demo's files share. */
export interface DemoFolder {
  /** Days from the real dates (2017) to those written: whole weeks, so that a Saturday stays one. */
  shift: number;
  write(
    file: string,
    options: FileOptions,
    columns: readonly string[],
    fill: (table: TableFile) => void,
    someKey?: string,
  ): Promise<number>;
}
