// The report on paper: a page for each two questions, their sentences first, then their figures drawn.
import Paper from 'pdfkit';
import type { z } from 'zod';
import { type Language, translator } from '@vinculo/languages';
import type { Report } from '../api/report.ts';
import { type Box, INK, type Pen, penOf, SERIES, written } from '../boards/document/pen.ts';

type Answer = z.infer<typeof Report>;

const MARGIN = 48;
const LINE = 14;

export async function reportDocument(report: Answer, company: string, language: Language): Promise<Buffer> {
  const t = translator(language);
  const pdf = new Paper({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    info: { Title: t('report:title'), Author: company || 'Vínculo' },
    lang: language,
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => pdf.once('end', () => resolve()));
  const pen = penOf(pdf, language);
  const { width, height } = pdf.page;
  const inner = width - 2 * MARGIN;
  const money = (value: number | null) => written(value, 'money', report.currency, language, true);
  const share = (value: number | null) => written(value, 'share', report.currency, language);
  const day = (date: string) =>
    new Intl.DateTimeFormat(language === 'es' ? 'es-ES' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(`${date}T00:00:00Z`),
    );

  pen.text(t('report:title'), MARGIN, 44, { size: 20, bold: true, width: inner });
  pen.text(
    [company, report.segment?.name ?? t('report:everybody'), t('report:days', { from: day(report.from), to: day(report.to) })]
      .filter(Boolean)
      .join(' · '),
    MARGIN,
    70,
    { size: 9.5, color: INK.dim, width: inner },
  );
  pen.line(MARGIN, 90, width - MARGIN, 90);
  let y = 106;
  const section = (name: string, sentences: readonly string[], tall: number, draw?: (box: Box) => void) => {
    const text = sentences.join(' ');
    const lines = Math.ceil(pdf.font('Helvetica').fontSize(10.5).widthOfString(text) / (inner - 8)) + 1;
    const needed = 24 + lines * LINE + (draw ? tall + 14 : 0) + 18;
    if (y + needed > height - MARGIN) {
      pdf.addPage();
      y = MARGIN;
    }
    pen.text(t(`report:question.${name}`), MARGIN, y, { size: 13, bold: true, width: inner });
    y += 22;
    pen.paragraph(text, { x: MARGIN, y, width: inner, height: lines * LINE }, { size: 10.5 });
    y += lines * LINE;
    if (draw) {
      draw({ x: MARGIN, y: y + 4, width: inner, height: tall });
      y += tall + 14;
    }
    y += 18;
  };
  const { normal, loyalty, volume, growth, duration, profit, tiers } = report;
  const bars = (rows: readonly { label: string; value: number; note: string }[]) => (box: Box) => drawBars(pen, rows, box);
  const tall = (rows: number) => rows * 18;

  section(
    'normal',
    normal.sentences,
    tall(normal.categories.length),
    normal.categories.length > 0
      ? bars(normal.categories.map((one) => ({ label: one.name, value: one.revenue, note: `${money(one.revenue)} · ${share(one.share)}` })))
      : undefined,
  );
  section(
    'loyalty',
    loyalty.sentences,
    tall(loyalty.types.length),
    loyalty.types.length > 0
      ? bars(
          loyalty.types.map((one) => ({
            label: t(`value:loyalty.${one.type}`),
            value: one.customers,
            note: `${share(one.share)} · ${money(one.revenue)}`,
          })),
        )
      : undefined,
  );
  section('volume', volume.sentences, 110, volume.byMonth.length > 1 ? (box) => drawMonths(pen, volume.byMonth, box, money) : undefined);
  section(
    'growth',
    growth.sentences,
    tall(growth.steps.length),
    growth.steps.length > 0
      ? bars(growth.steps.map((one) => ({ label: t(`report:steps.${one.step}`), value: one.money, note: money(one.money) })))
      : undefined,
  );
  section(
    'duration',
    duration.sentences,
    tall(duration.bands.length),
    duration.bands.length > 0
      ? bars(
          duration.bands.map((one) => ({
            label: t(`report:bands.${one.years}`),
            value: one.customers,
            note: `${share(one.share)} · ${money(one.revenue)}`,
          })),
        )
      : undefined,
  );
  section(
    'profit',
    profit.sentences,
    tall(tiers.length),
    tiers.length > 0
      ? bars(
          tiers.map((one) => ({
            label: t(`value:tier.${one.tier}`),
            value: one.revenue,
            note: `${written(one.customers, 'count', report.currency, language)} · ${money(one.revenue)}`,
          })),
        )
      : undefined,
  );

  const { count } = pdf.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    pdf.switchToPage(page);
    pen.text(t('boards:document.page', { page: page + 1, pages: count }), MARGIN, height - 30, {
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

/** Lying bars, to the left of nothing where they are below it. */
function drawBars(pen: Pen, rows: readonly { label: string; value: number; note: string }[], { x, y, width }: Box): void {
  const most = Math.max(1e-9, ...rows.map(({ value }) => Math.abs(value)));
  const words = 150;
  const room = width - words - 150;
  for (const [n, { label, value, note }] of rows.entries()) {
    const top = y + n * 18;
    pen.text(label, x, top + 3, { size: 9.5, width: words - 8 });
    const length = (room * Math.abs(value)) / most;
    pen.rect({ x: x + words, y: top + 2, width: length, height: 11 }, value < 0 ? INK.worse : SERIES[0]!);
    pen.text(note, x + words + length + 6, top + 3, { size: 9, color: INK.dim, width: 150 });
  }
}

/** Standing bars of the months, those of the period before beside them. */
function drawMonths(pen: Pen, months: Answer['volume']['byMonth'], { x, y, width, height }: Box, money: (value: number) => string): void {
  const most = Math.max(1e-9, ...months.flatMap(({ revenue, before }) => [revenue, before ?? 0]));
  const step = width / months.length;
  const floor = y + height - 16;
  const up = (value: number) => ((floor - y - 12) * Math.max(0, value)) / most;
  pen.line(x, floor, x + width, floor);
  const peak = months.reduce((best, one) => (one.revenue > best.revenue ? one : best));
  for (const [n, one] of months.entries()) {
    const left = x + n * step + step * 0.15;
    if (one.before !== null) pen.rect({ x: left, y: floor - up(one.before), width: step * 0.3, height: up(one.before) }, INK.pale);
    pen.rect({ x: left + step * 0.34, y: floor - up(one.revenue), width: step * 0.36, height: up(one.revenue) }, SERIES[0]!);
    pen.text(one.month, x + n * step, floor + 4, { size: 7.5, color: INK.dim, width: step, align: 'center' });
    if (one === peak)
      pen.text(money(one.revenue), x + n * step - 20, floor - up(one.revenue) - 11, { size: 8, width: step + 40, align: 'center' });
  }
}
