/** A value of a sample, and the path that leads to it. */
export interface Leaf {
  path: string;
  value: string;
}

const MOST = 200;

/** Every value of a document with its path, of lists the first entry: what is there to click on. */
export function leavesOf(value: unknown, path = '', found: Leaf[] = []): Leaf[] {
  if (found.length >= MOST) return found;
  if (Array.isArray(value)) {
    if (value.length > 0) leavesOf(value[0], `${path}[0]`, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      const step = /^[^.[\]"\\]+$/.test(key) ? `${path === '' ? '' : '.'}${key}` : `["${key}"]`;
      leavesOf(one, `${path}${step}`, found);
    }
  } else if (path !== '') found.push({ path, value: value === null ? 'null' : String(value) });
  return found;
}

/** The path as it is written inside the entries of a list: `items[0].sku` within `items` is `sku`. */
export function within(path: string, list: string): string {
  const start = `${list}[0]`;
  if (list === '' || !path.startsWith(start)) return list === '' ? path : `$.${path}`;
  return path.slice(start.length).replace(/^\./, '');
}
