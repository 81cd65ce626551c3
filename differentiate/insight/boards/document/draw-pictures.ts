// Grids, funnels and flows.
import { type Language, translator } from '@vinculo/languages';
import type { Result } from '../card-result.ts';
import { type Box, INK, type Pen, SERIES, written } from './pen.ts';

export function drawRfm(pen: Pen, result: Result, { x, y, width, height }: Box, language: Language): void {
  const t = translator(language);
  const words = 84;
  const each = (width - words) / 5;
  const row = (height - 14) / 5;
  const most = Math.max(0, ...result.cells.map(({ value }) => value));
  for (let recency = 5; recency >= 1; recency--) {
    const top = y + (5 - recency) * row;
    pen.text(t(`value:map.recency.${recency}`), x, top + row / 2 - 4, { size: 8, color: INK.dim, width: words - 6 });
    for (let frequency = 1; frequency <= 5; frequency++) {
      const value = result.cells.find((cell) => cell.row === String(recency) && cell.column === frequency)?.value ?? 0;
      const box = { x: x + words + (frequency - 1) * each + 1, y: top + 1, width: each - 2, height: row - 2 };
      shaded(pen, box, most ? value / most : 0, written(value, result.unit, result.currency, language, true));
    }
  }
  for (let frequency = 1; frequency <= 5; frequency++)
    pen.text(t(`value:map.frequency.${frequency}`), x + words + (frequency - 1) * each, y + height - 10, {
      size: 7.5,
      color: INK.dim,
      width: each,
      align: 'center',
    });
}

/** From nothing to full, and letters that can be read on both. */
function shaded(pen: Pen, box: Box, strength: number, words: string): void {
  pen.rect(box, INK.accent, 0.06 + 0.8 * strength);
  pen.text(words, box.x, box.y + box.height / 2 - 4, {
    size: 8,
    // White from where it reads better than ink (WCAG 1.4.3).
    color: strength > 0.8 ? '#ffffff' : INK.text,
    width: box.width,
    align: 'center',
  });
}

export function drawCohorts(pen: Pen, result: Result, { x, y, width, height }: Box, language: Language): void {
  const rows = [...new Set(result.cells.map(({ row }) => row))].slice(0, 12);
  const columns = Math.max(0, ...result.cells.map(({ column }) => column)) + 1;
  const words = 62;
  const size = 46;
  const each = (width - words - size) / columns;
  const tall = Math.min(18, (height - 12) / Math.max(1, rows.length));
  for (let column = 0; column < columns; column++)
    pen.text(String(column), x + words + size + column * each, y, { size: 7.5, color: INK.dim, width: each, align: 'center' });
  // The first month is everybody: measured by it, all that follow would be pale.
  const most = Math.max(0, ...result.cells.flatMap(({ column, share }) => (column > 0 && share !== null ? [share] : [])));
  for (const [n, row] of rows.entries()) {
    const top = y + 11 + n * tall;
    const cells = result.cells.filter((cell) => cell.row === row);
    pen.text(cells[0]?.rowLabel ?? row, x, top + tall / 2 - 4, { size: 8, color: INK.dim, width: words - 4 });
    const first = cells.find(({ column }) => column === 0)?.value ?? null;
    pen.text(written(first, 'count', result.currency, language), x + words, top + tall / 2 - 4, {
      size: 8,
      width: size - 8,
      align: 'right',
    });
    for (const { column, share } of cells)
      if (share !== null)
        shaded(
          pen,
          { x: x + words + size + column * each + 1, y: top + 1, width: each - 2, height: tall - 2 },
          most > 0 ? Math.min(1, share / most) : 0,
          written(share, 'share', '', language),
        );
  }
}

