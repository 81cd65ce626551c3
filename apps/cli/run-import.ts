// One file into the customer file over the API, with its progress: what `vinculo import` and the demo both do.
import type { Translate } from '@vinculo/languages';
import type { Client } from './client.ts';
import type { ProgressLine } from './progress-line.ts';

export interface ImportView {
  id: string;
  state: string;
  rowsRead: number;
  rowsNew: number;
  rowsChanged: number;
  rowsSame: number;
  rowsRejected: number;
  jobId: string | null;
  error: { code: string; message: string } | null;
}

interface UploadView {
  id: string;
  kind: string | null;
  options: Record<string, unknown>;
  columns: { column: string; field: string | null }[];
}

interface SourceView {
  id: string;
  name: string;
}

export interface ImportRequest {
  path: string;
  label: string;
  source: { name: string; label: string; country: string; trust?: number };
  /** Proposed from the file where not given. */
  kind?: string;
  /** As the last time for this source and kind, or else as proposed, where not given. */
  columns?: Record<string, string | null>;
  options?: Record<string, unknown>;
}

/** What was asked for cannot be made out; its message is for people. */
export class NotUnderstood extends Error {}

export async function runImport(client: Client, t: Translate, line: ProgressLine, request: ImportRequest): Promise<ImportView> {
  const source = await findOrMakeSource(client, request.source);
  let upload = await client.upload<UploadView>('/imports/uploads', request.path);
  if (request.options) {
    upload = await client.send<UploadView>('POST', `/imports/uploads/${upload.id}/inspect`, {
      options: { ...upload.options, ...request.options },
    });
  }
  const kind = request.kind ?? upload.kind;
  if (!kind) throw new NotUnderstood(t('cli:import.kindUnknown', { file: request.label }));
  const before = await remembered(client, source.id, kind);
  const columns = request.columns
    ? Object.fromEntries(upload.columns.map(({ column }) => [column, request.columns?.[column] ?? null]))
    : asRemembered(upload.columns, before.columns);

  const started = await client.send<ImportView>('POST', '/imports', {
    uploadId: upload.id,
    sourceId: source.id,
    kind,
    columns,
    options: upload.options,
    ...(before.customersOf ? { customersOf: before.customersOf } : {}),
  });
  if (started.jobId) {
    await client.wait(started.jobId, (job) => {
      const rate = job.ratePerSecond ? t('cli:progress.rate', { rate: Math.round(job.ratePerSecond) }) : '';
      const left = job.secondsLeft ? t('cli:progress.left', { seconds: Math.ceil(job.secondsLeft) }) : '';
      line.show(
        `${request.label} · ${t(`jobs:phase.${job.phase ?? 'waiting'}`).toLowerCase()}`,
        job.done,
        job.total,
        [rate, left].filter(Boolean).join(' · '),
      );
    });
  }
  return client.get<ImportView>(`/imports/${started.id}`);
}

async function findOrMakeSource(client: Client, wanted: ImportRequest['source']): Promise<SourceView> {
  const { items } = await client.get<{ items: SourceView[] }>('/sources');
  return items.find(({ name }) => name === wanted.name) ?? client.send<SourceView>('POST', '/sources', wanted);
}

type Columns = Record<string, string | null>;

/** What this source's columns meant the last time, as in the wizard; nothing the first time. */
async function remembered(client: Client, sourceId: string, kind: string): Promise<{ columns: Columns; customersOf: string | null }> {
  return client.get(`/sources/${sourceId}/mapping?kind=${kind}`);
}

/** Columns of before as they were meant; new ones as proposed, unless that meaning is taken. */
function asRemembered(proposed: UploadView['columns'], known: Columns): Columns {
  const taken = new Set(proposed.map(({ column }) => known[column]));
  return Object.fromEntries(
    proposed.map(({ column, field }) => {
      if (Object.hasOwn(known, column)) return [column, known[column] ?? null];
      return [column, field !== null && taken.has(field) ? null : field];
    }),
  );
}
