import { openSync, writeSync, closeSync } from 'node:fs';
import { generatePeople } from './people.ts';
const [rows, out, seed] = process.argv.slice(2);
const { table, truth } = generatePeople(Number(rows), Number(seed ?? 5), '/work/shared/data');
const names = Object.keys(table.columns).filter((n) => n !== 'given_root');
const cols = names.map((n) => table.columns[n]!);
const f = openSync(out!, 'w');
writeSync(f, ['rec_id', ...names, 'entity'].join(',') + '\n');
let buf = '';
for (let i = 0; i < table.rows; i++) {
  buf += `r${i},`;
  for (const c of cols) { buf += c.values[c.codes[i]!]; buf += ','; }
  buf += truth[i] + '\n';
  if (buf.length > 1 << 20) { writeSync(f, buf); buf = ''; }
}
writeSync(f, buf); closeSync(f);
