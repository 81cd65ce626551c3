// Paths into a JSON document: `billing.email`, `items[0].sku`, `["first name"]`, `$.id` from the top; `=text` is the text itself.

/** The steps of a path; undefined when it is none. */
export function pathSteps(path: string): (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  let rest = path.replace(/^\$\.?/, '');
  while (rest !== '') {
    const step = /^(?:\[(\d+)\]|\["([^"\\]*)"\]|([^.[\]]+))(\.(?=.)|(?=\[)|$)/.exec(rest);
    if (!step) return undefined;
    steps.push(step[1] === undefined ? (step[2] ?? step[3]!) : Number(step[1]));
    rest = rest.slice(step[0].length);
  }
  return steps;
}

/** What stands there; undefined where nothing does. @param thing what a path without `$` begins at. */
export function valueAt(path: string, root: unknown, thing: unknown): unknown {
  if (path.startsWith('=')) return path.slice(1);
  let at = path.startsWith('$') ? root : thing;
  for (const step of pathSteps(path) ?? [undefined]) {
    if (step === undefined || at === null || typeof at !== 'object') return undefined;
    if (Array.isArray(at) !== (typeof step === 'number') || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}
