// `npm test`: everything, on the real stores and a real browser. The last line is "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from './chromium.ts';

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; message?: string; assertionResults: Assertion[] }[];
}

interface Assertion {
  fullName: string;
  status: string;
  failureMessages?: string[];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const only = process.argv.slice(2);

chromium();
const build = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
if (build.status !== 0) end(0, 1);

const scratch = mkdtempSync(join(tmpdir(), 'vinculo-test-'));
const output = join(scratch, 'report.json');
const run = spawnSync(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${output}`, ...only],
  { cwd: root, stdio: 'inherit' },
);

let report: Report | undefined;
try {
  report = JSON.parse(readFileSync(output, 'utf8')) as Report;
} catch {
  console.error('The test runner left no report.');
}
rmSync(scratch, { recursive: true, force: true });
if (!report) end(0, 1);

// A file that does not even load, and a test that is skipped, are failures: nothing here passes in silence.
const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
for (const file of unloaded) say(file.name, 'did not load', file.message);
// Said again at the end: of a long run often only the last page is read.
for (const file of report.testResults)
  for (const test of file.assertionResults) if (test.status === 'failed') say(file.name, test.fullName, test.failureMessages?.[0]);
const skipped = report.numPendingTests + report.numTodoTests;
if (skipped) console.log(`FAILED: ${skipped} skipped`);
const failed = report.numFailedTests + unloaded.length + skipped;
if (failed === 0 && run.status !== 0) console.log('FAILED: an error outside of every test: see "Unhandled Errors" above');
end(report.numPassedTests, failed === 0 && run.status !== 0 ? 1 : failed);

function say(file: string, what: string, why = ''): void {
  console.log(`FAILED: ${relative(root, file)}: ${what}: ${why.split('\n', 4).join(' | ').slice(0, 600)}`);
}

function end(passed: number, failed: number): never {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
