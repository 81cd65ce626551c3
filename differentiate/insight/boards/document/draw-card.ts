// Each kind of card with lines and letters.
import { type Language, translator, writeNumber } from '@vinculo/languages';
import type { Card, Result } from '../card-result.ts';
import { drawBars, drawPareto, drawTrend } from './draw-charts.ts';
import { drawCohorts, drawFlows, drawFunnel, drawRfm, drawTable } from './draw-pictures.ts';
import { type Box, INK, type Pen, written } from './pen.ts';

const PAD = 10;
const TITLE = 26;

/** Points of height a card wants. */
export function heightOf(card: Card, result: Result): number {
  if (result.advice) return 90;
  switch (card.kind) {
    case 'number':
      return 96;
    case 'bar':
    case 'map':
      return Math.min(420, Math.max(150, TITLE + 20 + Math.min(result.points.length, 16) * 15));
    case 'cohort':
      return 60 + Math.min(12, new Set(result.cells.map(({ row }) => row)).size) * 17;
    case 'funnel':
      return 60 + result.points.length * 30;
    case 'question':
      return result.points.length > 0 ? 200 : result.value !== null ? 96 : 60 + Math.min(16, result.table?.rows.length ?? 0) * 14;
    default:
      return 210;
  }
}

export function drawCard(pen: Pen, card: Card, result: Result, box: Box, language: Language): void {
  pen.frame(box);
  const inner: Box = { x: box.x + PAD, y: box.y + PAD, width: box.width - 2 * PAD, height: box.height - 2 * PAD };
  const note = result.period?.words ?? '';
  pen.text(result.title, inner.x, inner.y, { size: 10, bold: true, width: inner.width });
  const body: Box = { ...inner, y: inner.y + TITLE - 8, height: inner.height - TITLE + 8 };
  if (result.advice) {
    pen.paragraph(translator(language)(`boards:advice.${result.advice}`), { ...body, y: body.y + 4 }, { size: 9, color: INK.dim });
    return;
  }
  if (card.kind === 'number' || (card.kind === 'question' && result.points.length === 0 && result.value !== null)) {
    drawNumber(pen, result, body, note, language);
    return;
  }
  if (note) pen.text(note, body.x, body.y - 2, { size: 8, color: INK.dim, width: body.width });
  const area: Box = { ...body, y: body.y + 12, height: body.height - 12 };
  switch (card.kind) {
    case 'trend':
      return drawTrend(pen, result, area, language);
    case 'bar':
    case 'map':
      return drawBars(pen, result, area, language);
    case 'pareto':
      return drawPareto(pen, result, area, language);
    case 'rfm':
      return drawRfm(pen, result, area, language);
    case 'cohort':
      return drawCohorts(pen, result, area, language);
    case 'funnel':
      return drawFunnel(pen, result, area, language);
    case 'sankey':
      return drawFlows(pen, result, area, language);
    case 'question':
      if (result.points.length > 0)
        return result.againstWords === 'line'
          ? drawTrend(pen, { ...result, againstWords: '' }, area, language)
          : drawBars(pen, result, area, language);
      return drawTable(pen, result, area);
    default:
  }
}

/** «+125 €», where there is nothing to divide by. */
function difference({ value, against, unit, currency }: Result, language: Language): string {
  const more = (value ?? 0) - (against?.value ?? 0);
  return `${more > 0 ? '+' : ''}${written(more, unit, currency, language)}`;
}

function drawNumber(pen: Pen, result: Result, { x, y, width }: Box, note: string, language: Language): void {
  const t = translator(language);
  pen.text(written(result.value, result.unit, result.currency, language), x, y, { size: 22, bold: true, width });
  let below = y + 28;
  if (result.against) {
    const { change, points, better, words } = result.against;
    const locale = language === 'es' ? 'es-ES' : 'en-GB';
    const signed = (value: number, options: Intl.NumberFormatOptions) =>
      writeNumber(new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero', ...options }), value);
    const shown =
      points !== null
        ? t('boards:points', { points: signed(points, {}) })
        : change !== null
          ? signed(change, { style: 'percent' })
          : difference(result, language);
    pen.text(`${shown} ${words}`, x, below, { size: 8.5, color: better === null ? INK.dim : better ? INK.better : INK.worse, width });
    below += 12;
  }
  if (result.notAgainst) {
    pen.text(result.notAgainst, x, below, { size: 8.5, color: INK.dim, width });
    below += 12;
  }
  if (result.target) {
    const { value, reached, words } = result.target;
    const share = reached !== null && new Intl.NumberFormat(language === 'es' ? 'es-ES' : 'en-GB', { style: 'percent' }).format(reached);
    const told = { period: words, value: written(value, result.unit, result.currency, language) };
    pen.text(share ? t('boards:targetReached', { ...told, share }) : t('boards:targetIs', told), x, below, {
      size: 8.5,
      color: INK.dim,
      width,
    });
    below += 12;
  }
  if (note) pen.text(note, x, below, { size: 8, color: INK.dim, width });
}
