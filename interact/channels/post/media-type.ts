// What a file is, by how it begins: what it is called and what its sender says it is are not to be trusted.

export type Shown = 'image' | 'pdf' | 'none';

/** Bytes of the beginning that {@link mediaType} looks at. */
export const HEAD_BYTES = 1_024;

const UNKNOWN = 'application/octet-stream';

const BEGINNINGS: readonly [type: string, bytes: readonly number[], at?: number][] = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['image/tiff', [0x4d, 0x4d, 0x00, 0x2a]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', [0x57, 0x45, 0x42, 0x50], 8],
  ['application/zip', [0x50, 0x4b, 0x03, 0x04]],
];

/** Of a page of paper: what a scanner, a telephone and a fax server make. */
export const PAGES: readonly string[] = ['application/pdf', 'image/jpeg', 'image/png', 'image/tiff'];

/** The media type that the first bytes tell; `application/octet-stream` when they tell none of those we know. */
export function mediaType(head: Uint8Array): string {
  for (const [type, bytes, at = 0] of BEGINNINGS) if (bytes.every((byte, n) => head[at + n] === byte)) return type;
  // Some programs put a few lines of their own before a PDF (ISO 32000-1, annex H.3.4.1).
  if (Buffer.from(head.subarray(0, HEAD_BYTES)).includes('%PDF-')) return 'application/pdf';
  return UNKNOWN;
}

/** How a browser may show it without running anything in it; a TIFF as the PDF that is made of it. */
export function shownAs(type: string): Shown {
  if (type === 'application/pdf' || type === 'image/tiff') return 'pdf';
  return ['image/jpeg', 'image/png', 'image/gif', 'image/webp'].includes(type) ? 'image' : 'none';
}
