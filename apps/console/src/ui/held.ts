import { useState } from 'react';

/**
 * What a form began with stays what it shows while something is typed in it, also when somebody else saves meanwhile and what the
 * server knows is another: saving then is refused with the reason, and nothing that was typed is gone.
 *
 * @returns what to show; and a function that holds it while true, and lets go of it.
 */
export function useHeld<T>(latest: T | undefined): [T | undefined, (on: boolean) => void] {
  const [held, setHeld] = useState<T>();
  const shown = held ?? latest;
  return [shown, (on) => setHeld(on ? shown : undefined)];
}
