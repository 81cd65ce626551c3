import { fail } from '@vinculo/errors';
import { jsonCells } from '@vinculo/files';
import type { PullSettings } from '../../api/pulls.ts';
import type { Secrets } from '../../credentials/credentials.ts';
import { getJson } from './get-json.ts';
import { at } from './path-in-json.ts';
import type { Column, ReadRows, Row, TablePlace } from './place.ts';

type Settings = Extract<PullSettings, { kind: 'http' }>;
type Item = Map<string, string>;

/** Rows of the first page by which its columns are known. */
const LOOKED_AT = 500;

/** An address that answers with JSON, page by page. */
export function openHttp(settings: Settings, secrets: Secrets): TablePlace {
  const { rows: where, paging, since, cursor } = settings;
  const headers = Object.fromEntries(settings.headers.map((name) => [name, secrets[`header.${name}`] ?? '']));
  if (secrets.bearer) headers.authorization = `Bearer ${secrets.bearer}`;
  const start = new URL(settings.url);
  // One page of a run is read to know the columns, and again to read the rows.
  let first: { key: string; page: Page } | undefined;

  interface Page {
    items: Item[];
    next: URL | undefined;
  }

  async function page(url: URL, number: number, signal: AbortSignal): Promise<Page> {
    const answer = await getJson(url, { headers, verify: settings.tls === 'verify', signal });
    const list = at(answer.body, where);
    if (!Array.isArray(list)) {
      const place = where === '' ? { es: 'la respuesta', en: 'the answer' } : { es: `«${where}»`, en: `"${where}"` };
      throw fail('VIN_CONNECTION_HTTP_SHAPE', {
        reason: { es: `${place.es} no es una lista de filas`, en: `${place.en} is no list of rows` },
      });
    }
    const items = list.map((item) => jsonCells(JSON.stringify(item)) ?? new Map());
    return { items, next: following(answer, url, number, items.length) };
  }

  function following(answer: { body: unknown; link: string | undefined }, url: URL, number: number, items: number): URL | undefined {
    if (paging.by === 'none') return undefined;
    if (paging.by === 'page') return items === 0 ? undefined : withParameter(url, paging.parameter, String(number + 1));
    if (paging.by === 'cursor') {
      const value = at(answer.body, paging.path);
      return value === undefined || value === null || value === '' || value === false
        ? undefined
        : withParameter(url, paging.parameter, String(value as string | number));
    }
    const said = paging.path === '' ? nextOfHeader(answer.link) : at(answer.body, paging.path);
    if (typeof said !== 'string' || said === '') return undefined;
    const next = new URL(said, url);
    // The headers go along with every page: to this host, and to no other that an answer names.
    if (next.host !== start.host || (start.protocol === 'https:' && next.protocol !== 'https:')) {
      throw fail('VIN_CONNECTION_REDIRECT', { host: next.host });
    }
    return next;
  }

  function firstUrl(value: string | undefined): URL {
    let url = start;
    if (since && value !== undefined) url = withParameter(url, since, value);
    return paging.by === 'page' ? withParameter(url, paging.parameter, '1') : url;
  }

  async function firstPage(value: string | undefined, signal: AbortSignal): Promise<Page> {
    const url = firstUrl(value);
    if (first?.key !== url.href) first = { key: url.href, page: await page(url, 1, signal) };
    return first.page;
  }

  return {
    async columns(signal) {
      const { items } = await firstPage(undefined, signal);
      return columnsOf(items, cursor);
    },
    async *rows({ from, most, signal }: ReadRows): AsyncGenerator<Row[]> {
      const columns = (await this.columns(signal)).map(({ name }) => name);
      let current: Page | undefined = await firstPage(since ? from?.value : undefined, signal);
      const visited = new Set<string>();
      let read = 0;
      for (let number = 1; current; number++) {
        signal.throwIfAborted();
        // Where the server does not know the parameter it gives everything; what was read before is left out here.
        const fresh =
          from?.value === undefined ? current.items : current.items.filter((item) => !isBefore(item.get(from.column), from.value!));
        read += fresh.length;
        if (fresh.length > 0) yield fresh.map((item) => columns.map((name) => item.get(name) ?? ''));
        if (!current.next || (most !== undefined && read >= most)) return;
        // A server that gives the same page for ever would be read for ever.
        if (visited.has(current.next.href)) return;
        visited.add(current.next.href);
        current = await page(current.next, number + 1, signal);
      }
    },
    async close() {
      first = undefined;
    },
  };
}

function columnsOf(items: readonly Item[], cursor: string | undefined): Column[] {
  const names = new Set(items.slice(0, LOOKED_AT).flatMap((item) => [...item.keys()]));
  if (cursor && items.length === 0) names.add(cursor);
  return [...names].map((name) => {
    const values = items.slice(0, LOOKED_AT).flatMap((item) => item.get(name) || []);
    const grows = values.length === 0 ? undefined : values.every(isNumber) ? 'number' : values.every(isMoment) ? 'time' : 'text';
    return { name, type: '', ...(grows ? { grows } : {}) };
  });
}

const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text);
const isMoment = (text: string) => /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text));

/** Whether a value of the cursor was passed; the one that was reached last was not. */
export function isBefore(value: string | undefined, reached: string): boolean {
  if (value === undefined || value === '') return false;
  return compareCursors(value, reached) < 0;
}

/** In the order in which such values grow: numbers as numbers of any length, moments by the clock, anything else by its letters. */
export function compareCursors(a: string, b: string): number {
  if (isNumber(a) && isNumber(b)) return Number(a) === Number(b) ? compareText(a, b) : Number(a) - Number(b);
  if (isMoment(a) && isMoment(b)) return Date.parse(a) - Date.parse(b) || compareText(a, b);
  return compareText(a, b);
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function withParameter(url: URL, name: string, value: string): URL {
  const made = new URL(url);
  made.searchParams.set(name, value);
  return made;
}

/** RFC 8288: `<https://…>; rel="next"`. */
function nextOfHeader(link: string | undefined): string | undefined {
  for (const [, address, rest] of link?.matchAll(/<([^>]*)>([^,]*(?:,(?![^<]*<)[^,]*)*)/g) ?? []) {
    if (/;\s*rel\s*=\s*"?([^"]*\s)?next(\s[^"]*)?"?/i.test(rest!)) return address;
  }
  return undefined;
}
