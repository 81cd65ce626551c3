// The HTML of a mail, written by strangers. It is shown in a frame of its own where nothing can run, be sent or be fetched: the
// headers of the reply forbid it, whatever the HTML says. Taking the worst out beforehand is a second wall, not the first.
import type { Context } from '@vinculo/http';
import { openFile } from './document-files.ts';
import { documentsOf } from './documents.ts';
import { shownAs } from './media-type.ts';

/** All pictures of a mail together that are put into its HTML. */
const MOST_INLINE = 8 * 1024 * 1024;

export const hasRemoteImages = (html: string): boolean =>
  /<(img|image|source|input|video|table|td|body)\b[^>]*\s(src|srcset|background|poster|href)\s*=\s*["']?\s*(https?:)?\/\//i.test(html) ||
  /url\(\s*["']?\s*(https?:)?\/\//i.test(html);

/** Elements that run, fetch, or ask for something, with all in them; and those that stand alone. */
const WHOLE = /<(script|iframe|object|embed|applet|frameset|form|svg|math|noscript|template|title)\b[\s\S]*?<\/\1\s*>/gi;
const ALONE = /<\/?(script|iframe|object|embed|applet|frame|frameset|form|input|button|select|textarea|link|meta|base|svg|math)\b[^>]*>/gi;
const HANDLER = /\son[a-z]+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi;
const CODE_LINK = /\b(href|src|action|xlink:href)\s*=\s*(["']?)\s*(javascript|vbscript|data:text|file):[^"'>\s]*\2/gi;

export function withoutCode(html: string): string {
  return html.replace(WHOLE, '').replace(ALONE, '').replace(HANDLER, '').replace(CODE_LINK, '$1=$2#$2');
}

/** Where pictures of other servers are named. */
const REMOTE = /\b(src|srcset|background|poster)\s*=\s*("\s*(?:https?:)?\/\/[^"]*"|'\s*(?:https?:)?\/\/[^']*'|(?:https?:)?\/\/[^\s>]+)/gi;
const REMOTE_STYLE = /url\(\s*["']?\s*(?:https?:)?\/\/[^)]*\)/gi;

export const withoutRemote = (html: string): string => html.replace(REMOTE, '').replace(REMOTE_STYLE, 'none');

/** What the browser may do with the page: show it, with its own pictures, and those of others only when asked for. */
export function policyFor(images: boolean): string {
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `img-src data:${images ? ' https: http:' : ''}`,
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');
}

/** The page that goes into the frame: links open elsewhere, and tell nobody where they were clicked. */
export async function mailPage(context: Context, entry: string, html: string, images: boolean): Promise<string> {
  const pictures = await ownPictures(context, entry, html);
  const safe = withoutCode(html);
  const shown = (images ? safe : withoutRemote(safe)).replace(
    /\bcid:([^"'\s>)]+)/gi,
    (_, id: string) => pictures.get(decode(id)) ?? 'data:,',
  );
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><base target="_blank">
<style>body{margin:12px;font:14px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}</style>
${shown}`;
}

async function ownPictures({ config, store }: Context, entry: string, html: string): Promise<Map<string, string>> {
  const pictures = new Map<string, string>();
  if (!/\bcid:/i.test(html)) return pictures;
  let left = MOST_INLINE;
  for (const { content_id, media_type, hash, size } of await documentsOf(store.db, entry)) {
    if (!content_id || !hash || shownAs(media_type) !== 'image' || size > left) continue;
    left -= size;
    const pieces: Buffer[] = [];
    for await (const piece of await openFile(config, hash)) pieces.push(piece as Buffer);
    pictures.set(content_id, `data:${media_type};base64,${Buffer.concat(pieces).toString('base64')}`);
  }
  return pictures;
}

function decode(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
