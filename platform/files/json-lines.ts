/** The fields of one line of JSON by column: nested objects as `address.city`, lists of plain values joined by commas. */
export function jsonCells(line: string): Map<string, string> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const cells = new Map<string, string>();
  flatten(value, '', cells);
  return cells;
}

function flatten(value: object, prefix: string, cells: Map<string, string>): void {
  for (const [name, inner] of Object.entries(value)) {
    if (inner !== null && typeof inner === 'object' && !Array.isArray(inner)) flatten(inner, `${prefix}${name}.`, cells);
    else cells.set(prefix + name, plain(inner));
  }
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (!Array.isArray(value)) return String(value);
  return value.every((element) => typeof element !== 'object') ? value.join(', ') : JSON.stringify(value);
}
