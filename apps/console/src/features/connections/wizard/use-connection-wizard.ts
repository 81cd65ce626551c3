import { useMemo, useState } from 'react';
import { useGet } from '../../../api/queries.ts';
import { useWords } from '../../../app/search.ts';
import { asMapping, type MappedColumn, mapColumns, missingFields as missingMeanings } from '../../imports/mapping.ts';
import type { FieldInfo, FileOptions, ImportKind } from '../../imports/schemas.ts';
import { useProposals } from '../../imports/use-proposals.ts';
import { useFields, usePreview, useRememberedMapping, useUpload } from '../../imports/use-upload.ts';
import { OWN } from '../../imports/wizard/use-wizard.ts';
import { type Source, useSources } from '../../sources/use-sources.ts';
import { type ConnectionDetail, isDatabase, type PullKind, type Trial } from '../schemas.ts';
import { type NewConnectionSearch, type Step, STEPS } from '../search.ts';
import { missingFields } from './typed-settings.ts';
import { type TypedSettings, useDraft } from './use-draft.ts';

/** What may change without the rows being others. */
const SAME_ROWS = new Set(['cursor', 'overlapSeconds', 'since', 'after', 'moveTo']);

/** Everything the wizard of connections knows. Its columns are those of the wizard of imports, over the rows of a trial. */
export function useConnectionWizard() {
  const [words, change] = useWords<NewConnectionSearch>();
  const { edit } = words;
  const existing = useGet<ConnectionDetail>(`/connections/${edit}`, {}, { enabled: edit !== undefined, staleTime: 60_000 });
  const { draft, put, forget } = useDraft(edit, existing.data);
  // Never in the browser's store: they are typed again by who comes back.
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const { kind, settings, trial } = draft;

  const reading = useUpload(trial?.uploadId, draft.options);
  const upload = reading.data;
  const sources = useSources();
  const fields = useFields();
  const infos = fields.data?.items;
  const importKind: ImportKind | undefined = draft.importKind ?? upload?.kind ?? undefined;
  const source = sources.data?.items.find(({ id }) => id === (draft.sourceId ?? words.source));
  const memory = useRememberedMapping(edit ? undefined : source?.id, edit ? undefined : importKind);
  const customersOf = draft.customersOf ?? memory.data?.customersOf ?? OWN;
  const options: FileOptions | undefined = draft.options ?? upload?.options;
  const proposals = useProposals(upload, importKind);
  const proposed = proposals.columns;
  const columns = useMemo(
    (): MappedColumn[] =>
      proposed && importKind && infos ? mapColumns(proposed, importKind, infos, draft.columns, memory.data?.columns) : [],
    [proposed, importKind, infos, draft.columns, memory.data],
  );
  const ready =
    upload && importKind && source && options && columns.some(({ field }) => field !== null) && !memory.isFetching && !proposals.reading;
  const asked = ready ? { uploadId: upload.id, kind: importKind, columns: asMapping(columns), options, sourceId: source.id } : undefined;
  const preview = usePreview(asked);
  const missing = importKind && infos ? missingMeanings(importKind, infos, columns, preview.data?.missing ?? []) : [];
  const clashing = columns.some(({ clashes }) => clashes);
  const mapped = columns.some(({ field }) => field !== null);

  const reachable: Step[] = ['kind'];
  if (kind) reachable.push('where');
  if (kind && missingFields(kind, settings, 'where').length === 0) reachable.push('what');
  if (reachable.includes('what') && trial) reachable.push('columns');
  if (reachable.includes('columns') && preview.data && !preview.isPlaceholderData && missing.length === 0 && !clashing && mapped)
    reachable.push('when', 'start');
  const wanted = words.step ?? 'kind';
  const waiting =
    (edit !== undefined && existing.isPending) ||
    (STEPS.indexOf(wanted) >= 3 &&
      trial !== undefined &&
      !reading.error &&
      (!upload ||
        sources.isPending ||
        fields.isPending ||
        (STEPS.indexOf(wanted) > 3 && asked !== undefined && !preview.data && !preview.error)));
  const step = reachable.includes(wanted) ? wanted : reachable.at(-1)!;

  return {
    edit,
    existing: existing.data,
    draft,
    forget,
    secrets,
    /** Names of secrets that the server keeps for this connection. */
    kept: existing.data?.secrets ?? [],
    setSecret: (name: string, value: string) => setSecrets((before) => ({ ...before, [name]: value })),
    dropSecret: (name: string) => setSecrets((before) => Object.fromEntries(Object.entries(before).filter(([one]) => one !== name))),
    pull: kind,
    settings,
    trial,
    upload,
    reading,
    options,
    kind: importKind,
    source,
    sources: (sources.data?.items ?? []) as readonly Source[],
    fields: (infos ?? []) as readonly FieldInfo[],
    customersOf: sources.data?.items.find(({ id }) => id === customersOf && id !== source?.id),
    namesCustomers:
      importKind !== undefined && (infos ?? []).some(({ field, kinds }) => field === 'customer_key' && kinds.includes(importKind)),
    remembered: memory.data,
    columns,
    preview,
    missing,
    clashing,
    mapped,
    waiting,
    step,
    reachable,
    /** Each read brings what is new only, or everything. */
    incremental: isDatabase(kind) || kind === 'http' ? Boolean(settings.cursor) : true,
    error: existing.error ?? reading.error ?? sources.error ?? fields.error ?? null,
    put,
    go: (next: Step) => change({ step: next }),
    choosePull: (next: PullKind) => {
      if (next !== kind) put({ kind: next, settings: {}, trial: undefined });
    },
    type: (next: TypedSettings) =>
      put({
        // Another machine has another key.
        settings: { ...settings, ...('host' in next || 'port' in next ? { hostKey: undefined } : {}), ...next },
        // Rows of a trial of other settings say nothing of these.
        ...(Object.keys(next).every((name) => SAME_ROWS.has(name)) ? {} : { trial: undefined }),
      }),
    tried: (found: Trial) =>
      put({
        trial: { uploadId: found.uploadId, columns: found.columns, files: found.files },
        ...(found.hostKey ? { settings: { ...settings, hostKey: found.hostKey } } : {}),
      }),
    chooseKind: (next: ImportKind) => put({ importKind: next, columns: edit ? draft.columns : {} }),
    chooseMeaning: (column: string, field: string | null) => put({ columns: { ...draft.columns, [column]: field } }),
  };
}

export type ConnectionWizard = ReturnType<typeof useConnectionWizard>;
