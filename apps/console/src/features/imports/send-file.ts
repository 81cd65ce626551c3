import i18next from 'i18next';
import { address } from '../../api/client.ts';
import { problemOf, unreachable } from '../../api/problem.ts';

export interface Sending {
  /** Bytes. */
  sent: number;
  total: number;
  secondsLeft: number | null;
}

/**
 * Sends one file as multipart and tells how far it is; `fetch` cannot tell.
 *
 * @returns the JSON of the answer.
 * @throws ApiError whatever goes wrong; an AbortError when `signal` says so.
 */
export function sendFile<T>(
  path: string,
  file: File,
  onProgress: (sending: Sending) => void,
  signal: AbortSignal,
  key: string = crypto.randomUUID(),
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const began = performance.now();
    request.open('POST', address(path));
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('accept-language', i18next.language);
    request.setRequestHeader('idempotency-key', key);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      const seconds = (performance.now() - began) / 1000;
      onProgress({ sent: loaded, total, secondsLeft: seconds > 1 && loaded > 0 ? (seconds / loaded) * (total - loaded) : null });
    });
    request.addEventListener('load', async () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as T);
      else reject(await problemOf(new Response(request.responseText, { status: request.status || 500 })));
    });
    request.addEventListener('error', () => reject(unreachable()));
    request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')));
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}
