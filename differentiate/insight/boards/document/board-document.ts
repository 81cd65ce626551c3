// A board on paper: pages of A4 on their side, the cards drawn as lines and letters from the numbers the screen shows.
import Paper from 'pdfkit';
import type { z } from 'zod';
import { type Language, translator } from '@vinculo/languages';
import type { BoardResults } from '../../api/boards.ts';
import type { BoardView } from '../boards.ts';
import { drawCard, heightOf } from './draw-card.ts';
import { INK, type Pen, penOf } from './pen.ts';

export interface BoardOnPaper {
  board: BoardView;
  results: z.infer<typeof BoardResults>;
  language: Language;
  company: string;
  /** The last day with data, in words. */
  period: string;
}

const MARGIN = 36;
const GAP = 12;
const HEAD = 54;

export async function boardDocument({ board, results, language, company, period }: BoardOnPaper): Promise<Buffer> {
  const t = translator(language);
  const pdf = new Paper({
    size: 'A4',
    layout: 'landscape',
    margin: 0,
    bufferPages: true,
    info: { Title: board.name, Author: company || 'Vínculo', Subject: t('boards:asOf', { date: period }) },
    lang: language,
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => pdf.once('end', () => resolve()));
  const pen = penOf(pdf, language);
  const { width, height } = pdf.page;
  head(pen, board.name, [company, t('boards:asOf', { date: period })].filter(Boolean).join(' · '), width);

  // Rows of cards, as the grid of twelve lays them; a row that does not fit begins a page.
  const inner = width - 2 * MARGIN;
  const column = (inner + GAP) / 12;
  let y = HEAD + GAP;
  for (const row of rowsOf(board.cards)) {
    const drawn = row.map((card) => ({ card, result: results.cards.find(({ cardId }) => cardId === card.id)! }));
    const tall = Math.max(...drawn.map(({ card, result }) => heightOf(card, result)));
    if (y + tall > height - MARGIN) {
      pdf.addPage();
      y = MARGIN;
    }
    let x = MARGIN;
    for (const { card, result } of drawn) {
      const wide = column * card.width - GAP;
      drawCard(pen, card, result, { x, y, width: wide, height: tall }, language);
      x += wide + GAP;
    }
    y += tall + GAP;
  }
  const { count } = pdf.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    pdf.switchToPage(page);
    pen.text(t('boards:document.page', { page: page + 1, pages: count }), MARGIN, height - 24, {
      size: 8,
      color: INK.dim,
      width: inner,
      align: 'right',
    });
  }
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

function head(pen: Pen, name: string, note: string, width: number): void {
  pen.text(name, MARGIN, 24, { size: 18, bold: true, width: width - 2 * MARGIN - 320 });
  pen.text(note, width - MARGIN - 310, 30, { size: 9, color: INK.dim, width: 310, align: 'right' });
  pen.line(MARGIN, HEAD, width - MARGIN, HEAD, INK.line);
}

function rowsOf<C extends { width: number }>(cards: readonly C[]): C[][] {
  const rows: C[][] = [];
  let used = 12;
  for (const card of cards) {
    if (used + card.width > 12) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)!.push(card);
    used += card.width;
  }
  return rows;
}
