import { hash } from 'node:crypto';
import { v7 } from 'uuid';

/** A new UUIDv7: sorts by the time it was made. */
export function newId(): string {
  return v7();
}

/**
 * The id of a source record, the same whenever the same key of the same source is seen, so that facts can be
 * loaded before the record they belong to. UUIDv8 (RFC 9562, section 5.8) over MD5 of source id, newline, key.
 * The warehouse computes it in SQL, so version and variant are single hex digits set to 8.
 */
export function recordId(sourceId: string, key: string): string {
  const hex = hash('md5', `${sourceId}\n${key}`, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
