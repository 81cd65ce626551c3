/** Numbers of one kind, as many as come: typed, doubled when full. */
export interface GrowingList<A extends Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array> {
  values: A;
  length: number;
  push(value: number): void;
  /** So many values of `from`, beginning at `at`. */
  append(from: ArrayLike<number>, at: number, count: number): void;
}

export function growingList<A extends Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array>(
  make: new (length: number) => A,
  expected = 1024,
): GrowingList<A> {
  const list: GrowingList<A> = {
    values: new make(expected),
    length: 0,
    push(value) {
      if (list.length === list.values.length) grow();
      list.values[list.length++] = value;
    },
    append(from, at, count) {
      while (list.length + count > list.values.length) grow();
      for (let i = 0; i < count; i++) list.values[list.length + i] = from[at + i]!;
      list.length += count;
    },
  };
  return list;

  function grow(): void {
    const wider = new make(list.values.length * 2);
    wider.set(list.values as never);
    list.values = wider;
  }
}
