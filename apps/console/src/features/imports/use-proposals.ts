import { useQuery } from '@tanstack/react-query';
import type { ImportKind, ProposedColumn, Upload } from './schemas.ts';

/**
 * What the columns of a file mean. The server proposes for the kind of file it takes it for; for another kind the same
 * rules run here, on the samples at hand.
 */
export function useProposals(
  upload: Upload | undefined,
  kind: ImportKind | undefined,
): { columns: ProposedColumn[] | undefined; reading: boolean } {
  const other = upload !== undefined && kind !== undefined && kind !== upload.kind;
  const { data, isFetching } = useQuery({
    queryKey: ['column-proposals', upload?.id, upload?.options, kind],
    queryFn: () => propose(upload!.columns, kind!),
    enabled: other,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return other ? { columns: data, reading: isFetching } : { columns: upload?.columns, reading: false };
}

async function propose(columns: readonly ProposedColumn[], kind: ImportKind): Promise<ProposedColumn[]> {
  // Names, places and phone plans of many countries: fetched only by who needs them.
  const { proposeField, proposeMapping } = await import('@vinculo/normalise');
  const chosen = new Map(
    proposeMapping(
      columns.map(({ column, samples }) => ({ name: column, samples })),
      kind,
    ).map((proposal) => [proposal.column, proposal]),
  );
  return columns.map(({ column, samples }) => {
    const own = chosen.get(column);
    return {
      column,
      samples,
      field: own?.field ?? null,
      score: own?.score ?? 0,
      reason: own?.reason ?? '',
      alternatives: proposeField(column, samples, kind)
        .map(({ field }) => field as string)
        .filter((field) => field !== own?.field),
    };
  });
}
