// Lines and bars against axes.
import { type Language, translator } from '@vinculo/languages';
import type { Result } from '../card-result.ts';
import { type Box, INK, type Pen, written } from './pen.ts';

const AXIS = 44;

/**
 * Round numbers for an axis, in even steps of 1, 2, 2.5 or 5 times a power of ten, from at or below the smallest to at or above the
 * largest.
 *
 * @param whole the steps are whole: half a customer is nobody.
 */
export function axisSteps(low: number, high: number, whole: boolean): number[] {
  const range = high - low || Math.abs(high) || 1;
  const power = 10 ** Math.floor(Math.log10(range / 4));
  const steps = [1, 2, 2.5, 5, 10].map((times) => times * power).filter((step) => !whole || Number.isInteger(step));
  const step = steps.find((one) => range / one <= 4.5) ?? Math.max(1, Math.ceil(range / 4));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, n) => Number(((first + n) * step).toPrecision(12)));
}

export function drawTrend(pen: Pen, result: Result, { x, y, width, height }: Box, language: Language): void {
  const { points } = result;
  const values = points.flatMap(({ value, against, target }) => [value, against, target]).filter((value) => value !== null);
  const steps = axisSteps(Math.min(0, ...values), Math.max(0, ...values), result.unit === 'count');
  const [low, top] = [steps[0]!, steps.at(-1)!];
  const legend = result.againstWords || points.some(({ target }) => target !== null) ? 14 : 0;
  const plot: Box = { x: x + AXIS, y: y + 4, width: width - AXIS - 6, height: height - 24 - legend };
  const across = (n: number) => plot.x + (points.length === 1 ? plot.width / 2 : (plot.width * n) / (points.length - 1));
  const up = (value: number) => plot.y + plot.height - (plot.height * (value - low)) / (top - low || 1);
  for (const value of steps) {
    pen.line(plot.x, up(value), plot.x + plot.width, up(value));
    pen.text(written(value, result.unit, result.currency, language, true), x, up(value) - 4, {
      size: 7.5,
      color: INK.dim,
      width: AXIS - 6,
      align: 'right',
    });
  }
  const line = (of: (point: Result['points'][number]) => number | null): [number, number][] =>
    points.flatMap((point, n): [number, number][] => {
      const value = of(point);
      return value === null ? [] : [[across(n), up(value)]];
    });
  pen.path(
    line(({ against }) => against),
    INK.pale,
    { dash: true },
  );
  pen.path(
    line(({ target }) => target),
    INK.target,
    { width: 1, dash: true },
  );
  const own = line(({ value }) => value);
  pen.path(own, INK.accent, { width: 1.75 });
  if (own.length <= 14) for (const [px, py] of own) pen.dot(px, py, INK.accent);
  const every = Math.max(1, Math.ceil(points.length / Math.max(2, Math.floor(plot.width / 56))));
  for (const [n, { label }] of points.entries())
    if (n % every === 0)
      pen.text(label, across(n) - 30, plot.y + plot.height + 5, { size: 7.5, color: INK.dim, width: 60, align: 'center' });
  if (!legend) return;
  const t = translator(language);
  const named: [string, string][] = [[INK.accent, result.period?.words ?? '']];
  if (result.againstWords) named.push([INK.pale, result.againstWords]);
  if (points.some(({ target }) => target !== null)) named.push([INK.target, t('boards:target')]);
  let at = plot.x;
  for (const [color, words] of named) {
    pen.line(at, y + height - 6, at + 14, y + height - 6, color, 2);
    pen.text(words, at + 18, y + height - 10, { size: 8, color: INK.dim, width: 150 });
    at += Math.min(170, 34 + words.length * 4.6);
  }
}

/** Lying bars with their words before them: names are long. */
export function drawBars(pen: Pen, result: Result, { x, y, width, height }: Box, language: Language): void {
  const points = result.points.slice(0, 16);
  const most = Math.max(0, ...points.flatMap(({ value, against }) => [value ?? 0, against ?? 0]));
  const row = Math.min(22, height / Math.max(1, points.length));
  const words = Math.min(150, width * 0.36);
  const room = width - words - 70;
  for (const [n, { label, value, against, share }] of points.entries()) {
    const top = y + n * row;
    pen.text(label, x, top + row / 2 - 4, { size: 8.5, width: words - 6 });
    const length = most > 0 ? (room * Math.max(0, value ?? 0)) / most : 0;
    pen.rect({ x: x + words, y: top + 3, width: length, height: row - 6 }, INK.accent);
    if (against !== null && most > 0) {
      const place = x + words + (room * Math.max(0, against)) / most;
      pen.line(place, top + 1, place, top + row - 1, INK.text, 1);
    }
    const percent = share === null ? '' : ` (${written(share, 'share', '', language)})`;
    pen.text(`${written(value, result.unit, result.currency, language, true)}${percent}`, x + words + length + 4, top + row / 2 - 4, {
      size: 8,
      color: INK.dim,
    });
  }
  if (result.points.length > points.length)
    pen.text(translator(language)('boards:document.others', { count: result.points.length - points.length }), x, y + points.length * row, {
      size: 8,
      color: INK.dim,
    });
}

export function drawPareto(pen: Pen, result: Result, { x, y, width, height }: Box, language: Language): void {
  const { points } = result;
  const plot: Box = { x: x + AXIS, y: y + 6, width: width - AXIS - 34, height: height - 40 };
  const top = axisSteps(0, Math.max(0, ...points.map(({ value }) => value ?? 0)), result.unit === 'count').at(-1)!;
  const each = plot.width / Math.max(1, points.length);
  const up = (value: number, of: number) => plot.y + plot.height - (plot.height * value) / of;
  for (const share of [0, 0.5, 0.8, 1]) {
    pen.line(plot.x, up(share, 1), plot.x + plot.width, up(share, 1), INK.line, share === 0.8 ? 1.25 : 0.5);
    pen.text(written(share, 'share', '', language), plot.x + plot.width + 4, up(share, 1) - 4, { size: 7.5, color: INK.dim });
  }
  pen.text(written(top, result.unit, result.currency, language, true), x, plot.y - 4, {
    size: 7.5,
    color: INK.dim,
    width: AXIS - 6,
    align: 'right',
  });
  for (const [n, { value, label }] of points.entries()) {
    const at = up(Math.max(0, value ?? 0), top);
    pen.rect({ x: plot.x + n * each + 2, y: at, width: each - 4, height: plot.y + plot.height - at }, INK.accent);
    pen.text(label, plot.x + n * each, plot.y + plot.height + 5 + (n % 2) * 10, { size: 7, color: INK.dim, width: each * 2 - 4 });
  }
  pen.path(
    points.flatMap(({ cumulative }, n): [number, number][] =>
      cumulative === null ? [] : [[plot.x + (n + 0.5) * each, up(cumulative, 1)]],
    ),
    INK.target,
  );
}
