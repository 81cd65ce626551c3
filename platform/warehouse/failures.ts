import { fail } from '@vinculo/errors';

const MEMORY_LIMIT = /MEMORY_LIMIT_EXCEEDED|[Mm]emory limit exceeded/;

/** The engine's error in our words where we have some, otherwise as it is. */
export function failed(error: unknown, memoryMb: number): unknown {
  return error instanceof Error && MEMORY_LIMIT.test(error.message) ? fail('VIN_WAREHOUSE_MEMORY', { limit: memoryMb }, error) : error;
}