export function drawFunnel(pen: Pen, result: Result, { x, y, width }: Box, language: Language): void {
  const t = translator(language);
  const most = Math.max(1, ...result.points.map(({ value }) => value ?? 0));
  for (const [n, { label, value, cumulative }] of result.points.entries()) {
    const top = y + n * 30;
    const length = (width * (value ?? 0)) / most;
    pen.rect({ x, y: top + 11, width: Math.max(1, length), height: 12 }, INK.accent);
    const step = cumulative === null ? '' : ` · ${t('boards:ofPrevious', { share: written(cumulative, 'share', '', language) })}`;
    pen.text(`${label}: ${written(value, 'count', result.currency, language)}${step}`, x, top, { size: 8.5, width });
  }
}

export function drawFlows(pen: Pen, result: Result, { x, y, width, height }: Box, language: Language): void {
  const flows = result.flows.slice(0, 30);
  const total = flows.reduce((sum, { value }) => sum + value, 0);
  if (total <= 0) return;
  const side = (key: (flow: Result['flows'][number]) => string, label: (flow: Result['flows'][number]) => string) => {
    const nodes = new Map<string, { label: string; value: number; top: number; used: number }>();
    for (const flow of flows) {
      const node = nodes.get(key(flow)) ?? { label: label(flow), value: 0, top: 0, used: 0 };
      node.value += flow.value;
      nodes.set(key(flow), node);
    }
    const gap = 8;
    const scale = (height - gap * (nodes.size - 1)) / total;
    let top = y;
    for (const node of nodes.values()) {
      node.top = top;
      top += node.value * scale + gap;
    }
    return { nodes, scale };
  };
  const from = side(
    ({ from: key }) => key,
    ({ fromLabel }) => fromLabel,
  );
  const to = side(
    ({ to: key }) => key,
    ({ toLabel }) => toLabel,
  );
  const words = Math.min(130, width * 0.28);
  const [left, right] = [x + words, x + width - words];
  const keys = [...from.nodes.keys()];
  for (const flow of flows) {
    const a = from.nodes.get(flow.from)!;
    const b = to.nodes.get(flow.to)!;
    const color = SERIES[keys.indexOf(flow.from) % SERIES.length]!;
    const [top1, top2] = [a.top + a.used * from.scale, b.top + b.used * to.scale];
    pen.band([left + 6, top1, top1 + flow.value * from.scale], [right - 6, top2, top2 + flow.value * to.scale], color);
    a.used += flow.value;
    b.used += flow.value;
  }
  const named = (node: { label: string; value: number }) =>
    `${node.label} ${written(node.value, result.unit, result.currency, language, true)}`;
  // A thin node's words would lie over those of the one above.
  let free = y;
  const place = (node: { top: number; value: number }, scale: number) => {
    const middle = Math.max(node.top + (node.value * scale) / 2 - 4, free);
    free = middle + 9;
    return middle;
  };
  for (const [key, node] of from.nodes) {
    pen.rect({ x: left, y: node.top, width: 6, height: node.value * from.scale }, SERIES[keys.indexOf(key) % SERIES.length]!);
    pen.text(named(node), x, place(node, from.scale), { size: 8, width: words - 6, align: 'right' });
  }
  free = y;
  for (const node of to.nodes.values()) {
    pen.rect({ x: right - 6, y: node.top, width: 6, height: node.value * to.scale }, INK.dim);
    pen.text(named(node), right + 5, place(node, to.scale), { size: 8, width: words - 6 });
  }
}

export function drawTable(pen: Pen, result: Result, { x, y, width, height }: Box): void {
  const { columns, rows } = result.table ?? { columns: [], rows: [] };
  const shown = columns.slice(0, 10);
  const each = width / Math.max(1, shown.length);
  for (const [n, { name }] of shown.entries()) pen.text(name, x + n * each, y, { size: 8, bold: true, width: each - 6 });
  for (const [line, row] of rows.slice(0, Math.floor((height - 14) / 14)).entries())
    for (const [n] of shown.entries())
      pen.text(row[n] === null || row[n] === undefined ? '–' : String(row[n]), x + n * each, y + 14 + line * 14, {
        size: 8,
        width: each - 6,
      });
}
