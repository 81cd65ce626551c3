import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/problem.ts';
import { type Sending, sendFile } from './send-file.ts';

export interface FileBeingSent extends Sending {
  name: string;
}

/** Sends one file at a time and knows how far it is; leaving the screen stops it. */
export function useSendFile<T>(path: string, onDone: (answer: T, file: File) => void) {
  const [sending, setSending] = useState<FileBeingSent>();
  const [error, setError] = useState<ApiError>();
  const control = useRef<AbortController>(undefined);
  useEffect(() => () => control.current?.abort(), []);

  const send = async (file: File) => {
    control.current?.abort();
    const own = new AbortController();
    control.current = own;
    setError(undefined);
    setSending({ name: file.name, sent: 0, total: file.size, secondsLeft: null });
    try {
      const answer = await sendFile<T>(path, file, (progress) => setSending({ name: file.name, ...progress }), own.signal);
      setSending(undefined);
      onDone(answer, file);
    } catch (problem) {
      if (own.signal.aborted) return;
      setSending(undefined);
      if (problem instanceof ApiError) setError(problem);
      else throw problem;
    }
  };
  const cancel = () => {
    control.current?.abort();
    setSending(undefined);
  };
  return { sending, error, send: (file: File) => void send(file), cancel };
}
