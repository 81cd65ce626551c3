/** Strings, quoted names and comments of ClickHouse's SQL: what is in them means nothing to us. */
export const STRINGS_AND_COMMENTS = /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|--[^\n]*|\/\*[\s\S]*?\*\//g;
const TOKEN = new RegExp(`${STRINGS_AND_COMMENTS.source}|;`, 'g');

/** The statements of a file, parted at the semicolons; what holds only comments is left out. */
export function statements(sql: string): string[] {
  const found: string[] = [];
  let from = 0;
  for (const { 0: token, index } of sql.matchAll(TOKEN)) {
    if (token !== ';') continue;
    found.push(sql.slice(from, index));
    from = index + 1;
  }
  found.push(sql.slice(from));
  return found.map((text) => text.trim()).filter((text) => text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim() !== '');
}
