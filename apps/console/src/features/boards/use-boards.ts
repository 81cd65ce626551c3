// Boards as the server knows them, and what they show.
import type { BehindList, Board, BoardChoices, BoardFilters, BoardResults, BoardRow, Card, CardResult } from '@vinculo/insight/api/boards';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { type ApiError, call } from '../../api/client.ts';
import { useGet, useSend } from '../../api/queries.ts';

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

/** Changes the board on the server and here at once; the version keeps two people from overwriting each other. */
export function useChange(board: BoardView | undefined) {
  const client = useQueryClient();
  const path = `/boards/${board?.id}`;
  return useSend<Change, BoardView>(
    (change) => {
      const latest = client.getQueryData<BoardView>([path, {}]) ?? board!;
      client.setQueryData([path, {}], { ...latest, ...change });
      return { method: 'PUT', path, body: { ...change, version: latest.version } };
    },
    {
      refreshes: (saved) => {
        client.setQueryData([path, {}], saved);
        return ['/boards'].filter(() => false);
      },
    },
  );
}
