import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';
import type { Reply } from './shapes.ts';

export interface Scanner {
  /** Codes read and not yet saved. */
  waiting: number;
  last: Reply | undefined;
  /** A code that could not be saved, and why. */
  lost: { code: string; error: ApiError } | undefined;
  /** Of this visit, the last first. */
  seen: readonly Reply[];
  scan: (code: string) => void;
  retry: () => void;
  /** Puts what became of a sheet in the place of what it was. */
  replace: (reply: Reply) => void;
}

/**
 * Saves codes one after another, in the order they were read, however fast they come: whoever scans never waits. A code that cannot be
 * saved stops the line and is kept, with those behind it, until it is tried again.
 */
export function useScanner(batch: string, onAnswer: (reply: Reply) => void): Scanner {
  const [queue, setQueue] = useState<readonly string[]>([]);
  const [seen, setSeen] = useState<readonly Reply[]>([]);
  const [lost, setLost] = useState<Scanner['lost']>();
  const busy = useRef(false);
  const answer = useRef(onAnswer);
  useEffect(() => {
    answer.current = onAnswer;
  }, [onAnswer]);

  useEffect(() => {
    const [code] = queue;
    if (code === undefined || busy.current || lost) return;
    busy.current = true;
    const save = async () => {
      try {
        const reply = await call<Reply>({ method: 'POST', path: `/reply-batches/${batch}/codes`, body: { code } });
        answer.current(reply);
        setSeen((before) => [reply, ...before]);
        busy.current = false;
        setQueue((before) => before.slice(1));
      } catch (error) {
        busy.current = false;
        setLost({ code, error: error as ApiError });
      }
    };
    void save();
  }, [queue, lost, batch]);

  const scan = useCallback((code: string) => setQueue((before) => [...before, code]), []);
  const retry = useCallback(() => setLost(undefined), []);
  const replace = useCallback((reply: Reply) => setSeen((before) => before.map((one) => (one.id === reply.id ? reply : one))), []);
  return { waiting: queue.length, last: seen[0], lost, seen, scan, retry, replace };
}
