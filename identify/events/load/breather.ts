import { setImmediate } from 'node:timers/promises';

/** Computing for longer than this, whoever asks for a page would notice. */
const SLICE_MS = 6;

/** Lets others go on after every few milliseconds of computing: call it with each thing that is done. */
export function breather(): () => Promise<void> | undefined {
  let since = performance.now();
  const rest = async (): Promise<void> => {
    await setImmediate();
    since = performance.now();
  };
  return () => (performance.now() - since < SLICE_MS ? undefined : rest());
}
