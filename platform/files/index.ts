export { detectOptions, type FileOptions, HEAD_BYTES } from './detect-options.ts';
export { detectDateOrder, detectDecimal } from './detect-values.ts';
export { jsonCells } from './json-lines.ts';
export { openText, readHead } from './open-text.ts';
export { eachRecord, readCells, recordText } from './read-cells.ts';
export { type RecordBlock, recordEnds, splitRecords, type SplitOptions } from './split-records.ts';
export { openTable, type Sample, type SampleRow, type TableFile } from './table-file.ts';
export type { TextEncoding } from './text-encoding.ts';
export { inThread, THREADS } from './threads.ts';
