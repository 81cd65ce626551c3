// Codes on paper: labels for a sheet of A4, and a file for the printer's mail merge.
import type { Context } from '@vinculo/http';
import { type Language, translator } from '@vinculo/languages';
import bwip from 'bwip-js';
import { sql } from 'kysely';
import Pdf from 'pdfkit';
import { csv } from '../csv.ts';
import { printed } from './code.ts';
import { findIssue } from './list-issues.ts';

interface Coded {
  n: number;
  code: string;
  customer: string | null;
  name: string | null;
}

const PAGE = 1_000;

async function* codes({ store }: Context, issue: string, from: number, count: number): AsyncGenerator<Coded[]> {
  let after = from - 1;
  let left = count;
  while (left > 0) {
    const { rows } = await sql<Coded>`
      select c.n, c.code, k.id as customer, k.display_name as name
        from reply_code c
        left join link l on l.record_id = c.record_id and l.valid_to is null
        left join customer k on k.id = l.customer_id
       where c.issue_id = ${issue} and c.n > ${after} order by c.n limit ${Math.min(PAGE, left)}`.execute(store.db);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!.n;
    left -= rows.length;
  }
}

/** Every code of a set with whose it is: number, code as printed, code for the symbol, customer. @throws VIN_REPLY_NOT_FOUND */
export async function codesFile(context: Context, id: string, language: Language): Promise<AsyncGenerator<string>> {
  await findIssue(context.store, id);
  const t = translator(language);
  const headings = ['n', 'printed', 'code', 'customer', 'customerId'].map((name) => t(`channels:replies.codeColumn.${name}`));
  async function* rows() {
    for await (const some of codes(context, id, 1, Number.MAX_SAFE_INTEGER))
      yield some.map(({ n, code, name, customer }) => [n, printed(code), code, name ?? '', customer ?? '']);
  }
  return csv(language, headings, rows());
}

/** A4 in three columns of eight labels of 70 × 37 mm, as shops sell them. Millimetres as points. */
const MM = 72 / 25.4;
const LABEL = { width: 70 * MM, height: 37 * MM, columns: 3, rows: 8, top: 0.5 * MM };

export interface LabelsOptions {
  symbol: 'code128' | 'qr';
  from: number;
  count: number;
}

/**
 * Labels to print and stick, one a code: the set's name, the symbol, the code for people and whose it is.
 *
 * @throws VIN_REPLY_NOT_FOUND
 */
export async function labels(context: Context, id: string, { symbol, from, count }: LabelsOptions): Promise<NodeJS.ReadableStream> {
  const issue = await findIssue(context.store, id);
  const pdf = new Pdf({ size: 'A4', margin: 0, autoFirstPage: false, info: { Title: issue.name, Creator: 'Vínculo' } });
  const draw = async () => {
    let at = 0;
    for await (const some of codes(context, id, from, count)) {
      for (const coded of some) {
        const place = at++ % (LABEL.columns * LABEL.rows);
        if (place === 0) pdf.addPage();
        const x = (place % LABEL.columns) * LABEL.width;
        const y = LABEL.top + Math.floor(place / LABEL.columns) * LABEL.height;
        drawLabel(pdf, x, y, issue.name, coded, symbol);
      }
    }
    if (at === 0) pdf.addPage();
    pdf.end();
  };
  draw().catch((error: Error) => pdf.destroy(error));
  return pdf as unknown as NodeJS.ReadableStream;
}

const PAD = 4 * MM;

function drawLabel(
  pdf: PDFKit.PDFDocument,
  x: number,
  y: number,
  title: string,
  { code, name }: Coded,
  symbol: LabelsOptions['symbol'],
): void {
  const width = LABEL.width - 2 * PAD;
  const line = { width, height: 11, ellipsis: true, lineBreak: false };
  pdf
    .fillColor('#000')
    .font('Helvetica-Bold')
    .fontSize(9)
    .text(writable(title), x + PAD, y + PAD, line);
  if (symbol === 'qr') {
    const size = 20 * MM;
    qr(pdf, code, x + PAD, y + PAD + 12, size);
    const beside = { ...line, width: width - size - 6 };
    pdf
      .font('Courier-Bold')
      .fontSize(11)
      .text(printed(code), x + PAD + size + 6, y + PAD + 24, beside);
    pdf
      .font('Helvetica')
      .fontSize(8)
      .text(writable(name ?? ''), x + PAD + size + 6, y + PAD + 40, beside);
    return;
  }
  bars(pdf, code, x + PAD, y + PAD + 14, width, 14 * MM);
  pdf
    .font('Courier-Bold')
    .fontSize(11)
    .text(printed(code), x + PAD, y + PAD + 16 + 14 * MM, line);
  pdf
    .font('Helvetica')
    .fontSize(8)
    .text(writable(name ?? ''), x + PAD, y + PAD + 29 + 14 * MM, line);
}

/** Code 128 as bars of whole modules; scanners want quiet at both sides, which the padding is. */
function bars(pdf: PDFKit.PDFDocument, code: string, x: number, y: number, width: number, height: number): void {
  const [raw] = bwip.raw({ bcid: 'code128', text: code }) as unknown as [{ sbs: number[] }];
  const modules = raw.sbs.reduce((sum, one) => sum + one, 0);
  const module = Math.min(width / modules, 0.5 * MM);
  let at = x;
  raw.sbs.forEach((modulesWide, n) => {
    if (n % 2 === 0) pdf.rect(at, y, modulesWide * module, height).fill('#000');
    at += modulesWide * module;
  });
}

function qr(pdf: PDFKit.PDFDocument, code: string, x: number, y: number, size: number): void {
  const [raw] = bwip.raw({ bcid: 'qrcode', text: code }) as unknown as [{ pixs: number[]; pixx: number; pixy: number }];
  const module = size / raw.pixx;
  for (let row = 0; row < raw.pixy; row++)
    for (let column = 0; column < raw.pixx; column++)
      if (raw.pixs[row * raw.pixx + column] === 1) pdf.rect(x + column * module, y + row * module, module, module);
  pdf.fill('#000');
}

/** The letters the built-in faces have: those of western Europe; others stand as a question mark. */
const writable = (text: string): string => text.normalize('NFC').replace(/[^\u0020-\u007e\u00a0-\u00ff€]/g, '?');
