/** Whether a file is meant by a pattern: `*` is anything, `?` one character, case does not count. Hidden files never are. */
export function matches(pattern: string, name: string): boolean {
  if (name.startsWith('.')) return false;
  const source = pattern
    .split('')
    .map((character) => (character === '*' ? '.*' : character === '?' ? '.' : character.replace(/[\\^$.|+()[\]{}]/, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`, 'iu').test(name);
}
