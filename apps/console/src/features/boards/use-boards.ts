// Boards as the server knows them, and what they show.
import type { BehindList, Board, BoardChoices, BoardFilters, BoardResults, BoardRow, Card, CardResult } from '@vinculo/insight/api/boards';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { type ApiError, call } from '../../api/client.ts';
import { useGet, useSend } from '../../api/queries.ts';
import { tellError } from '../../ui/tell.tsx';

export type BoardView = z.infer<typeof Board>;
export type BoardListed = z.infer<typeof BoardRow>;
export type CardView = z.infer<typeof Card>;
export type Filters = z.infer<typeof BoardFilters>;
export type Result = z.infer<typeof CardResult>;
export type Choices = z.infer<typeof BoardChoices>;
export type People = z.infer<typeof BehindList>;
type Change = Partial<Pick<BoardView, 'name' | 'cards' | 'filters' | 'visibility' | 'roles'>>;

export const useChoices = () => useGet<Choices>('/boards/choices', {}, { staleTime: 300_000 });

/** What the cards show with these filters; while others are on their way, what was shown before. */
export function useResults(cards: readonly CardView[], filters: Filters) {
  const { i18n } = useTranslation();
  // Where a card stands and how wide it is does not change what it shows.
  const asked = cards.map(({ width: _width, ...card }) => card).toSorted((a, b) => a.id.localeCompare(b.id));
  return useQuery<z.infer<typeof BoardResults>, ApiError>({
    queryKey: ['/boards/preview', { asked, filters, language: i18n.language }],
    queryFn: ({ signal }) => call({ method: 'POST', path: '/boards/preview', body: { cards, filters }, signal }),
    enabled: cards.length > 0,
    placeholderData: keepPreviousData as never,
    staleTime: 60_000,
  });
}

/** Changes the board here at once and on the server; the version keeps two people from overwriting each other. */
export function useChange(board: BoardView) {
  const client = useQueryClient();
  const path = `/boards/${board.id}`;
  const latest = () => client.getQueryData<BoardView>([path, {}]) ?? board;
  const send = useSend<Change, BoardView>((change) => ({ method: 'PUT', path, body: { ...change, version: latest().version } }), {
    // Somebody quick undoes before the last change is saved: sent at once, it would meet its own older version and be refused.
    inTurn: path,
    onDone: (saved) =>
      client.setQueryData<BoardView>([path, {}], (now) =>
        now && client.isMutating({ predicate: ({ options: { scope } }) => scope?.id === path }) > 1
          ? { ...now, version: saved.version }
          : saved,
      ),
    onError: (error) => {
      tellError(error);
      // What is on the server is what holds.
      void client.invalidateQueries({ queryKey: [path, {}] });
    },
  });
  // Before the request, not with it: a card that was dropped must not jump back first.
  const show = (change: Change) => client.setQueryData<BoardView>([path, {}], { ...latest(), ...change });
  return {
    isPending: send.isPending,
    mutate: (change: Change, options?: Parameters<typeof send.mutate>[1]) => {
      show(change);
      send.mutate(change, options);
    },
    mutateAsync: (change: Change) => {
      show(change);
      return send.mutateAsync(change);
    },
  };
}
