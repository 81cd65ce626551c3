// A few strokes over pdfkit, and how numbers are written on paper.
import { type Language, writeNumber } from '@vinculo/languages';

export const INK = {
  text: '#1c2129',
  dim: '#5b6370',
  line: '#d5d9e0',
  accent: '#3f5bd9',
  pale: '#b4c0f0',
  target: '#d9701a',
  better: '#0b7552',
  worse: '#b3261e',
} as const;
export const SERIES = ['#3f5bd9', '#d9701a', '#1a9c8a', '#c2416b', '#9a8f1f', '#8d7aa8'];

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface TextOptions {
  size?: number;
  bold?: boolean;
  color?: string;
  width?: number;
  align?: 'left' | 'right' | 'center';
}

export interface Pen {
  /** One line, cut with an ellipsis where it does not fit. */
  text(text: string, x: number, y: number, options?: TextOptions): void;
  /** Several lines, as many as fit the height. */
  paragraph(text: string, box: Box, options?: TextOptions): void;
  line(x1: number, y1: number, x2: number, y2: number, color?: string, width?: number): void;
  rect(box: Box, color: string, opacity?: number): void;
  frame(box: Box): void;
  path(points: readonly [number, number][], color: string, options?: { width?: number; dash?: boolean }): void;
  dot(x: number, y: number, color: string): void;
  /** A band between two edges, for flows. */
  band(from: [x: number, top: number, bottom: number], to: [x: number, top: number, bottom: number], color: string): void;
}

/** pdfkit's own faces write WinAnsi: what is not in it is written with what is. */
const plain = (text: string): string =>
  text
    .replaceAll(/[\u202F\u2009\u00A0]/g, ' ')
    .replaceAll('\u2212', '\u2013')
    .replaceAll(/[\u2192]/g, '>')
    .replaceAll(
      /[^\u0020-\u007E\u00A1-\u00FF\u20AC\u2013\u2014\u2018\u2019\u201C\u201D\u2022\u2026\u0160\u0161\u017D\u017E\u0152\u0153\u0178]/g,
      '?',
    );

export function penOf(pdf: PDFKit.PDFDocument, _language: Language): Pen {
  const face = ({ size = 9, bold = false, color = INK.text }: TextOptions) =>
    pdf
      .font(bold ? 'Helvetica-Bold' : 'Helvetica')
      .fontSize(size)
      .fillColor(color);
  return {
    text(text, x, y, options = {}) {
      const { width, align = 'left' } = options;
      face(options);
      let shown = plain(text);
      if (width !== undefined && pdf.widthOfString(shown) > width) {
        while (shown.length > 1 && pdf.widthOfString(`${shown}…`) > width) shown = shown.slice(0, -1);
        shown = `${shown.trimEnd()}…`;
      }
      const left = width === undefined || align === 'left' ? x : x + (width - pdf.widthOfString(shown)) * (align === 'right' ? 1 : 0.5);
      pdf.text(shown, left, y, { lineBreak: false });
    },
    paragraph(text, { x, y, width, height }, options = {}) {
      face(options).text(plain(text), x, y, { width, height, ellipsis: true, align: options.align ?? 'left' });
    },
    line(x1, y1, x2, y2, color = INK.line, width = 0.75) {
      pdf.moveTo(x1, y1).lineTo(x2, y2).lineWidth(width).strokeColor(color).stroke();
    },
    rect({ x, y, width, height }, color, opacity = 1) {
      pdf.save().fillOpacity(opacity).rect(x, y, Math.max(0, width), Math.max(0, height)).fill(color).restore();
    },
    frame({ x, y, width, height }) {
      pdf.roundedRect(x, y, width, height, 5).lineWidth(0.75).strokeColor(INK.line).stroke();
    },
    path(points, color, { width = 1.5, dash = false } = {}) {
      if (points.length === 0) return;
      pdf.save().lineWidth(width).strokeColor(color).lineJoin('round');
      if (dash) pdf.dash(3, { space: 3 });
      pdf.moveTo(...points[0]!);
      for (const point of points.slice(1)) pdf.lineTo(...point);
      pdf.stroke().restore();
    },
    dot(x, y, color) {
      pdf.circle(x, y, 2).fill(color);
    },
    band([x1, top1, bottom1], [x2, top2, bottom2], color) {
      const middle = (x1 + x2) / 2;
      pdf
        .save()
        .fillOpacity(0.35)
        .moveTo(x1, top1)
        .bezierCurveTo(middle, top1, middle, top2, x2, top2)
        .lineTo(x2, bottom2)
        .bezierCurveTo(middle, bottom2, middle, bottom1, x1, bottom1)
        .fill(color)
        .restore();
    },
  };
}

type Unit = 'money' | 'count' | 'number' | 'share';

/** 1,2 M €; 12,3 %; 1.234. */
export function written(value: number | null, unit: Unit, currency: string, language: Language, short = false): string {
  if (value === null) return '–';
  const locale = language === 'es' ? 'es-ES' : 'en-GB';
  const format = (options: Intl.NumberFormatOptions) =>
    writeNumber(new Intl.NumberFormat(locale, { useGrouping: 'always', signDisplay: 'negative', ...options }), value);
  if (unit === 'share') return format({ style: 'percent', maximumFractionDigits: 1 });
  if (unit === 'money') {
    const large = Math.abs(value) >= 1000;
    return format({
      style: 'currency',
      currency,
      maximumFractionDigits: short && large ? 1 : large ? 0 : 2,
      ...(short && large ? { notation: 'compact' } : {}),
    });
  }
  if (short && Math.abs(value) >= 10_000) return format({ notation: 'compact', maximumFractionDigits: 1 });
  return format({ maximumFractionDigits: unit === 'count' ? 0 : 2 });
}
