/** The values that agree in a key, as one text. */
export function nameOfKey(values: readonly string[]): string {
  return values.join('\u001f');
}

/** The name of a key that was split by one more value. */
export function nameOfSplit(name: string, value: string): string {
  return `${name}\u001e${value}`;
}
