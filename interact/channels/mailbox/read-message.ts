import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '@vinculo/config';
import { type AttachmentStream, type EmailAddress, MailParser, type MessageText } from 'mailparser';
import { keepFile } from '../post/document-files.ts';
import { type NewDocument, plainName } from '../post/documents.ts';
import type { MailHeaders } from './classify-mail.ts';

export interface Person {
  name: string;
  /** In small letters. */
  address: string;
}

export interface Message {
  headers: MailHeaders;
  from: Person;
  recipients: Person[];
  subject: string;
  messageId: string | null;
  refersTo: string[];
  text: string;
  html: string | null;
  /** There was more than is kept. */
  cut: boolean;
  documents: Omit<NewDocument, 'entry'>[];
  /** Of its delivery, when that is what it reports. */
  report: string;
}

/** Characters of text and of HTML that are kept. */
const MOST_TEXT = 500_000;
const MOST_HTML = 1_000_000;
/** Bytes of an attachment, of all of them, and how many. */
const MOST_ATTACHMENT = 26 * 1024 * 1024;
const MOST_TOGETHER = 60 * 1024 * 1024;
const MOST_ATTACHMENTS = 100;
const MOST_REPORT = 64 * 1024;
const MOST_REFERENCES = 50;

/**
 * Reads a mail as it arrives, attachments straight onto the disk: whatever its size, little of it is in memory. A mail that is written
 * wrong is read as far as it goes; `cut` says so.
 *
 * @param whole - false when the source ends before the mail does: attachments are named, not kept.
 */
export async function readMessage(config: Pick<Config, 'dataFolder'>, source: Readable, whole = true): Promise<Message> {
  const parser = new MailParser({
    keepDeliveryStatus: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    maxHtmlLengthToParse: MOST_HTML,
    checksumAlgo: false,
  });
  const documents: Message['documents'] = [];
  let text: Partial<MessageText> = {};
  let report = '';
  let cut = !whole;
  let left = whole ? MOST_TOGETHER : 0;
  let wrong: Error | undefined;
  let reading: Readable | undefined;
  parser.once('error', (error: Error) => {
    wrong = error;
    reading?.destroy(error);
  });
  const line = fromLine(source);
  const fed = pipeline(line.pieces, parser).catch(() => {});
  try {
    for await (const part of parser as AsyncIterable<AttachmentStream | MessageText>) {
      if (part.type === 'text') {
        text = part;
        continue;
      }
      reading = part.content;
      if (part.contentType === 'message/delivery-status') report += await beginning(part.content);
      else {
        const document = await keepAttachment(config, part, Math.min(MOST_ATTACHMENT, left), documents.length);
        left -= document.hash ? document.size! : 0;
        if (documents.length < MOST_ATTACHMENTS) documents.push(document);
        else cut = true;
      }
      part.release?.();
    }
  } catch (error) {
    parser.destroy();
    // Written so wrong that it cannot be read on: what was read is kept. Anything else is no fault of the mail.
    if (error !== wrong) throw line.broke ?? error;
    cut = true;
  }
  await fed;
  if (line.broke) throw line.broke;

  const html = text.html ? clean(text.html) : null;
  // A text made of HTML names its pictures by their addresses, which nobody reads.
  const plain = clean(html ? (text.text ?? '').replace(/\[(?:https?|cid|data):[^\]\s]*\]/gi, '') : (text.text ?? '')).trim();
  return {
    headers: headersOf(parser),
    from: people(parser.from?.value)[0] ?? people(parser.replyTo?.value)[0] ?? { name: '', address: '' },
    recipients: [parser.to, parser.cc].flatMap((header) => [header ?? []].flat().flatMap(({ value }) => people(value))).slice(0, 100),
    subject: clean(parser.subject ?? '')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 300),
    messageId: idsOf(parser.messageId)[0] ?? null,
    refersTo: [...new Set([...idsOf(parser.references), ...idsOf(parser.inReplyTo)])].slice(-MOST_REFERENCES),
    text: plain.slice(0, MOST_TEXT),
    html: html && html.length <= MOST_HTML ? html : null,
    cut: cut || plain.length > MOST_TEXT || (html !== null && html.length > MOST_HTML),
    documents,
    report,
  };
}

/** The pieces of a mail as they come, and whether the line to the mail server broke. */
function fromLine(source: Readable): { pieces: () => AsyncGenerator<Buffer>; broke: Error | undefined } {
  const line = {
    broke: undefined as Error | undefined,
    async *pieces() {
      try {
        for await (const piece of source) yield piece as Buffer;
      } catch (error) {
        line.broke = error as Error;
        throw error;
      }
    },
  };
  return line;
}

async function keepAttachment(
  config: Pick<Config, 'dataFolder'>,
  part: AttachmentStream,
  most: number,
  place: number,
): Promise<Omit<NewDocument, 'entry'>> {
  const name = plainName(clean(part.filename ?? (part.contentType === 'message/rfc822' ? 'correo.eml' : '')));
  const kept = await keepFile(config, part.content, most);
  const known = { name, place: Math.min(place + 1, 30_000), contentId: part.cid ? clean(part.cid).slice(0, 500) : null };
  return kept === 'too_large' ? { ...known, size: part.size ?? 0, refused: 'too_large' } : { ...known, ...kept };
}

async function beginning(stream: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream) {
    if (size < MOST_REPORT) pieces.push(piece as Buffer);
    size += (piece as Buffer).length;
  }
  return `${Buffer.concat(pieces).toString('utf8').slice(0, MOST_REPORT)}\n\n`;
}

function headersOf({ headerLines }: MailParser): MailHeaders {
  const headers = new Map<string, string>();
  for (const { key, line } of headerLines || []) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n\s*/g, ' ')
      .trim();
    if (!headers.has(key)) headers.set(key, value);
  }
  return headers;
}

function people(addresses: readonly EmailAddress[] | undefined): Person[] {
  return (addresses ?? []).flatMap(({ name, address, group }) =>
    group
      ? people(group)
      : address
        ? [{ name: clean(name).trim().slice(0, 200), address: clean(address).trim().toLowerCase().slice(0, 320) }]
        : [],
  );
}

const idsOf = (value: string | string[] | undefined): string[] =>
  [value ?? []].flat().flatMap((text) => clean(text).match(/<[^<>\s]{1,500}>/g) ?? []);

/** Text that PostgreSQL keeps: no NUL, no half characters. */
function clean(text: string): string {
  return text.replaceAll('\u0000', '').replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}
