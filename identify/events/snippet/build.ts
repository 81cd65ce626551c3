// `npm run snippet`: makes what browsers get out of browser/, into vinculo.min.js beside this file. A test says when that is forgotten.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The script as browsers get it. */
export async function snippet(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./browser/vinculo.ts', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2018',
    charset: 'utf8',
    legalComments: 'none',
    // Not the house's own settings, which are for Node.
    tsconfigRaw: '{}',
  });
  return outputFiles[0]!.text;
}

export const MADE = new URL('./vinculo.min.js', import.meta.url);

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(MADE, await snippet());
