import { useCallback } from 'react';
import { useLocalStorage } from '../../ui/kit.ts';
import type { Step } from './search.ts';
import type { ColumnMapping, FileOptions, ImportKind } from './schemas.ts';

/** What a person has decided about an upload so far. Only decisions: what is in the file stays on the server. */
export interface Draft {
  fileName: string;
  at: string;
  /** Where it was left. */
  step?: Step | undefined;
  options?: FileOptions | undefined;
  kind?: ImportKind | undefined;
  sourceId?: string | undefined;
  /** Whose customer numbers it uses; `own` is its source's. */
  customersOf?: string | undefined;
  /** By column: only those the person changed. */
  columns: ColumnMapping;
}

const KEPT = 40;

/** Imports begun in this browser and not yet started, by upload. */
export function useDrafts() {
  const [drafts, setDrafts] = useLocalStorage<Record<string, Draft>>({
    key: 'vinculo.imports.drafts',
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const put = useCallback(
    (uploadId: string, change: Partial<Draft>) =>
      setDrafts((before) => {
        const own = before[uploadId] ?? { fileName: '', at: new Date().toISOString(), columns: {} };
        const all = Object.entries({ ...before, [uploadId]: { ...own, ...change } });
        return Object.fromEntries(all.toSorted(([, a], [, b]) => b.at.localeCompare(a.at)).slice(0, KEPT));
      }),
    [setDrafts],
  );
  const forget = useCallback(
    (uploadId: string) => setDrafts((before) => Object.fromEntries(Object.entries(before).filter(([id]) => id !== uploadId))),
    [setDrafts],
  );
  return { drafts, put, forget };
}
