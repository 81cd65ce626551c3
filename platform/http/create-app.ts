import { randomUUID } from 'node:crypto';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { createSerializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { serveConsole } from './console.ts';
import type { App, Context, Feature } from './feature.ts';
import { guardRoutes } from './guard.ts';
import { idempotency } from './idempotency.ts';
import { limitRequests } from './limits.ts';
import { observe } from './observe.ts';
import { describeApi } from './openapi.ts';
import { answerWithProblems, validateInput } from './problems.ts';

export interface CreateAppOptions {
  /** Folder of the built console; without it only the API is served. */
  console?: string;
}

/**
 * The HTTP face of the given features. Not yet listening: call `listen` on it, or `inject` in a test.
 *
 * @throws Error naming the route, if one declares neither a permission nor that it is public, or lacks what OpenAPI needs.
 */
export async function createApp(context: Context, features: Feature[], options: CreateAppOptions = {}): Promise<FastifyInstance> {
  const { config, log } = context;
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    // Our own line a request, in observe.ts: fastify's holds the URL, and a search has someone's name in it.
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    trustProxy: 'loopback',
    bodyLimit: 10 * 1024 * 1024,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  }).withTypeProvider<ZodTypeProvider>() as App;

  app.setValidatorCompiler(validateInput);
  app.setSerializerCompiler(createSerializerCompiler());
  answerWithProblems(app, context);

  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Mantine and the charts set style attributes; scripts stay strict.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: config.secureCookies ? [] : null,
      },
    },
    strictTransportSecurity: config.secureCookies ? { maxAge: 31_536_000 } : false,
    crossOriginOpenerPolicy: config.secureCookies ? { policy: 'same-origin' } : false,
    originAgentCluster: config.secureCookies,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  });
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: 1_024,
    // Made anew for every reply: the last tenth of the size would cost more time than it saves on the line.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } },
    zlibOptions: { level: 1 },
    // Nobody needs to send us compressed JSON, and a bomb is compressed JSON. Compressed files are the importer's affair.
    globalDecompression: false,
  });
  await app.register(cookie);
  // Streams to the handler, so a file may be larger than memory; the feature that takes it sets a lower limit if it wants one.
  await app.register(multipart, { limits: { fileSize: 64 * 1024 ** 3, files: 20, fields: 50, fieldSize: 1024 * 1024 } });

  await observe(app, context, features);
  await limitRequests(app);
  guardRoutes(app, context);
  idempotency(app, context);
  const described = await describeApi(app);

  for (const feature of features) {
    // One scope a feature: its hooks and decorators stay its own.
    await app.register(async (scope) => feature.routes?.(scope.withTypeProvider(), context));
  }
  await serveConsole(app, options.console);

  await app.ready();
  described.check();
  return app as unknown as FastifyInstance;
}
