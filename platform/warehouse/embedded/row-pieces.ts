const NEWLINE = 0x0a;
const QUOTE = 0x22;

/** Formats whose rows end in a newline, with whether a newline may also stand between quotes and whether the first row is a header. */
const LINE_FORMATS: Record<string, { quotes: boolean; header: boolean }> = {
  CSV: { quotes: true, header: false },
  CSVWithNames: { quotes: true, header: true },
  TSV: { quotes: false, header: false },
  TabSeparated: { quotes: false, header: false },
  TSVWithNames: { quotes: false, header: true },
  TabSeparatedWithNames: { quotes: false, header: true },
  JSONEachRow: { quotes: false, header: false },
  JSONCompactEachRow: { quotes: false, header: false },
};

/** True when {@link rowPieces} can cut this format. */
export function hasLines(format: string): boolean {
  return format in LINE_FORMATS;
}

/** Cuts a stream into pieces of whole rows of about `size` bytes, each a document of the format by itself: a header is put before every piece. */
export async function* rowPieces(source: AsyncIterable<Buffer | string>, format: string, size: number): AsyncGenerator<Buffer> {
  const { quotes, header } = LINE_FORMATS[format]!;
  let parts: Buffer[] = [];
  let length = 0;
  let quoted = false;
  let head: Buffer | undefined;

  for await (const chunk of source) {
    let rest = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (header && !head) {
      const end = rowEnd(rest, quotes, quoted, true);
      if (end.at === 0) {
        quoted = end.quoted;
        parts.push(rest);
        continue;
      }
      head = Buffer.concat([...parts, rest.subarray(0, end.at)]);
      parts = [];
      quoted = false;
      rest = rest.subarray(end.at);
    }
    const end = rowEnd(rest, quotes, quoted, false);
    quoted = end.quoted;
    if (length + rest.length >= size && end.at > 0) {
      yield Buffer.concat([...(head ? [head] : []), ...parts, rest.subarray(0, end.at)]);
      rest = rest.subarray(end.at);
      parts = [];
      length = 0;
    }
    if (rest.length > 0) parts.push(rest);
    length += rest.length;
  }
  if (length > 0) yield Buffer.concat([...(head ? [head] : []), ...parts]);
}

/** Where a row ends in the chunk, the first or the last such place (0 for none), and whether the chunk ends between quotes. */
function rowEnd(chunk: Buffer, quotes: boolean, quotedBefore: boolean, first: boolean): { at: number; quoted: boolean } {
  if (!quotes) return { at: (first ? chunk.indexOf(NEWLINE) : chunk.lastIndexOf(NEWLINE)) + 1, quoted: false };
  // A doubled quote inside a value flips the state twice, so parity is all there is to know.
  let quoted = quotedBefore;
  let at = 0;
  let from = 0;
  for (;;) {
    const quote = chunk.indexOf(QUOTE, from);
    const until = quote < 0 ? chunk.length : quote;
    if (!quoted) {
      const stretch = chunk.subarray(from, until);
      const end = first ? stretch.indexOf(NEWLINE) : stretch.lastIndexOf(NEWLINE);
      if (end >= 0) {
        at = from + end + 1;
        if (first) return { at, quoted };
      }
    }
    if (quote < 0) return { at, quoted };
    quoted = !quoted;
    from = quote + 1;
  }
}
