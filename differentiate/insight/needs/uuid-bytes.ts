// UUIDs as the warehouse writes them in RowBinary: two halves of eight bytes, each backwards.

export function uuidText(bytes: Uint8Array, from: number): string {
  let hex = '';
  for (const half of [0, 8]) for (let i = 7; i >= 0; i--) hex += bytes[from + half + i]!.toString(16).padStart(2, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function uuidBytes(uuid: string): Uint8Array {
  const plain = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  return Uint8Array.from({ length: 16 }, (_, i) => plain[i < 8 ? 7 - i : 23 - i]!);
}
