// `npm run bench -- NAME [--quick]`: runs bench/NAME/main.ts. Each figure it prints is a line
// "figure | value | target | ok" (or "short", or "not run: why"); exits 1 if any is short.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = new URL('./', import.meta.url);
const [name, ...flags] = process.argv.slice(2);
const names = readdirSync(here).filter((entry) => existsSync(new URL(`${entry}/main.ts`, here)));
if (!name || !names.includes(name)) {
  console.error(`Say which benchmark to run: ${names.join(', ')}. For example: npm run bench -- ${names[0]} --quick`);
  process.exit(2);
}

const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL(`${name}/main.ts`, here)), ...flags], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let out = '';
child.stdout.on('data', (chunk: Buffer) => {
  process.stdout.write(chunk);
  out += chunk.toString();
});
child.on('close', (code) => {
  const figures = out.split('\n').filter((line) => line.split(' | ').length >= 4);
  const short = figures.filter((line) => line.trimEnd().endsWith('| short'));
  if (figures.length === 0) console.error('No figure was measured.');
  // 1: it ran and a figure is short; 2: it did not run.
  process.exit(code !== 0 || figures.length === 0 ? 2 : short.length > 0 ? 1 : 0);
});
