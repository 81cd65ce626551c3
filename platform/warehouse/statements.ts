// Strings, quoted names and comments are skipped whole, so that a semicolon in them parts nothing.
const TOKEN = /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|--[^\n]*|\/\*[\s\S]*?\*\/|;/g;

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
