// The one way to the server: errors as ApiError, the reader's language, a key that makes a repeated POST harmless.
import i18next from 'i18next';
import { ApiError, problemOf, unreachable } from './problem.ts';

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under `/api/v1`: `/customers/count`. A path that begins with `/api/` is taken as it is. */
  path: string;
  query?: Query | undefined;
  /** JSON, or a FormData for a file. */
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** The address of a call, for links the browser follows by itself (a download). */
export function address(path: string, query: Query = {}): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') words.set(name, String(value));
  }
  const asked = words.toString();
  return `${path.startsWith('/api/') ? path : `/api/v1${path}`}${asked ? `?${asked}` : ''}`;
}

const sessionEnded = new Set<() => unknown>();

/** Called when the server says that nobody is signed in any more. Returns how to stop listening. */
export function onSessionEnded(listener: () => unknown): () => void {
  sessionEnded.add(listener);
  return () => sessionEnded.delete(listener);
}

/**
 * @returns the JSON of the answer; `undefined` for 204.
 * @throws ApiError whatever goes wrong.
 */
export async function call<T>({ method = 'GET', path, query, body, signal }: Call): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': i18next.language };
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers['content-type'] = 'application/json';
  // One key for all tries of this call: the server answers a repetition with the first answer.
  if (method === 'POST') headers['idempotency-key'] = crypto.randomUUID();
  const request: RequestInit = {
    method,
    headers,
    credentials: 'same-origin',
    body: body === undefined ? null : form ? body : JSON.stringify(body),
    signal: signal ?? null,
  };

  const response = await tryTwice(address(path, query), request, !form);
  if (!response.ok) {
    const error = await problemOf(response);
    if (response.status === 401 && path !== '/me' && !path.startsWith('/api/auth/')) for (const listener of sessionEnded) listener();
    throw error;
  }
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function tryTwice(url: string, request: RequestInit, again: boolean): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    if (!again) throw unreachable();
  }
  await new Promise((resolve) => setTimeout(resolve, 600));
  try {
    return await fetch(url, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw unreachable();
  }
}

export { ApiError };
