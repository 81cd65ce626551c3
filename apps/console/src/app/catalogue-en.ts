const files = import.meta.glob<Record<string, unknown>>('../../../../platform/languages/en/*.json', { eager: true, import: 'default' });

/** Namespace → words, one namespace a file. */
export const catalogue = Object.fromEntries(
  Object.entries(files).map(([path, words]) => [path.split('/').at(-1)!.replace('.json', ''), words]),
);
