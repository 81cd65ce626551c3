import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The rows of a small CSV file with quotes, packed or not, as objects by the header's names. */
export function readCsv(path: string, separator = ','): Record<string, string>[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').replace(/\r|^\uFEFF/g, '');
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (quoted && letter === '"' && text[at + 1] === '"') {
      cell += letter;
      at++;
    } else if (letter === '"') quoted = !quoted;
    else if (quoted) cell += letter;
    else if (letter === separator || letter === '\n') {
      rows.at(-1)!.push(cell.trim());
      cell = '';
      if (letter === '\n') rows.push([]);
    } else cell += letter;
  }
  if (cell !== '' || rows.at(-1)!.length > 0) rows.at(-1)!.push(cell.trim());
  const [header, ...records] = rows.filter((row) => row.length > 0);
  return records.map((row) => Object.fromEntries(header!.map((name, k) => [name, row[k] ?? ''])));
}
