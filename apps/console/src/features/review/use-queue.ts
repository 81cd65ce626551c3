import { useEffect, useRef, useState } from 'react';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';
import { queryClient, useGet, useRefresh } from '../../api/queries.ts';
import { tellError } from '../../ui/tell.tsx';
import type { Decided, Pair, Row, Undone, Verdict } from './schemas.ts';

/** Pairs read at once, and how many of those to come are made ready. */
const AHEAD = 20;
const READY = 2;

export interface Said {
  pairId: string;
  /** What to tell the person: a key under `review:done`, or that it was undone. */
  outcome: Verdict | 'waiting' | 'disagreed' | 'undone' | 'settled';
}

export interface Queue {
  /** The pair to decide now; undefined when there is none left. */
  current: string | undefined;
  loading: boolean;
  error: ApiError | null;
  retry: () => void;
  /** The last thing said, to be told beside the buttons. */
  said: Said | undefined;
  skipped: number;
  decide: (verdict: Verdict, note: string | undefined, settles: boolean) => void;
  skip: () => void;
  undo: () => void;
  seeSkipped: () => void;
}

/**
 * The pairs to decide, one after the other without a wait: the next is there before the server has answered about this one. What
 * is said is sent in the order it was said in.
 *
 * @param wanted a pair opened from elsewhere, which comes first.
 */
export function useQueue(wanted: string | undefined, onWanted: (pair: string | undefined) => void): Queue {
  const refresh = useRefresh();
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState<Said>();
  const sending = useRef<Promise<unknown>>(Promise.resolve());
  const { data, error, isPending, refetch } = useGet<{ items: Row[] }>(
    '/review/pairs',
    { limit: Math.min(200, AHEAD + skipped.size) },
    { keep: true },
  );
  const waiting = (data?.items ?? []).map(({ id }) => id).filter((id) => !done.has(id) && !skipped.has(id) && id !== wanted);
  const current = wanted ?? waiting[0];
  const ready = waiting.slice(wanted ? 0 : 1, READY + (wanted ? 0 : 1)).join(' ');

  useEffect(() => {
    for (const id of ready.split(' ').filter(Boolean)) {
      const path = `/review/pairs/${id}`;
      void queryClient.prefetchQuery({ queryKey: [path, {}], queryFn: () => call<Pair>({ path }) });
    }
  }, [ready]);

  const send = (work: () => Promise<void>) => {
    const before = sending.current;
    const inTurn = async () => {
      await before;
      try {
        await work();
      } catch (failure) {
        tellError(failure as ApiError);
      }
      await refresh('/review', '/customers', '/duplicates');
    };
    sending.current = inTurn();
  };
  const without = (set: ReadonlySet<string>, id: string) => new Set([...set].filter((one) => one !== id));

  return {
    current,
    loading: isPending,
    error,
    retry: () => void refetch(),
    said,
    skipped: skipped.size,
    decide(verdict, note, settles) {
      if (!current) return;
      const pairId = current;
      setDone((before) => new Set(before).add(pairId));
      setSaid({ pairId, outcome: settles ? 'settled' : verdict });
      if (wanted) onWanted(undefined);
      send(async () => {
        try {
          const path = settles ? `/review/pairs/${pairId}/settlement` : `/review/pairs/${pairId}/decisions`;
          const { state } = await call<Decided>({ method: 'POST', path, body: { verdict, ...(note ? { note } : {}) } });
          if (state === 'waiting' || state === 'disagreed')
            setSaid((last) => (last?.pairId === pairId ? { pairId, outcome: state } : last));
        } catch (failure) {
          // It was not taken: it comes back.
          setDone((before) => without(before, pairId));
          setSaid(undefined);
          throw failure;
        }
      });
    },
    skip() {
      if (!current) return;
      setSkipped((before) => new Set(before).add(current));
      setSaid(undefined);
      if (wanted) onWanted(undefined);
    },
    undo() {
      send(async () => {
        const { pairId } = await call<Undone>({ method: 'POST', path: '/review/decisions/last/undo' });
        setDone((before) => without(before, pairId));
        setSkipped((before) => without(before, pairId));
        setSaid({ pairId, outcome: 'undone' });
        onWanted(pairId);
      });
    },
    seeSkipped: () => setSkipped(new Set()),
  };
}
