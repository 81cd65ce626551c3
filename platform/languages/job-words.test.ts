// Whatever a job says of itself has words in both languages: read from the code, so that a new phase cannot be forgotten.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './catalogues.ts';
import { translator } from './translator.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = ['identify', 'differentiate', 'protect', 'platform']
  .flatMap((folder) => readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`))
  .filter(
    (path) => path.endsWith('.ts') && !path.includes('node_modules') && !/(^|\/)\./.test(path) && !/\.(test|fixture|child)\.ts$/.test(path),
  )
  .map((path) => readFileSync(`${root}${path}`, 'utf8'));
const found = (...patterns: RegExp[]) =>
  [
    ...new Set(sources.flatMap((source) => patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, name]) => name!)))),
  ].toSorted();

const phases = found(
  /\bphase: '([\w-]+)'/g,
  /\bprogress\('([\w-]+)'/g,
  /\btell = async \(\) => progress\('([\w-]+)'/g,
  /: ScoreStep = \{\s*name: '([\w-]+)'/g,
  /\btimed\('([\w-]+)'/g,
);
const jobs = found(/\bname: '([a-z]+\.[a-z-]+)'[^}]{0,200}\brun\b/g);

describe('what a job says of itself', () => {
  it('is found in the code', () => {
    expect(phases).toEqual(
      expect.arrayContaining(['checking', 'committing', 'copy', 'golden', 'index', 'orders', 'publish', 'read', 'train']),
    );
    expect(jobs).toEqual(expect.arrayContaining(['identity.unify', 'import.run', 'insight.score', 'mail.send']));
  });

  it.each(LANGUAGES)('has words in %s', (language) => {
    const t = translator(language);
    const missing = (keys: string[]) => keys.filter((key) => t(key, { defaultValue: '', fallbackLng: language }) === '');
    expect(missing(phases.map((phase) => `jobs:phase.${phase}`))).toEqual([]);
    expect(missing(jobs.map((job) => `jobs:name.${job}`))).toEqual([]);
  });
});
