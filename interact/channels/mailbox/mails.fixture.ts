// Mails as programs write them, byte by byte.

export interface Written {
  from?: string;
  to?: string;
  subject?: string;
  id?: string | null;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** A mail of one part; `headers` replace and add. */
export function mail({
  from = 'Marta <marta@correo.example>',
  to = 'tienda@empresa.example',
  subject = 'Hola',
  id,
  headers = {},
  body = 'Hola\r\n',
}: Written = {}): Buffer {
  const all: Record<string, string> = {
    From: from,
    To: to,
    Subject: subject,
    Date: 'Mon, 02 Mar 2026 10:00:00 +0100',
    ...(id === null ? {} : { 'Message-ID': id ?? `<${crypto.randomUUID()}@correo.example>` }),
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${head.join('')}\r\n`), Buffer.from(body)]);
}

export interface Part {
  headers: Record<string, string>;
  body: string | Buffer;
}

/** A mail of several parts. */
export function multipart(parts: readonly Part[], written: Written = {}, type = 'mixed'): Buffer {
  const boundary = 'frontera-de-prueba';
  const pieces = parts.flatMap(({ headers, body }) => [
    Buffer.from(
      `--${boundary}\r\n${Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n`,
    ),
    Buffer.from(body),
    Buffer.from('\r\n'),
  ]);
  const body = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
  return mail({ ...written, headers: { 'Content-Type': `multipart/${type}; boundary="${boundary}"`, ...written.headers }, body });
}

/** In lines of 76 letters, as mails carry it. */
export const base64 = (content: Buffer): string => content.toString('base64').replace(/.{76}/g, '$&\r\n');
