// Reading and sending, for screens. Keys are [path, query], so one change refreshes everything under a path.
import {
  keepPreviousData,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { tellError } from '../ui/tell.tsx';
import { ApiError, type Call, call, type Query } from './client.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      retry: (times, error) => times < 2 && error instanceof ApiError && (error.status === 503 || error.status === 0),
    },
  },
});

interface GetOptions<T = unknown> {
  /** `false` waits: a tab not opened, a box with nothing typed. */
  enabled?: boolean;
  /** Milliseconds the answer counts as fresh. */
  staleTime?: number;
  /** Ask again every so many milliseconds, which may go by what is known. */
  every?: number | false | ((known: T | undefined) => number);
  /** Keep showing the answer to the previous query while the new one comes. */
  keep?: boolean;
}

/** One thing of the server: `useGet<Home>('/home')`. */
export function useGet<T>(path: string, query: Query = {}, options: GetOptions<T> = {}): UseQueryResult<T, ApiError> {
  const { every } = options;
  return useQuery<T, ApiError>({
    queryKey: [path, clean(query)],
    queryFn: ({ signal }) => call<T>({ path, query, signal }),
    enabled: options.enabled ?? true,
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    ...(every === undefined ? {} : { refetchInterval: typeof every === 'function' ? ({ state }) => every(state.data) : every }),
    ...(options.keep ? { placeholderData: keepPreviousData as never } : {}),
  });
}

interface PageOptions extends Omit<GetOptions, 'every' | 'keep'> {
  /** Ask again every so many milliseconds. */
  every?: number | false;
  /** What the rows hang on beside their query: when that is another, they are asked for again. */
  version?: string;
}

export interface Page<T> {
  rows: T[];
  /** Nothing has come yet. */
  loading: boolean;
  /** Rows of an earlier query are shown while those of this one come. */
  stale: boolean;
  error: ApiError | null;
  more: boolean;
  fetchingMore: boolean;
  fetchMore: () => void;
  retry: () => void;
}

/** A list by cursor, page after page: `usePage<CustomerRow>('/customers', { search })`. */
export function usePage<T>(path: string, query: Query = {}, options: PageOptions = {}): Page<T> {
  const result = useInfiniteQuery<{ items: T[]; next: string | null }, ApiError, T[], readonly unknown[], string | null>({
    queryKey: [path, clean(query), 'pages', options.version ?? ''],
    queryFn: ({ pageParam, signal }) => call({ path, query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.items),
    placeholderData: keepPreviousData as never,
    enabled: options.enabled ?? true,
    ...(options.every === undefined ? {} : { refetchInterval: options.every }),
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
  });
  const { data, isPending, isPlaceholderData, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = result;
  return useMemo(
    () => ({
      rows: data ?? [],
      loading: isPending,
      stale: isPlaceholderData,
      error,
      more: hasNextPage,
      fetchingMore: isFetchingNextPage,
      fetchMore: () => {
        if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
      },
      retry: () => void refetch(),
    }),
    [data, isPending, isPlaceholderData, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch],
  );
}

interface SendOptions<Input, Output> {
  /** Paths whose readings are out of date afterwards, with everything under them: `['/customers']`. */
  refreshes?: string[] | ((output: Output, input: Input) => string[]);
  onDone?: (output: Output, input: Input) => void;
  /** Take the error yourself (a form); otherwise it is told in a toast. */
  onError?: (error: ApiError, input: Input) => void;
  /** One after the other among all of this name: each is made of what the one before brought back. */
  inTurn?: string;
}

/** Something to do: `const save = useSend<NewNote, Note>((body) => ({ method: 'POST', path, body }), { refreshes: [path] })`, then `save.mutate(body)`. */
export function useSend<Input = void, Output = unknown>(
  what: (input: Input) => Call,
  options: SendOptions<Input, Output> = {},
): UseMutationResult<Output, ApiError, Input> {
  const refresh = useRefresh();
  return useMutation<Output, ApiError, Input>({
    ...(options.inTurn === undefined ? {} : { scope: { id: options.inTurn } }),
    mutationFn: (input) => call<Output>({ method: 'POST', ...what(input) }),
    onSuccess: async (output, input) => {
      const paths = typeof options.refreshes === 'function' ? options.refreshes(output, input) : options.refreshes;
      options.onDone?.(output, input);
      if (paths) await refresh(...paths);
    },
    onError: (error, input) => (options.onError ? options.onError(error, input) : tellError(error)),
  });
}

/** Marks every reading under these paths as out of date; those on screen are read again. */
export function useRefresh(): (...paths: string[]) => Promise<void> {
  const client = useQueryClient();
  return useMemo(
    () =>
      async (...paths) => {
        await client.invalidateQueries({
          predicate: ({ queryKey }) => {
            const read = String(queryKey[0]);
            return paths.some((path) => read === path || read.startsWith(`${path}/`));
          },
        });
      },
    [client],
  );
}

const clean = (query: Query): Query => Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''));
