import { useMemo } from 'react';
import { useWords } from '../../../app/search.ts';
import { type Source, useSources } from '../../sources/use-sources.ts';
import { type Draft, useDrafts } from '../drafts.ts';
import { asMapping, type MappedColumn, mapColumns, missingFields } from '../mapping.ts';
import type { FieldInfo, FileOptions, ImportKind, Upload } from '../schemas.ts';
import { type NewImportSearch, type Step, STEPS } from '../search.ts';
import { useProposals } from '../use-proposals.ts';
import { rememberUpload, useFields, usePreview, useRememberedMapping, useUpload } from '../use-upload.ts';

/** The file uses the customer numbers of its own source. */
export const OWN = 'own';
const NO_DRAFT: Draft = { fileName: '', at: '', columns: {} };

/** Everything the wizard knows: what the URL says, what the person decided, what the server read. */
export function useWizard() {
  const [words, change] = useWords<NewImportSearch>();
  const { drafts, put: putDraft, forget } = useDrafts();
  const uploadId = words.upload;
  const draft = (uploadId && drafts[uploadId]) || NO_DRAFT;

  const reading = useUpload(uploadId, draft.options);
  const upload = reading.data;
  const sources = useSources();
  const fields = useFields();
  const kind: ImportKind | undefined = draft.kind ?? upload?.kind ?? undefined;
  const source = sources.data?.items.find(({ id }) => id === (draft.sourceId ?? words.source));
  const memory = useRememberedMapping(source?.id, kind);
  const customersOf = draft.customersOf ?? memory.data?.customersOf ?? OWN;
  const options: FileOptions | undefined = draft.options ?? upload?.options;

  const infos = fields.data?.items;
  const proposals = useProposals(upload, kind);
  const proposed = proposals.columns;
  const columns = useMemo(
    (): MappedColumn[] => (proposed && kind && infos ? mapColumns(proposed, kind, infos, draft.columns, memory.data?.columns) : []),
    [proposed, kind, infos, draft.columns, memory.data],
  );
  const ready =
    uploadId &&
    upload &&
    kind &&
    source &&
    options &&
    columns.some(({ field }) => field !== null) &&
    !memory.isFetching &&
    !proposals.reading;
  const asked = ready ? { uploadId, kind, columns: asMapping(columns), options, sourceId: source.id } : undefined;
  const preview = usePreview(asked);

  const missing = kind && infos ? missingFields(kind, infos, columns, preview.data?.missing ?? []) : [];
  const clashing = columns.some(({ clashes }) => clashes);
  const mapped = columns.some(({ field }) => field !== null);
  const reachable: Step[] = ['file'];
  if (upload) reachable.push('what');
  if (upload && kind && source) reachable.push('columns');
  if (reachable.includes('columns') && preview.data && !preview.isPlaceholderData && missing.length === 0 && !clashing && mapped)
    reachable.push('check', 'start');
  const wanted = words.step ?? (uploadId ? 'what' : 'file');
  // A step that cannot be drawn yet falls back, but not while what it needs is still being read.
  const waiting =
    uploadId !== undefined &&
    !reading.error &&
    (!upload ||
      sources.isPending ||
      fields.isPending ||
      (STEPS.indexOf(wanted) > 2 && (memory.isFetching || proposals.reading || (asked !== undefined && !preview.data && !preview.error))));
  const step = reachable.includes(wanted) ? wanted : reachable.at(-1)!;

  const put = (next: Partial<Draft>) => {
    if (uploadId) putDraft(uploadId, { fileName: upload?.fileName ?? draft.fileName, at: new Date().toISOString(), ...next });
  };
  return {
    uploadId,
    upload,
    reading,
    draft,
    drafts,
    options,
    kind,
    source,
    sources: (sources.data?.items ?? []) as readonly Source[],
    fields: (infos ?? []) as readonly FieldInfo[],
    /** The source whose customer numbers it uses, where it is another than its own. */
    customersOf: sources.data?.items.find(({ id }) => id === customersOf && id !== source?.id),
    /** Whether its rows name customers of somebody. */
    namesCustomers: kind !== undefined && (infos ?? []).some(({ field, kinds }) => field === 'customer_key' && kinds.includes(kind)),
    remembered: memory.data,
    columns,
    preview,
    missing,
    clashing,
    mapped,
    waiting,
    wanted,
    step,
    reachable,
    error: reading.error ?? sources.error ?? fields.error ?? null,
    put,
    forget,
    go: (next: Step) => {
      put({ step: next });
      change({ step: next });
    },
    /** A file has arrived: on to what it is. */
    begin: (arrived: Upload) => {
      rememberUpload(arrived);
      putDraft(arrived.id, { fileName: arrived.fileName, at: new Date().toISOString(), options: arrived.options, columns: {} });
      change({ upload: arrived.id, step: 'what' });
    },
    /** The next of a queue, or one of them: of the same source as the last, until somebody says otherwise. */
    take: (id: string) => change({ upload: id, step: drafts[id]?.step ?? 'what', source: source?.id ?? words.source }),
    resume: (id: string) => change({ upload: id, step: drafts[id]?.step }),
    restart: () => change({ upload: undefined, step: undefined }),
    /** Meanings chosen for another kind of file would be ignored anyway; they are forgotten. */
    chooseKind: (next: ImportKind) => put({ kind: next, columns: {} }),
    chooseOptions: (next: Partial<FileOptions>) => options && put({ options: { ...options, ...next } }),
    chooseMeaning: (column: string, field: string | null) => put({ columns: { ...draft.columns, [column]: field } }),
  };
}

export type Wizard = ReturnType<typeof useWizard>;

/** What the step of the columns needs of a wizard: other ways for rows to come in have it too. */
export type MappingWizard = Pick<
  Wizard,
  'columns' | 'kind' | 'preview' | 'missing' | 'clashing' | 'mapped' | 'source' | 'remembered' | 'fields' | 'chooseMeaning'
>;
