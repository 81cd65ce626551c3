import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { notFound } from '@vinculo/errors';
import type { FastifyReply } from 'fastify';
import type { App } from './feature.ts';

/** Addresses that are no page: a program that got one of them wrong should hear so. */
const FOR_PROGRAMS = ['/api/', '/v1/'];

/** Serves the built console: files named by their content for ever, the page itself always fresh, and the page for every address the browser routes. */
export async function serveConsole(app: App, folder: string | undefined): Promise<void> {
  const index =
    folder !== undefined && existsSync(join(folder, 'index.html')) ? await readFile(join(folder, 'index.html'), 'utf8') : undefined;

  if (folder !== undefined && index !== undefined) {
    app.get('/', { config: { public: true, hidden: true } }, async (_request, reply) => givePage(reply, index));
    await app.register(fastifyStatic, {
      root: folder,
      prefix: '/',
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const named = path.startsWith(join(folder, 'assets'));
        reply.header('cache-control', named ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }

  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0]!;
    const forBrowser = request.method === 'GET' || request.method === 'HEAD';
    if (index === undefined || !forBrowser || FOR_PROGRAMS.some((start) => path.startsWith(start)) || extname(path) !== '') {
      throw notFound('route', path);
    }
    return givePage(reply, index);
  });
}

function givePage(reply: FastifyReply, page: string): FastifyReply {
  return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
}
