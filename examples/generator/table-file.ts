import { closeSync, openSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { FileOptions } from './manifest.ts';

/** A text file written in large pieces. Memory stays at one piece whatever the length. */
export interface TableFile {
  /** Appends one line; the end of line is added. */
  line(text: string): void;
  /** Appends one line of cells, quoted where they must be. */
  cells(cells: readonly string[]): void;
  /** Lines of data so far, the header not counted. */
  readonly rows: number;
  /** Lets timers, progress bars and signals run, if enough was written since the last time. */
  breathe(): Promise<void>;
  close(): void;
}

const PIECE = 1 << 20;

/** Opens `path` for writing, replacing what was there. Windows-1252 is written as Latin-1: the generator uses no character in which they differ. */
export function tableFile(path: string, options: FileOptions, header: readonly string[] = []): TableFile {
  const encoding = options.encoding === 'utf-8' ? 'utf8' : 'latin1';
  const end = options.encoding === 'utf-8' ? '\n' : '\r\n';
  const descriptor = openSync(path, 'w');
  let text = '';
  let rows = 0;
  let pieces = 0;
  let rested = 0;

  const flush = (): void => {
    if (text === '') return;
    writeSync(descriptor, Buffer.from(text, encoding));
    text = '';
    pieces++;
  };
  const line = (content: string): void => {
    rows++;
    text += content + end;
    if (text.length > PIECE) flush();
  };
  if (header.length > 0) {
    line(joinCells(header, options.delimiter));
    rows = 0;
  }
  return {
    line,
    cells: (cells) => line(joinCells(cells, options.delimiter)),
    get rows() {
      return rows;
    },
    async breathe() {
      if (pieces - rested < 4) return;
      rested = pieces;
      await setImmediate();
    },
    close() {
      flush();
      closeSync(descriptor);
    },
  };
}

function joinCells(cells: readonly string[], delimiter: string): string {
  let joined = quoted(cells[0]!, delimiter);
  for (let i = 1; i < cells.length; i++) joined += delimiter + quoted(cells[i]!, delimiter);
  return joined;
}

function quoted(cell: string, delimiter: string): string {
  if (cell.includes('"')) return `"${cell.replaceAll('"', '""')}"`;
  return cell.includes(delimiter) || cell.includes('\n') ? `"${cell}"` : cell;
}
