// The house rule: who may import whom (ARCHITECTURE.md, "Who may import whom").
// Written as an oxlint plugin in plain JavaScript, because the linter loads it without a TypeScript loader.

/** Feature folders from left to right: a feature may use what stands to its left. */
const LEFT_TO_RIGHT = ['identify', 'differentiate', 'interact', 'personalise', 'protect'];

/** Packages that know no database, file, network, clock or environment. */
const PURE = new Set(['normalise', 'matching', 'value']);

/** Where each workspace stands, from left to right within its room too. A new workspace is added here, or the rule refuses to guess. */
const ROOMS = {
  normalise: 'identify',
  matching: 'identify',
  'customer-file': 'identify',
  events: 'identify',
  connections: 'identify',
  value: 'differentiate',
  segments: 'differentiate',
  insight: 'differentiate',
  channels: 'interact',
  access: 'protect',
  audit: 'protect',
  config: 'platform',
  errors: 'platform',
  files: 'platform',
  threads: 'platform',
  postgres: 'platform',
  warehouse: 'platform',
  jobs: 'platform',
  http: 'platform',
  mail: 'platform',
  testing: 'platform',
  languages: 'platform',
  server: 'apps',
  cli: 'apps',
  console: 'apps',
  generator: 'examples',
};

const NODE_BUILT_IN = /^node:/;
/** A pure package may offer to spread its work over threads, in this folder and by these alone (docs/adr/0008). */
const THREADS = { folder: 'parallel/', needs: new Set(['node:worker_threads', 'node:os']) };
const UI_KIT = /^(@mantine\/|@tabler\/|echarts)/;

/** `/any/where/identify/matching/block.ts` → { room: 'identify', name: 'matching', inside: 'block.ts' }, the last such pair of folders. */
export function placeOf(file) {
  const parts = file.split('/');
  for (let i = parts.length - 2; i > 0; i--) {
    const [room, name] = [parts[i - 1], parts[i]];
    if (ROOMS[name] === room) return { room, name, inside: parts.slice(i + 1).join('/') };
  }
  return undefined;
}

/** Why `file` may not import `specifier`, or undefined when it may. */
export function refusal(file, specifier, { typeOnly = false } = {}) {
  const from = placeOf(file);
  if (!from) return undefined;
  const isTest = /\.(test|oracle)\.ts$|\/testing\//.test(file);
  const pure = PURE.has(from.name);

  if (pure && NODE_BUILT_IN.test(specifier) && !isTest && !(from.inside.startsWith(THREADS.folder) && THREADS.needs.has(specifier))) {
    return `@vinculo/${from.name} is pure: it may not use ${specifier}. Take the data as an argument.`;
  }
  if (from.name === 'console' && UI_KIT.test(specifier) && !from.inside.startsWith('src/ui/')) {
    return `The console takes its interface kit from src/ui/ only; export what you need of ${specifier} there.`;
  }
  const target = /^@vinculo\/([^/]+)(\/.*)?$/.exec(specifier);
  if (!target) {
    const relative = specifier.startsWith('.') && placeOf(new URL(specifier, `file://${file}`).pathname);
    return relative && relative.name !== from.name ? `Import @vinculo/${relative.name}, not a path into it.` : undefined;
  }
  const [, name, subpath] = target;
  const room = ROOMS[name];
  if (!room) return `@vinculo/${name} has no place in scripts/lint/house.js yet.`;
  if (name === from.name) return undefined;
  if (subpath && !/^\/api(\/|$)/.test(subpath) && !(subpath === '/parallel' && PURE.has(name))) return `@vinculo/${name} has one public face; ${specifier} is private.`;
  if (isTest && from.room !== 'apps' && (name === 'testing' || name === 'generator')) return undefined;

  if (pure) return PURE.has(name) ? undefined : `@vinculo/${from.name} is pure and may import pure packages only, not @vinculo/${name}.`;
  if (from.name === 'console') {
    return PURE.has(name) || name === 'languages' || (subpath && typeOnly)
      ? undefined
      : `The console may import pure packages and API types (import type … from '@vinculo/${name}/api'), not @vinculo/${name}.`;
  }
  if (from.room === 'apps') return undefined;
  if (from.room === 'platform') return room === 'platform' ? undefined : `The platform knows no feature: @vinculo/${name} may not be imported here.`;
  if (from.room === 'examples') return PURE.has(name) ? undefined : `Examples stand alone: @vinculo/${name} may not be imported here.`;
  if (room === 'platform' || PURE.has(name)) return undefined;
  if (room === 'apps') return `Only apps compose: @vinculo/${name} may not be imported by a feature.`;
  const names = Object.keys(ROOMS);
  const left = room === from.room ? names.indexOf(name) < names.indexOf(from.name) : LEFT_TO_RIGHT.indexOf(room) < LEFT_TO_RIGHT.indexOf(from.room);
  return left
    ? undefined
    : `@vinculo/${name} does not stand to the left of @vinculo/${from.name}. Emit an event instead, and let it listen.`;
}

const house = {
  meta: { type: 'problem' },
  create(context) {
    const check = (node) => {
      if (!node.source) return;
      const why = refusal(context.filename, node.source.value, { typeOnly: node.importKind === 'type' || node.exportKind === 'type' });
      if (why) context.report({ node: node.source, message: why });
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: (node) => node.source.type === 'Literal' && check(node) };
  },
};

export default { meta: { name: 'vinculo' }, rules: { house } };
