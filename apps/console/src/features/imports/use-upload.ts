import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ApiError } from '../../api/problem.ts';
import { call } from '../../api/client.ts';
import { queryClient, useGet } from '../../api/queries.ts';
import type { ColumnMapping, FieldInfo, FileOptions, ImportKind, Preview, Upload } from './schemas.ts';

const HOUR_MS = 3_600_000;
const keyOf = (id: string | undefined, options: FileOptions | undefined) => ['/imports/uploads', id, options ?? null];

/** A file that the server keeps, read with these options; without options, as it was detected. */
export function useUpload(id: string | undefined, options: FileOptions | undefined) {
  return useQuery<Upload, ApiError>({
    queryKey: keyOf(id, options),
    queryFn: ({ signal }) => call({ method: 'POST', path: `/imports/uploads/${id}/inspect`, body: options ? { options } : {}, signal }),
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    // While the file is read again with other options, the last reading stays on screen.
    placeholderData: (before) => (before?.id === id ? before : undefined),
  });
}

/** A file just sent needs no second reading. */
export function rememberUpload(upload: Upload): void {
  queryClient.setQueryData(keyOf(upload.id, undefined), upload);
  queryClient.setQueryData(keyOf(upload.id, upload.options), upload);
}

export interface PreviewAsked {
  uploadId: string;
  /** Its country is that of phones, ids and addresses that do not say theirs. */
  sourceId: string;
  kind: ImportKind;
  columns: ColumnMapping;
  options: FileOptions;
}

/** The first rows as they would be taken in. */
export function usePreview(asked: PreviewAsked | undefined) {
  return useQuery<Preview, ApiError>({
    queryKey: ['/imports/preview', asked],
    queryFn: ({ signal }) => call({ method: 'POST', path: '/imports/preview', body: asked, signal }),
    enabled: asked !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}

/** Every field a column may mean, by kind of file. */
export const useFields = () => useGet<{ items: FieldInfo[] }>('/fields', {}, { staleTime: HOUR_MS });

/** What the columns of this source meant the last time; nothing when there was no last time. */
export function useRememberedMapping(sourceId: string | undefined, kind: ImportKind | undefined) {
  return useGet<{ columns: ColumnMapping; options: FileOptions | null; customersOf: string | null }>(
    `/sources/${sourceId}/mapping`,
    { kind },
    { enabled: sourceId !== undefined && kind !== undefined, staleTime: HOUR_MS },
  );
}
