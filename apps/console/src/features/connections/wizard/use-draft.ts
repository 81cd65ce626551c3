import { useCallback } from 'react';
import { useLocalStorage } from '../../../ui/kit.ts';
import type { ColumnMapping, FileOptions, ImportKind } from '../../imports/schemas.ts';
import type { ConnectionDetail, PullKind, Schedule, Trial } from '../schemas.ts';

/** Settings as they are typed: not yet all there, and never secret. */
export type TypedSettings = Record<string, unknown>;

/** What a person has decided about a connection so far. Secrets are not kept: they are typed again after leaving. */
export interface Draft {
  kind?: PullKind;
  settings: TypedSettings;
  /** Rows of the last trial, kept by the server; of these settings. */
  trial?: undefined | { uploadId: string; columns: Trial['columns']; files: Trial['files'] };
  sourceId?: string;
  importKind?: ImportKind;
  /** By column: only those the person chose. */
  columns: ColumnMapping;
  options?: FileOptions;
  customersOf?: string;
  name?: string;
  schedule: Schedule;
  alertTo?: string[];
  alertAfter: number;
  whole?: boolean;
}

const EMPTY: Draft = { settings: {}, columns: {}, schedule: { every: 'hour', minute: 0 }, alertAfter: 3 };

/** The connection begun in this browser, or the one that is being changed. */
export function useDraft(edit: string | undefined, existing: ConnectionDetail | undefined) {
  const [drafts, setDrafts] = useLocalStorage<Record<string, Draft>>({
    key: 'vinculo.connections.drafts',
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const key = edit ?? 'new';
  const before = existing ? draftOf(existing) : EMPTY;
  const draft = drafts[key] ?? before;
  const put = useCallback(
    (change: Partial<Draft>) => setDrafts((all) => ({ ...all, [key]: { ...(all[key] ?? before), ...change } })),
    // What it was before is the same as long as the same connection is changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [setDrafts, key, existing?.id],
  );
  const forget = useCallback(
    () => setDrafts((all) => Object.fromEntries(Object.entries(all).filter(([one]) => one !== key))),
    [setDrafts, key],
  );
  return { draft, put, forget, begun: drafts[key] !== undefined };
}

function draftOf(connection: ConnectionDetail): Draft {
  const { kind, ...settings } = connection.settings;
  return {
    kind,
    settings,
    sourceId: connection.sourceId,
    importKind: connection.importKind,
    columns: connection.columns,
    ...(connection.customersOf ? { customersOf: connection.customersOf } : {}),
    name: connection.name,
    schedule: connection.schedule,
    alertTo: connection.alertTo.map(({ id }) => id),
    alertAfter: connection.alertAfter,
    whole: connection.whole,
  };
}
