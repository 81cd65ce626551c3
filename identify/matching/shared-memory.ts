/**
 * Numbers that worker threads can read where they lie, without a copy; ordinary memory where the platform has none to share
 * (a browser page that is not isolated). Zeroed.
 */
export function sharedUint32(length: number): Uint32Array {
  return typeof SharedArrayBuffer === 'undefined' ? new Uint32Array(length) : new Uint32Array(new SharedArrayBuffer(length * 4));
}

/** A copy that worker threads can read where it lies; the array itself where they already can. */
export function toShared(array: Uint32Array): Uint32Array {
  if (typeof SharedArrayBuffer === 'undefined' || array.buffer instanceof SharedArrayBuffer) return array;
  const shared = sharedUint32(array.length);
  shared.set(array);
  return shared;
}
