// First of every thread: its module and all that reads are put into one piece of JavaScript, and that runs. Read file by file, as the
// main thread reads them through tsx, they took a third of a second of a processor before the first call was heard.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { workerData } from 'node:worker_threads';
import { build, stop } from 'esbuild';

/** They look for files of theirs beside their own. */
const APART = ['chdb', 'piscina'];

const entry = fileURLToPath(workerData.entry);

/** In one piece, where a module lies is no longer where it runs. */
const whereItLies = {
  name: 'where it lies',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    }));
  },
};

const { outputFiles } = await build({
  entryPoints: [entry],
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: `node${process.versions.node}`,
  external: APART,
  plugins: [whereItLies],
  write: false,
  logLevel: 'silent',
});
stop();

const module = { exports: {} };
compileFunction(outputFiles[0].text, ['require', 'module', 'exports'], { filename: `${entry}.in-one-piece` })(
  createRequire(entry),
  module,
  module.exports,
);
