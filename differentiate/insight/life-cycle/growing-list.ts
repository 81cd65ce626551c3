/** Numbers of one kind, as many as come: typed, doubled when full. */
export interface GrowingList<A extends Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array> {
  values: A;
  length: number;
  push(value: number): void;
}

export function growingList<A extends Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array>(
  make: new (length: number) => A,
  expected = 1024,
): GrowingList<A> {
  const list: GrowingList<A> = {
    values: new make(expected),
    length: 0,
    push(value) {
      if (list.length === list.values.length) {
        const wider = new make(list.length * 2);
        wider.set(list.values as never);
        list.values = wider;
      }
      list.values[list.length++] = value;
    },
  };
  return list;
}
