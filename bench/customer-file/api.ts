import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';

interface Entry {
  source: string;
  kind: string;
  mapping: Record<string, string>;
  options: object;
}

interface Job {
  name: string;
  state: string;
  startedAt: string | null;
  endedAt: string | null;
  error: { message: string } | null;
}

export type Api = ReturnType<typeof api>;

/** The product's own API, as a program would use it. */
export function api(url: string, key: string) {
  const headers = { authorization: `Bearer ${key}` };
  const call = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
    const reply = await fetch(`${url}/api/v1${path}`, { ...init, headers: { ...headers, ...init.headers } });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${init.method ?? 'GET'} ${path}: ${reply.status} ${text.slice(0, 300)}`);
    return JSON.parse(text || 'null') as T;
  };
  const send = <T>(path: string, body: unknown) =>
    call<T>(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    });
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const WORK = new Set(['import.run', 'identity.unify', 'insight.score']);

  return {
    get: call,
    send,
    /** Seconds from the upload to the end of the import. */
    async importFile(file: string, entry: Entry): Promise<number> {
      const began = performance.now();
      const { items } = await call<{ items: { id: string; name: string }[] }>('/sources');
      const source =
        items.find(({ name }) => name === entry.source) ??
        (await send<{ id: string }>('/sources', { name: entry.source, label: entry.source, country: 'ES', trust: 50 }));
      const form = new FormData();
      form.append('file', await openAsBlob(file), basename(file));
      const upload = await call<{ id: string; options: object; columns: { column: string }[] }>('/imports/uploads', {
        method: 'POST',
        body: form,
      });
      const columns = Object.fromEntries(upload.columns.map(({ column }) => [column, entry.mapping[column] ?? null]));
      const started = await send<{ id: string }>('/imports', {
        uploadId: upload.id,
        sourceId: source.id,
        kind: entry.kind,
        columns,
        options: { ...upload.options, ...entry.options },
      });
      for (;;) {
        const now = await call<{ state: string; error: { message: string } | null }>(`/imports/${started.id}`);
        if (now.state === 'done') return (performance.now() - began) / 1000;
        if (now.state === 'failed' || now.state === 'cancelled') throw new Error(`${basename(file)}: ${now.error?.message ?? now.state}`);
        await pause(250);
      }
    },
    /** Until the work that imports set off has ended: what makes customers and scores of them, or everything that follows too. */
    async quiet(everything = false): Promise<void> {
      for (let still = 0; still < 4; ) {
        const lists = await Promise.all(['running', 'waiting'].map((state) => call<{ items: Job[] }>(`/jobs?state=${state}&limit=20`)));
        const busy = lists.flatMap(({ items }) => items).some(({ name }) => everything || WORK.has(name));
        still = busy ? 0 : still + 1;
        await pause(250);
      }
    },
    /** What a job gave, when it has ended. */
    async finished<T>(id: string): Promise<T> {
      for (;;) {
        const job = await call<Job & { output: T }>(`/jobs/${id}`);
        if (job.state === 'done') return job.output;
        if (job.state === 'failed' || job.state === 'cancelled') throw new Error(`${job.name}: ${job.error?.message ?? job.state}`);
        await pause(250);
      }
    },
    /** What the last job of this name gave. */
    async last<T>(name: string): Promise<T> {
      const { items } = await call<{ items: { id: string }[] }>(`/jobs?name=${name}&state=done&limit=1`);
      return (await call<{ output: T }>(`/jobs/${items[0]!.id}`)).output;
    },
    /** Every job that followed an import, with its time. */
    async jobs(): Promise<{ name: string; seconds: number }[]> {
      const { items } = await call<{ items: Job[] }>('/jobs?limit=100');
      const failed = items.find(({ state }) => state === 'failed');
      if (failed) throw new Error(`${failed.name} failed: ${failed.error?.message}`);
      return items
        .filter(({ name, startedAt, endedAt }) => name !== 'import.run' && startedAt && endedAt)
        .map(({ name, startedAt, endedAt }) => ({ name, seconds: (Date.parse(endedAt!) - Date.parse(startedAt!)) / 1000 }));
    },
  };
}
