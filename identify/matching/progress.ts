/** How far a verb has come: `done` of `total`, in the unit of the phase. */
export interface Progress {
  phase: string;
  done: number;
  total: number;
}

export interface RunOptions {
  onProgress?: (progress: Progress) => void;
  /** An AbortSignal, or anything whose `aborted` turns true: in a worker thread, a getter over shared memory. */
  signal?: { readonly aborted: boolean };
}

/** Throws an AbortError if the caller wants no more of this. */
export function checkAborted(signal: RunOptions['signal']): void {
  if (!signal?.aborted) return;
  const error = new Error('The linkage was cancelled.');
  error.name = 'AbortError';
  throw error;
}
