/** Hooks over the typed client; the key of every query is [operationId, input]. */
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { Answer, Input, OperationId, Output } from '../../shared/operations/index.ts';
import { type ApiProblem, asProblem } from './api-problem.ts';
import { call } from './call.ts';

export interface ReadOptions<Id extends OperationId> {
  readonly enabled?: boolean;
  readonly refetchIntervalMs?: number;
  /** Reads again only as long as the last answer says so. */
  readonly refetchWhile?: (answer: Answer<Id>) => boolean;
}

/** Reads one answer. */
export function useOperation<Id extends OperationId>(
  id: Id,
  input: Input<Id>,
  options: ReadOptions<Id> = {},
) {
  const { refetchIntervalMs = false, refetchWhile } = options;
  return useQuery<Answer<Id>, ApiProblem>({
    queryKey: [id, input],
    queryFn: ({ signal }) => call(id, input, { signal }),
    enabled: options.enabled ?? true,
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && refetchWhile?.(data) === false ? false : refetchIntervalMs,
  });
}

interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
  readonly total: number;
  readonly totalIsCapped: boolean;
}

/** Operations that answer page by page. */
export type ListId = {
  [Id in OperationId]: Output<Id> extends Page ? Id : never;
}[OperationId];

export type ItemOf<Id extends ListId> = Output<Id> extends { items: readonly (infer Item)[] } ? Item : never;

/** Reads a list page by page; while a new search runs, the previous result stays. */
export function useOperationPages<Id extends ListId>(
  id: Id,
  input: Input<Id>,
  options: { readonly enabled?: boolean } = {},
) {
  const query = useInfiniteQuery({
    queryKey: [id, input],
    queryFn: ({ signal, pageParam }: { signal: AbortSignal; pageParam: string | undefined }) =>
      call(id, { ...(input as object), cursor: pageParam } as Input<Id>, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page as Page).nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    ...options,
  });
  const pages = query.data?.pages as readonly Page[] | undefined;
  const items = useMemo(() => (pages?.flatMap((page) => page.items) ?? []) as ItemOf<Id>[], [pages]);
  return {
    items,
    total: pages?.[0]?.total ?? 0,
    totalIsCapped: pages?.[0]?.totalIsCapped ?? false,
    error: query.error === null ? null : asProblem(query.error),
    isLoading: query.isPending,
    isStale: query.isPlaceholderData,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: query.fetchNextPage,
    retry: query.refetch,
  };
}

/**
 * Runs an operation that changes something. One key serves one attempt of a form: it is kept over failures of
 * the wire and renewed after an answer, so that pressing the button twice cannot issue twice.
 */
export function useAction<Id extends OperationId>(id: Id, stale: readonly OperationId[] = []) {
  const queryClient = useQueryClient();
  const key = useRef<{ input: string; value: string } | null>(null);
  return useMutation<Answer<Id>, ApiProblem, Input<Id>>({
    mutationFn: (input) => {
      const text = JSON.stringify(input);
      if (key.current?.input !== text) key.current = { input: text, value: crypto.randomUUID() };
      return call(id, input, { idempotencyKey: key.current.value });
    },
    onSettled: (_, error) => {
      if (error?.code !== 'UNREACHABLE') key.current = null;
    },
    onSuccess: () => {
      for (const one of stale) void queryClient.invalidateQueries({ queryKey: [one] });
    },
  });
}
