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

  const inner = width - 2 * MARGIN;
  const column = (inner + GAP) / 12;
  // Rows of cards, as the grid of twelve lays them.
  const rows = rowsOf(board.cards).map((row): Row => {
    const drawn = row.map((card) => ({ card, result: results.cards.find(({ cardId }) => cardId === card.id)! }));
    return { drawn, wants: Math.max(...drawn.map(({ card, result }) => heightOf(card, result))), bends: drawn.some(bends) };
  });
  for (const [n, page] of pagesOf(rows, HEAD + GAP, height - MARGIN).entries()) {
    if (n > 0) pdf.addPage();
    let y = n > 0 ? MARGIN : HEAD + GAP;
    for (const { drawn, tall } of page) {
      let x = MARGIN;
      for (const { card, result } of drawn) {
        const wide = column * card.width - GAP;
        drawCard(pen, card, result, { x, y, width: wide, height: tall }, language);
        x += wide + GAP;
      }
      y += tall + GAP;
    }
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

type Drawn = { card: BoardView['cards'][number]; result: z.infer<typeof BoardResults>['cards'][number] };

interface Row {
  drawn: Drawn[];
  /** Points of height. */
  wants: number;
  /** A picture that may be lower or higher than it wants; figures and lists of lines may not. */
  bends: boolean;
}

const bends = ({ card, result }: Drawn) => !result.advice && ['trend', 'pareto', 'rfm', 'flows'].includes(card.kind);
/** How much of its height a picture may lose or gain. */
const [LOWEST, HIGHEST] = [0.78, 1.6];

/** Rows laid on pages: one that would just not fit is lowered rather than left for the next page, and what stays empty is shared out. */
export function pagesOf(rows: readonly Row[], firstTop: number, bottom: number): (Row & { tall: number })[][] {
  const pages: Row[][] = [];
  let room = 0;
  for (const row of rows) {
    const least = row.wants * (row.bends ? LOWEST : 1);
    if (pages.length === 0 || least > room) {
      room = bottom - (pages.length === 0 ? firstTop : MARGIN);
      pages.push([]);
    }
    pages.at(-1)!.push(row);
    room -= least + GAP;
  }
  return pages.map((page, n) => {
    const stiff = page.filter((row) => !row.bends).reduce((sum, { wants }) => sum + wants, 0);
    const soft = page.filter((row) => row.bends).reduce((sum, { wants }) => sum + wants, 0);
    const free = bottom - (n === 0 ? firstTop : MARGIN) - GAP * (page.length - 1) - stiff;
    // The last page may end early: a single picture blown up over it would look like a mistake.
    const most = n === pages.length - 1 ? 1 : HIGHEST;
    const stretch = soft > 0 ? Math.min(most, Math.max(LOWEST, free / soft)) : 1;
    return page.map((row) => ({ ...row, tall: row.bends ? row.wants * stretch : row.wants }));
  });
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
