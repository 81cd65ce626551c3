import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import { useRefresh, useSend } from '../../api/queries.ts';
import { tell, tellUndo } from '../../ui/tell.tsx';
import type { Changed } from './schemas.ts';

/** Some of them, or all that a filter finds. */
export type Chosen = { ids: string[] } | { filter: Record<string, string> };

/** A filter takes a few thousand at once; this often it is asked again. */
const MOST_ROUNDS = 200;

/** What can be done with rejected events: sent again, let go, brought back. */
export function useErrors(onDone: () => void = () => {}) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const read = () => refresh('/event-errors', '/events');
  const replay = useSend<Chosen, Changed>((body) => ({ path: '/event-errors/replay', body }), {
    onDone: async ({ changed }) => {
      tell(t('events:rejected.sent', { count: changed }));
      onDone();
      await read();
    },
  });
  const dismiss = useSend<Chosen, Changed>((body) => ({ path: '/event-errors/dismiss', body }), {
    onDone: async ({ changed, ids }) => {
      onDone();
      await read();
      tellUndo(t('events:rejected.dismissed', { count: changed }), async () => {
        await restoreAll(ids);
        await read();
      });
    },
  });
  const restore = useSend<Chosen, Changed>((body) => ({ path: '/event-errors/restore', body }), {
    onDone: async ({ changed }) => {
      tell(t('events:rejected.restored', { count: changed }));
      onDone();
      await read();
    },
  });
  return { replay, dismiss, restore, read };
}

/** Named one by one, and so in portions. */
async function restoreAll(ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length && from / 500 < MOST_ROUNDS; from += 500)
    await call({ method: 'POST', path: '/event-errors/restore', body: { ids: ids.slice(from, from + 500) } });
}
