// Running a question: one at a time, with how long it has taken, and stopped in the engine when it is no longer wanted.
import type { Question, QuestionAnswer, QuestionParameter } from '@vinculo/insight/api/questions';
import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { ApiError, call } from '../../api/client.ts';

export type QuestionView = z.infer<typeof Question>;
export type Answer = z.infer<typeof QuestionAnswer>;
export type Parameter = z.infer<typeof QuestionParameter>;

export interface Asked {
  sql: string;
  parameters: Parameter[];
}

export function useRun() {
  const [answer, setAnswer] = useState<Answer>();
  const [error, setError] = useState<ApiError>();
  const [since, setSince] = useState<number>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const run = async (asked: Asked) => {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    setError(undefined);
    setSince(Date.now());
    try {
      setAnswer(await call<Answer>({ method: 'POST', path: '/questions/run', body: asked, signal: own.signal }));
    } catch (thrown) {
      if (own.signal.aborted) return;
      setError(thrown as ApiError);
      // The rows of another question under this one's error would look like its answer.
      setAnswer(undefined);
    } finally {
      if (running.current === own) {
        running.current = undefined;
        setSince(undefined);
      }
    }
  };
  const cancel = () => {
    running.current?.abort();
    running.current = undefined;
    setSince(undefined);
  };
  const clear = () => {
    setAnswer(undefined);
    setError(undefined);
  };
  return { answer, error, since, run, cancel, clear };
}

/** The parameters a text asks for, each with what was said of it before. */
export function parametersOf(sql: string, known: readonly Parameter[]): Parameter[] {
  const names = new Set([...sql.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name!));
  return [...names].map((name) => known.find((one) => one.name === name) ?? { name, type: 'text', value: '' });
}
