// The report on paper: each question with its sentences first, then its figures drawn; none is cut by the end of a page.
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
  /** Lines broken only where there is a space that may break: «81,3 %» stays together. */
  const wrap = (text: string, size: number, room: number): string[] => {
    pdf.font('Helvetica').fontSize(size);
    const lines = [''];
    for (const word of text.split(' ')) {
      const last = lines.at(-1)!;
      const longer = last ? `${last} ${word}` : word;
      if (last && pdf.widthOfString(longer.replaceAll(/[\u00A0\u202F]/g, ' ')) > room) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines;
  };
  const section = (name: string, sentences: readonly string[], tall: number, draw?: (box: Box) => void) => {
    const lines = wrap(sentences.join(' '), 10.5, inner);
    const needed = 22 + lines.length * LINE + (draw ? tall + 14 : 0);
    if (y + needed > height - MARGIN) {
      pdf.addPage();
      y = MARGIN;
    }
    pen.text(t(`report:question.${name}`), MARGIN, y, { size: 13, bold: true, width: inner });
    y += 22;
    for (const [n, line] of lines.entries()) pen.text(line, MARGIN, y + n * LINE, { size: 10.5 });
    y += lines.length * LINE;
    if (draw) {
      draw({ x: MARGIN, y: y + 10, width: inner, height: tall });
      y += tall + 14;
    }
    y += 22;
  };
  const { normal, loyalty, volume, growth, duration, profit, tiers } = report;
  /** What is named at the left, and what is written after each bar. */
  const bars = (what: string, notes: readonly string[], rows: readonly { label: string; value: number; note: string }[]) => (box: Box) =>
    drawBars(pen, { what, notes: notes.join(' · ') }, rows, box);
  const tall = (rows: number) => (rows + 1) * 18;
  const count = (value: number) => written(value, 'count', report.currency, language);

  section(
    'normal',
    normal.sentences,
    tall(normal.categories.length),
    normal.categories.length > 0
      ? bars(
          t('report:category'),
          [t('report:revenue'), t('report:customers')],
          normal.categories.map((one) => ({ label: one.name, value: one.revenue, note: `${money(one.revenue)} · ${share(one.share)}` })),
        )
      : undefined,
  );
  section(
    'loyalty',
    loyalty.sentences,
    tall(loyalty.types.length),
    loyalty.types.length > 0
      ? bars(
          t('report:type'),
          [t('report:customers'), t('report:revenue')],
          loyalty.types
            .toSorted((a, b) => b.customers - a.customers)
            .map((one) => ({
              label: t(`value:loyalty.${one.type}`),
              value: one.customers,
              note: `${share(one.share)} · ${money(one.revenue)}`,
            })),
        )
      : undefined,
  );
  section(
    'volume',
    volume.sentences,
    110,
    volume.byMonth.length > 1 ? (box) => drawMonths(pen, volume.byMonth, box, money, language) : undefined,
  );
  section(
    'growth',
    growth.sentences,
    tall(growth.steps.length),
    growth.steps.length > 0
      ? bars(
          t('report:step'),
          [t('report:money')],
          growth.steps.map((one) => ({ label: t(`report:steps.${one.step}`), value: one.money, note: money(one.money) })),
        )
      : undefined,
  );
  section(
    'duration',
    duration.sentences,
    tall(duration.bands.length),
    duration.bands.length > 0
      ? bars(
          t('report:years'),
          [t('report:customers'), t('report:revenue')],
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
          t('report:tier'),
          [t('report:customers'), t('report:revenue')],
          tiers.map((one) => ({
            label: t(`value:tier.${one.tier}`),
            value: one.revenue,
            note: `${count(one.customers)} · ${money(one.revenue)}`,
          })),
        )
      : undefined,
  );

  const { count: pages } = pdf.bufferedPageRange();
  for (let page = 0; page < pages; page++) {
    pdf.switchToPage(page);
    pen.text(t('boards:document.page', { page: page + 1, pages }), MARGIN, height - 30, {
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
function drawBars(
  pen: Pen,
  { what, notes }: { what: string; notes: string },
  rows: readonly { label: string; value: number; note: string }[],
  { x, y, width }: Box,
): void {
  const most = Math.max(1e-9, ...rows.map(({ value }) => Math.abs(value)));
  const words = 150;
  const room = width - words - 150;
  pen.text(what, x, y + 3, { size: 8, bold: true, color: INK.dim, width: words - 8 });
  pen.text(notes, x + words, y + 3, { size: 8, bold: true, color: INK.dim, width: width - words });
  for (const [n, { label, value, note }] of rows.entries()) {
    const top = y + (n + 1) * 18;
    pen.text(label, x, top + 3, { size: 9.5, width: words - 8 });
    const length = (room * Math.abs(value)) / most;
    pen.rect({ x: x + words, y: top + 2, width: length, height: 11 }, value < 0 ? INK.worse : SERIES[0]!);
    pen.text(note, x + words + length + 6, top + 3, { size: 9, color: INK.dim, width: 150 });
  }
}

/** Standing bars of the months, those of the period before beside them. */
function drawMonths(
  pen: Pen,
  months: Answer['volume']['byMonth'],
  { x, y, width, height }: Box,
  money: (value: number) => string,
  language: Language,
): void {
  const named = new Intl.DateTimeFormat(language === 'es' ? 'es-ES' : 'en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const most = Math.max(1e-9, ...months.flatMap(({ revenue, before }) => [revenue, before ?? 0]));
  const step = width / months.length;
  // So many months that their names would touch: each second one, each third one.
  const every = Math.max(1, Math.ceil(36 / step));
  const floor = y + height - 16;
  const up = (value: number) => ((floor - y - 12) * Math.max(0, value)) / most;
  pen.line(x, floor, x + width, floor);
  const alone = months.every(({ before }) => before === null);
  const peak = months.reduce((best, one) => (one.revenue > best.revenue ? one : best));
  for (const [n, one] of months.entries()) {
    const left = x + n * step + step * 0.15;
    if (one.before !== null) pen.rect({ x: left, y: floor - up(one.before), width: step * 0.3, height: up(one.before) }, INK.pale);
    pen.rect(
      {
        x: alone ? x + n * step + step * 0.32 : left + step * 0.34,
        y: floor - up(one.revenue),
        width: step * 0.36,
        height: up(one.revenue),
      },
      SERIES[0]!,
    );
    if (n % every === 0) {
      const name = named.format(new Date(`${one.month.slice(0, 7)}-15T12:00:00Z`));
      pen.text(name, x + n * step - 10, floor + 4, { size: 7, color: INK.dim, width: step + 20, align: 'center' });
    }
    if (one === peak)
      pen.text(money(one.revenue), x + n * step - 20, floor - up(one.revenue) - 11, { size: 8, width: step + 40, align: 'center' });
  }
}
