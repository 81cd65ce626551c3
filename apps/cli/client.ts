// The command line speaks the same API as everybody else, with a key that only this machine's owner can read.
import { openAsBlob } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Config } from '@vinculo/config';

/** What the server said instead of an answer. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, detail: string) {
    super(detail);
    this.code = code;
    this.status = status;
  }
}

export interface JobView {
  id: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  done: number;
  total: number | null;
  phase: string | null;
  ratePerSecond: number | null;
  secondsLeft: number | null;
  error: { code: string; message: string } | null;
}

export interface Client {
  url: string;
  get<T>(path: string): Promise<T>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T>;
  upload<T>(path: string, file: string): Promise<T>;
  /** Polls until the job has ended, telling `onProgress` on the way. */
  wait(jobId: string, onProgress?: (job: JobView) => void): Promise<JobView>;
}

const POLL_MS = 300;

export async function createClient(config: Pick<Config, 'dataFolder' | 'language'>, url: string): Promise<Client> {
  const key = (await readFile(join(config.dataFolder, 'cli.key'), 'utf8')).trim();
  const headers = { authorization: `Bearer ${key}`, 'accept-language': config.language };

  async function call<T>(path: string, init: RequestInit): Promise<T> {
    const reply = await fetch(`${url}/api/v1${path}`, { ...init, headers: { ...headers, ...init.headers } });
    const text = await reply.text();
    if (!reply.ok) {
      const problem = readProblem(text);
      throw new ApiProblem(problem?.code ?? `HTTP_${reply.status}`, reply.status, problem?.detail ?? text.slice(0, 500));
    }
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  const client: Client = {
    url,
    get: (path) => call(path, {}),
    send: (method, path, body) =>
      call(path, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), 'idempotency-key': crypto.randomUUID() },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    async upload(path, file) {
      await stat(file); // a missing file is this side's error, and says its name
      const form = new FormData();
      form.append('file', await openAsBlob(file), basename(file));
      return call(path, { method: 'POST', headers: { 'idempotency-key': crypto.randomUUID() }, body: form });
    },
    async wait(jobId, onProgress) {
      for (;;) {
        const job = await client.get<JobView>(`/jobs/${jobId}`);
        onProgress?.(job);
        if (job.state !== 'waiting' && job.state !== 'running') return job;
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
  };
  return client;
}

function readProblem(text: string): { code?: string; detail?: string } | undefined {
  try {
    return JSON.parse(text) as { code?: string; detail?: string };
  } catch {
    return undefined;
  }
}
