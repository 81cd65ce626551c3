// `npm run demo-shop -- --key vk_… [--server http://127.0.0.1:4600] [--port 4700]`: La Alacena, a shop that does not exist, with Vínculo in it.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export interface ShopOptions {
  /** Where Vínculo answers: `http://127.0.0.1:4600`. */
  server: string;
  /** Write key of the source that the shop sends its events as. */
  key: string;
  /** 0 takes a free one; so does one that is taken, if `elsewhere` says so. */
  port?: number;
  elsewhere?: boolean;
}

export interface Shop {
  url: string;
  close(): Promise<void>;
}

const PORT = 4700;
const FILES = new URL('./public/', import.meta.url);
const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The shop on localhost, until it is closed. */
export async function serveShop({ server, key, port = PORT, elsewhere = false }: ShopOptions): Promise<Shop> {
  const http = createServer(async (request, reply) => {
    const path = new URL(request.url ?? '/', 'http://shop').pathname;
    const type = TYPES[extname(path)];
    try {
      if (type) {
        const file = await readFile(new URL(`.${path}`, FILES));
        reply.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(file);
        return;
      }
      // Every page is the same document, as large shops have it; what it shows follows from its address.
      const page = (await readFile(new URL('index.html', FILES), 'utf8'))
        .replaceAll('{{server}}', escaped(server))
        .replaceAll('{{key}}', escaped(key));
      reply
        .writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'cache-control': 'no-cache',
          // All that Vínculo needs of a strict policy: to be loaded, and to be told.
          'content-security-policy': `default-src 'self'; script-src 'self' ${server}; connect-src ${server}; base-uri 'none'; form-action 'self'`,
        })
        .end(page);
    } catch {
      reply.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('No está');
    }
  });
  const listen = (on: number) =>
    new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen(on, '127.0.0.1', () => {
        http.off('error', reject);
        resolve();
      });
    });
  await listen(port).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE' && elsewhere) return listen(0);
    throw error;
  });
  return {
    // Another name than Vínculo's own address: cookies know names, not ports.
    url: `http://localhost:${(http.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

const escaped = (text: string) => text.replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      key: { type: 'string' },
      server: { type: 'string', default: 'http://127.0.0.1:4600' },
      port: { type: 'string', default: String(PORT) },
    },
  });
  if (values.key) {
    const shop = await serveShop({ key: values.key, server: values.server.replace(/\/+$/, ''), port: Number(values.port) });
    console.log(`La Alacena abre en ${shop.url} y cuenta lo que pasa a ${values.server}. Ctrl+C la cierra.`);
  } else {
    console.error(
      'Falta la clave de escritura.\n\n  npm run demo-shop -- --key vk_… [--server http://127.0.0.1:4600] [--port 4700]\n\n' +
        'La haces en Vínculo: Fuentes → tu fuente → Claves. Con npm run demo no hace falta: la tienda ya viene abierta.',
    );
    process.exitCode = 1;
  }
}
