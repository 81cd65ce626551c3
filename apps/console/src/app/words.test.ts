// Every sentence the console asks for is in the catalogues, and every link leads to a screen.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogues } from '@vinculo/languages';
import { PUBLIC_SCREENS, SCREENS } from './routes.tsx';

type Sentences = (typeof catalogues)['es'][string];
const root = new URL('../', import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(new URL(name, root), 'utf8') }));

const has = (language: 'es' | 'en', key: string): boolean => {
  const [namespace = '', path = ''] = key.split(':');
  let at: string | Sentences | undefined = catalogues[language][namespace];
  const steps = path.split('.');
  for (const step of steps.slice(0, -1)) at = typeof at === 'object' ? at[step] : undefined;
  const last = steps.at(-1)!;
  return typeof at === 'object' && (at[last] !== undefined || at[`${last}_other`] !== undefined);
};

describe('words', () => {
  const namespaces = Object.keys(catalogues.es).join('|');
  const literal = new RegExp(`['"\`]((?:${namespaces}):[A-Za-z0-9_.-]+)['"\`]`, 'g');
  const asked = files.flatMap(({ name, text }) => [...text.matchAll(literal)].map(([, key]) => ({ name, key: key! })));

  it('finds what the code asks for', () => expect(asked.length).toBeGreaterThan(100));

  it.each(['es', 'en'] as const)('are all in the catalogue of %s', (language) => {
    expect(asked.filter(({ key }) => !has(language, key)).map(({ name, key }) => `${name}: ${key}`)).toEqual([]);
  });

  it('are asked for with their namespace', () => {
    const bare = files.flatMap(({ name, text }) => [...text.matchAll(/\bt\(\s*'([^':]+)'/g)].map(([, key]) => `${name}: ${key}`));
    expect(bare).toEqual([]);
  });
});

describe('links', () => {
  const paths = new Set([...SCREENS, ...PUBLIC_SCREENS].map(({ path }) => path));

  it('lead to screens that exist', () => {
    const links = files.flatMap(({ name, text }) =>
      [...text.matchAll(/\bto(?:=|: )["'](\/[^"']*)["']/g)].map(([, to]) => ({ name, to: to! })),
    );
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter(({ to }) => !paths.has(to)).map(({ name, to }) => `${name}: ${to}`)).toEqual([]);
  });

  it('are no more than four in the bar of a telephone', () => {
    expect(SCREENS.flatMap(({ links = [] }) => links).filter(({ bar }) => bar).length).toBeLessThanOrEqual(4);
  });
});
