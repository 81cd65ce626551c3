import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { App } from '@vinculo/http';

/** A fix of the script reaches every visitor within the hour; meanwhile their browsers do not ask again. */
const CACHE = 'public, max-age=3600, stale-while-revalidate=86400';

/** GET /v1/vinculo.js: made by `npm run snippet`, compressed once. */
export async function scriptRoute(app: App): Promise<void> {
  const script = await readFile(new URL('./vinculo.min.js', import.meta.url));
  const bodies = { br: brotliCompressSync(script), gzip: gzipSync(script, { level: 9 }), identity: script };
  const tag = createHash('sha256').update(script).digest('base64url').slice(0, 22);

  app.get('/v1/vinculo.js', { config: { public: true } }, async (request, reply) => {
    const accepted = String(request.headers['accept-encoding'] ?? '');
    const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
    const etag = `"${tag}-${encoding}"`;
    reply
      .header('cache-control', CACHE)
      .header('etag', etag)
      .header('vary', 'accept-encoding')
      // It is made to be loaded by other sites.
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin');
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    if (encoding !== 'identity') reply.header('content-encoding', encoding);
    return reply.type('text/javascript; charset=utf-8').send(bodies[encoding]);
  });
}
