import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/**
 * What stands in the URL of this screen, and how to change it: `const [words, change] = useWords<CustomersSearch>()`.
 * `change({ group: 'loyal' })` keeps the rest; `undefined` takes a word out. Going back undoes it, unless `replace` (typing).
 * `saved`, as of `useGo`: nothing typed here is lost, so nobody asks.
 * The type is the one of the screen's `search` schema in routes.tsx, which has already read it.
 */
export function useWords<T extends Record<string, unknown>>(): [
  T,
  (change: Partial<T>, options?: { replace?: boolean; saved?: boolean }) => void,
] {
  const words = useSearch({ strict: false }) as T;
  const navigate = useNavigate();
  const change = useCallback(
    (next: Partial<T>, { replace = false, saved = false } = {}) => {
      const search = ((before: T) => ({ ...before, ...next })) as never;
      void navigate({ to: '.', search, replace, resetScroll: false, ignoreBlocker: saved });
    },
    [navigate],
  );
  return [words, change];
}
