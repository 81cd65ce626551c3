/** Prints one figure the way every benchmark does; `atMost` unless the target says otherwise. */
export function figure(name: string, value: number, target: number | undefined, unit: string, { atLeast = false } = {}): void {
  const shown = `${Number.isInteger(value) ? value : value.toPrecision(4)} ${unit}`;
  if (target === undefined) return void console.log(`${name} | ${shown} | – | ok`);
  const ok = atLeast ? value >= target : value <= target;
  console.log(`${name} | ${shown} | ${atLeast ? '≥' : '≤'} ${target} ${unit} | ${ok ? 'ok' : 'short'}`);
}

export function notRun(name: string, why: string): void {
  console.log(`${name} | – | – | not run: ${why}`);
}

/** The p-th percentile (0…100) of a list of milliseconds, by nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN;
}
