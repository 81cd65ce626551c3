// What a connection reads from, however it is reached. Rows come as text, exactly as the place writes them.
import type { Readable } from 'node:stream';

export interface Column {
  name: string;
  /** As the place calls it: `timestamp with time zone`, `varchar`; '' where it has none. */
  type: string;
  /** What its values are, where rows can be read from a value on: nothing else can be a cursor. */
  grows?: 'number' | 'time' | 'text';
  /** Put behind every value so that it says its zone: `Z` for instants that the place writes in UTC without saying so. */
  suffix?: string;
}

/** '' is no value. */
export type Row = string[];

export interface From {
  column: string;
  /** Rows from this value on, the value itself included; from the beginning when not given. */
  value?: string;
  /** How much earlier than the value, for columns of time. */
  overlapSeconds: number;
}

export interface ReadRows {
  from?: From;
  /** No more are wanted: the place may stop early. */
  most?: number;
  signal: AbortSignal;
}

/** A database or an address: columns and rows, in the order of the cursor where there is one. */
export interface TablePlace {
  columns(signal: AbortSignal): Promise<Column[]>;
  /** In batches, so that no table is ever held in memory. What is left of it is given up with the iteration. */
  rows(ask: ReadRows): AsyncGenerator<Row[]>;
  /** Tables and views by name, with the query that reads each; absent where there is no such thing. */
  tables?(signal: AbortSignal): Promise<{ name: string; query: string }[]>;
  close(): Promise<void>;
}

export interface PlaceFile {
  name: string;
  size: number;
  modifiedAt: Date;
}

/** A folder here or elsewhere. */
export interface FilePlace {
  /** Files that fit the pattern, the oldest first. */
  list(): Promise<PlaceFile[]>;
  open(name: string): Promise<Readable>;
  /** Into a folder beside them, made when it is missing; a name that is taken there gets the time in front. */
  move(name: string, to: string): Promise<void>;
  /** Of an SFTP server: its key, as `SHA256:…`. */
  hostKey?: string;
  close(): Promise<void>;
}

/** Rows at a time: large enough to be quick, small enough to weigh nothing. */
export const BATCH_ROWS = 1_000;
export const CONNECT_MS = 15_000;
/** A query that has not said anything for so long never will. */
export const STATEMENT_MS = 10 * 60_000;
