import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { type CellObject, read, SSF, utils, type WorkSheet } from '@e965/xlsx';

export interface UnfoldWorkbook {
  from: string;
  to: string;
  gzip: boolean;
  /** The first sheet that has values when not given. */
  sheet?: string;
}

/**
 * Writes one sheet of a workbook as CSV (UTF-8, comma, decimal point, ISO dates), row for row, so that row 7 of the file
 * is row 7 of the sheet. A workbook is a zip of XML that has to be in memory whole; it holds 1,048,576 rows at most.
 */
export default async function unfoldWorkbook({ from, to, gzip, sheet }: UnfoldWorkbook): Promise<void> {
  const bytes = readFileSync(from);
  const book = read(gzip ? gunzipSync(bytes) : bytes, { dense: true, cellNF: true, cellHTML: false, cellFormula: false });
  const name = sheet !== undefined && book.SheetNames.includes(sheet) ? sheet : book.SheetNames.find((one) => book.Sheets[one]?.['!ref']);
  const page = name === undefined ? undefined : book.Sheets[name];
  const file = await open(`${to}.part`, 'w');
  try {
    if (page?.['!ref']) for (const text of csv(page)) await file.write(text);
  } finally {
    await file.close();
  }
  await rename(`${to}.part`, to);
}

function* csv(page: WorkSheet): Generator<string> {
  const range = utils.decode_range(page['!ref']!);
  const rows = (page as unknown as { '!data': (CellObject | undefined)[][] })['!data'];
  let text = '';
  for (let r = 0; r <= range.e.r; r++) {
    const row = rows[r] ?? [];
    const cells: string[] = [];
    for (let c = range.s.c; c <= range.e.c; c++) cells.push(quoted(cellText(row[c])));
    text += `${cells.every((cell) => cell === '') ? '' : cells.join(',')}\n`;
    if (text.length < 1 << 20) continue;
    yield text;
    text = '';
  }
  yield text;
}

/** A value as it was meant: dates in ISO, a postcode shown as 08001 with its zero, numbers without their format. */
function cellText(cell: CellObject | undefined): string {
  if (!cell || cell.v === undefined || cell.t === 'e' || cell.t === 'z') return '';
  if (cell.t !== 'n') return String(cell.v);
  const format = typeof cell.z === 'string' ? cell.z : '';
  if (/^0{2,}$/.test(format)) return cell.w ?? String(cell.v);
  if (format === '' || !SSF.is_date(format)) return String(cell.v);
  const date = SSF.parse_date_code(cell.v as number);
  if (!date) return String(cell.v);
  const day = `${date.y}-${two(date.m)}-${two(date.d)}`;
  return date.H || date.M || date.S ? `${day} ${two(date.H)}:${two(date.M)}:${two(Math.floor(date.S))}` : day;
}

function quoted(value: string): string {
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
