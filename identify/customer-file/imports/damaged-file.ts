import { fail, VinculoError } from '@vinculo/errors';

/**
 * The error people read where a file turns out to be broken, or cut short on its way: what a decompressor or a reader says of it
 * names internals, in English, and helps nobody. Any other error as it is.
 */
export function asDamagedFile(error: unknown, file: string): unknown {
  if (error instanceof VinculoError) return error.code === 'VIN_IMPORT_UNREADABLE' ? fail('VIN_IMPORT_DAMAGED', { file }, error) : error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('Z_') ? fail('VIN_IMPORT_DAMAGED', { file }, error) : error;
}
