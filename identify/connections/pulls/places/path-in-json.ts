/** What stands at a dotted place of an answer: `data.items`, `pages.0.next`. The answer itself for ''; undefined where there is nothing. */
export function at(answer: unknown, path: string): unknown {
  if (path === '') return answer;
  let value = answer;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
