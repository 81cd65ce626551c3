/**
 * The fields of one line of JSON by column: nested objects as `address.city`, lists of plain values joined by commas. Objects in a
 * list are laid side by side; the second value of a field is `phones.number.2`. Undefined where the line is no JSON object.
 */
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
    if (inner === null || typeof inner !== 'object') put(cells, prefix + name, inner === null ? '' : String(inner));
    else if (!Array.isArray(inner)) flatten(inner, `${prefix}${name}.`, cells);
    else flattenList(inner, prefix + name, cells);
  }
}

function flattenList(list: unknown[], name: string, cells: Map<string, string>): void {
  const plain: string[] = [];
  for (const element of list) {
    if (Array.isArray(element)) plain.push(JSON.stringify(element));
    else if (typeof element === 'object' && element !== null) flatten(element, `${name}.`, cells);
    else if (element !== null) plain.push(String(element));
  }
  if (plain.length > 0 || list.length === 0) put(cells, name, plain.join(', '));
}

function put(cells: Map<string, string>, name: string, value: string): void {
  let place = name;
  for (let time = 2; cells.has(place); time++) place = `${name}.${time}`;
  cells.set(place, value);
}
