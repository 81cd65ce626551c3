// One file into the customer file over the API, with its progress: what `vinculo import` and the demo both do.
import type { Translate } from '@vinculo/languages';
import { ApiProblem, type Client } from './client.ts';
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

export class NothingRecognised extends Error {}

export async function runImport(client: Client, t: Translate, line: ProgressLine, request: ImportRequest): Promise<ImportView> {
  const source = await findOrMakeSource(client, request.source);
  let upload = await client.upload<UploadView>('/imports/uploads', request.path);
  if (request.options) {
    upload = await client.send<UploadView>('POST', `/imports/uploads/${upload.id}/inspect`, {
      options: { ...upload.options, ...request.options },
    });
  }
  const kind = request.kind ?? upload.kind;
  if (!kind) throw new NothingRecognised(t('cli:import.kindUnknown', { file: request.label }));
  const known = request.columns ?? (await remembered(client, source.id, kind));
  const columns = Object.fromEntries(upload.columns.map(({ column, field }) => [column, known ? (known[column] ?? null) : field]));

  const started = await client.send<ImportView>('POST', '/imports', {
    uploadId: upload.id,
    sourceId: source.id,
    kind,
    columns,
    options: upload.options,
  });
  if (started.jobId) {
    await client.wait(started.jobId, (job) => {
      const rate = job.ratePerSecond ? t('cli:progress.rate', { rate: Math.round(job.ratePerSecond) }) : '';
      const left = job.secondsLeft ? t('cli:progress.left', { seconds: Math.ceil(job.secondsLeft) }) : '';
      line.show(
        `${request.label} · ${t(`cli:phase.${job.phase ?? 'waiting'}`)}`,
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

/** What this source's columns meant the last time, as in the wizard; undefined the first time. */
async function remembered(client: Client, sourceId: string, kind: string): Promise<Record<string, string | null> | undefined> {
  try {
    return (await client.get<{ columns: Record<string, string | null> }>(`/sources/${sourceId}/mapping?kind=${kind}`)).columns;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined;
    throw error;
  }
}
