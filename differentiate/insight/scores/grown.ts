type Columns = Record<string, Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array>;

/** What stands in some columns, in wider ones. @returns the wider ones. */
export function grown<T extends Columns>(columns: T, wider: T): T {
  for (const name of Object.keys(columns)) wider[name]!.set(columns[name]!);
  return wider;
}
