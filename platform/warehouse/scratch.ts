import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Files of a folder that is there, each under a name of its own and for as long as it is used. */
export const scratchFiles =
  (folder: string) =>
  async <T>(use: (path: string) => Promise<T>): Promise<T> => {
    const path = join(folder, randomUUID());
    try {
      return await use(path);
    } finally {
      await rm(path, { force: true });
    }
  };
