import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '@vinculo/config';
import type { JobDefinition, Jobs } from '@vinculo/jobs';
import type { Mail } from '@vinculo/mail';
import type { Actor, EventHandler, Store } from '@vinculo/postgres';
import type { Warehouse } from '@vinculo/warehouse';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { Settings } from './settings.ts';

/** What every feature is given. One per process. */
export interface Context {
  config: Config;
  store: Store;
  warehouse: Warehouse;
  jobs: Jobs;
  mail: Mail;
  log: Logger;
  settings: Settings;
}

/** A fastify instance whose routes are typed by their zod schemas. */
export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>;

/** A right someone can be given, by name: `customer.read`. Its words are in the `access` catalogue, `permissions.<name>`. */
export interface Permission {
  name: string;
}

/** A number on /metrics, or several told apart by labels. */
export interface Gauge {
  /** `vinculo_…`, as Prometheus wants names. */
  name: string;
  help: string;
  labels?: readonly string[];
  read(): Promise<{ labels?: Record<string, string>; value: number }[]>;
}

/** Ends what was started; resolves when it has ended. */
export type Stop = () => Promise<void>;

/** What a feature package exports as `feature`; `apps/server/features.ts` lists them. */
export interface Feature {
  name: string;
  /** Folder of Postgres migrations, `new URL('./migrations/', import.meta.url)`. */
  migrations?: URL;
  /** Folder of ClickHouse migrations. */
  warehouse?: URL;
  permissions?: Permission[];
  routes?(app: App, context: Context): void | Promise<void>;
  // The input type differs by job; the list only runs what was defined, with the input it was enqueued with.
  jobs?(context: Context): JobDefinition<never>[];
  /** Outbox handlers by event type, under the feature's name: at least once, in order for each subject. What is written through their `tx` happens exactly once. */
  handlers?(context: Context): Record<string, EventHandler>;
  /** What it shows on /metrics, read when asked. */
  gauges?(context: Context): Gauge[];
  /**
   * After migrations and before the first request: seeds, warm caches, work that goes on by itself. Must be safe in two processes at
   * once. What it resolves with is called when the process stops, before jobs and stores end.
   */
  start?(context: Context): Promise<Stop | void>;
}

/** Finds who is asking, from the session cookie or the API key; `undefined` is an anonymous caller. */
export type Authenticator = (request: FastifyRequest, reply: FastifyReply) => Promise<Actor | undefined>;

/** One line of the audit log that comes from a request rather than from an event. */
export interface AuditEntry {
  action: string;
  subject: { kind: string; id: string };
  detail: Record<string, unknown>;
  actor: Actor;
  requestId: string;
  ip: string;
}

export type Auditor = (entry: AuditEntry) => Promise<void>;

/** What an audit declaration may look at: the request after validation. */
export interface AuditedRequest {
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
}

/** Says that reaching this route is itself worth a line in the audit log; written before the reply leaves, only if it succeeded. */
export interface AuditDeclaration {
  /** `customer.read` */
  action: string;
  /** Kind of the subject: `customer`. */
  subject: string;
  /** Id of the subject; without it the line is about the whole collection. */
  id?(request: AuditedRequest): string | undefined;
  detail?(request: AuditedRequest): Record<string, unknown>;
}

/** What a route declares beside its schema. One of `permission` and `public` is compulsory. */
export interface RouteDeclaration {
  /** The permission a caller needs; with several, all of them. `signed-in` asks only for a known caller. */
  permission?: string | string[];
  public?: true;
  audit?: AuditDeclaration;
  /** POST only: the reply is kept for 24 h under the caller's `Idempotency-Key`. */
  idempotent?: boolean;
  /** Pages of other sites may call it: what opens it travels in the request itself and is no cookie. Never together with `permission`. */
  anyOrigin?: true;
  /** Keeps the route out of the OpenAPI document's completeness check: files, streams of other protocols. */
  hidden?: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig extends RouteDeclaration {}
  interface FastifyRequest {
    /** Who is asking. Never undefined: strangers are the anonymous actor. */
    actor: Actor;
    /** The language of the reader: theirs if signed in, else `Accept-Language`, else the installation's. */
    language: 'es' | 'en';
    /** How they proved who they are; cookies are sent by browsers unasked, so they need the CSRF check. */
    credential: 'cookie' | 'key' | 'none';
    /** A line in the audit log for what only the handler knows, such as which customers an export held. */
    audit(action: string, subject: { kind: string; id: string }, detail?: Record<string, unknown>): Promise<void>;
  }
  interface FastifyInstance {
    setAuthenticator(authenticate: Authenticator): void;
    setAuditor(record: Auditor): void;
  }
}
