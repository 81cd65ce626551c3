// Parts of a feature behind their routes, as people and programs meet them.
import { type Context, createApp, type FeaturePart } from '@vinculo/http';
import type { FastifyInstance } from 'fastify';

/** What is served, and how its stores close. */
export interface Servable {
  context: Context;
  close(): Promise<void>;
}

export interface ServeOptions {
  /** Who may ask, and what they may do. Whoever is not named is a stranger. */
  may: Record<string, readonly string[]>;
  /** Parts whose jobs run; none when absent. */
  jobs?: readonly FeaturePart[];
  /** Names of jobs that may be asked for and do nothing. */
  idle?: readonly string[];
}

export interface Reply<T> {
  status: number;
  /** Undefined when the reply is empty. */
  body: T;
}

export interface Served {
  app: FastifyInstance;
  /**
   * A request of `who`, who reads Spanish.
   *
   * @param url - after `/api/v1`.
   * @typeParam T - shape of the body, which nothing checks; without it the body is read as a client without types reads it.
   */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests pin the bodies themselves, each of a shape of its own
  ask<T = any>(who: string, method: Method, url: string, payload?: object, headers?: Record<string, string>): Promise<Reply<T>>;
  /** What is served, too. */
  close(): Promise<void>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Starts the jobs and serves the routes and figures of `parts` over them. Nobody listens to what they publish. */
export async function serve(file: Servable, parts: readonly FeaturePart[], { may, jobs = [], idle = [] }: ServeOptions): Promise<Served> {
  const { context } = file;
  for (const part of jobs) for (const job of part.jobs?.(context) ?? []) context.jobs.define(job);
  for (const name of idle) context.jobs.define({ name, run: async () => {} });
  await context.jobs.start();
  const app = await createApp(
    context,
    parts.map((part, n) => ({ ...part, name: `part ${n}` })),
  );
  app.setAuthenticator(async ({ headers }) => {
    const who = String(headers['x-who']);
    return may[who] && { kind: 'user', id: who, name: who, permissions: new Set(may[who]) };
  });
  return {
    app,
    async ask(who, method, url, payload, headers) {
      const reply = await app.inject({
        method,
        url: `/api/v1${url}`,
        headers: { 'x-who': who, 'accept-language': 'es', ...headers },
        payload,
      });
      const body = reply.body === '' ? undefined : reply.json();
      return { status: reply.statusCode, body };
    },
    async close() {
      await app.close();
      await context.jobs.stop();
      await file.close();
    },
  };
}
